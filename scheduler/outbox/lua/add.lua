-- ARGV: clock, tombstones' key prefix (of the same slot), packed: {id, due} of each entry; then each one's record, whose
-- bytes are no text, so it can't be packed. Returns how many are new. An entry that is there, or ever was within its
-- tombstone's life, stays as it is. One that was dropped was not sent, and may be due after all.
local tombs = ARGV[2]
local all, ids = asked(ARGV[3])

local function may_come(tomb)
  local ended = redis.call('GET', tomb)
  return not ended or cjson.decode(ended).status == 'dropped'
end

local there, added, dues, over = ask_all('HMGET', entries, ids), {}, {}, {}
local new = {}
for i, id in ipairs(ids) do
  if not there[i] and not new[id] and may_come(tombs .. id) then
    new[id] = true
    push(added, id, ARGV[3 + i])
    push(dues, all[i][2], id)
    push(over, tombs .. id)
  end
end
write_all('HSET', entries, added)
write_all('ZADD', due, dues)
if #over > 0 then
  redis.call('DEL', unpack(over))
end
return #over
