-- An entry that is there, or ever was within its tombstone's life, stays as it is: safe to run again. One that was
-- dropped was not sent, and may be due after all.
local ids = ids_of(added)

local function may_come(tombstone)
  local ended = redis.call('GET', tombstone)
  return not ended or cjson.decode(ended).status == 'dropped'
end

-- `new` besides `there`: the same name twice in one packet is one entry.
local there, new, stored, dues, over = ask_all('HMGET', entries, ids), {}, {}, {}, {}
for i, id in ipairs(ids) do
  if not there[i] and not new[id] and may_come(tombstones .. id) then
    new[id] = true
    push(stored, id, records[i])
    push(dues, added[i].at, id)
    push(over, tombstones .. id)
  end
end
write_all('HSET', entries, stored)
write_all('ZADD', due, dues)
-- The tombstones of those that were dropped: else the entry would be there and have ended, and `status` says the
-- latter.
if #over > 0 then
  redis.call('DEL', unpack(over))
end
return #over
