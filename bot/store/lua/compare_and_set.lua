-- One record, a field of the hash. Safe to run again: no two writes are the same bytes (each has a few random
-- ones), so where ours stand already an earlier try of ours put them there.
local raw = redis.call('HGET', records, field)
-- Before what was expected is compared: for a try of ours that was sent again, what was expected stands no more.
if raw == new then
  return 1
end
if (raw or '') ~= expected then
  return 0
end
-- A bot may hold a data key in memory that was destroyed, lost with a disk, or has a newer one: nobody could read
-- what it seals, now or soon.
local function is_newest(stored_at, id)
  return id == '' or string.find(redis.call('HGET', stored_at, 'record') or '', '"newest":"' .. id .. '"', 1, true)
end
if not is_newest(data_keys, key_id) or not is_newest(authors_keys, authors_key_id) then
  return 2
end
-- From the read above to here no other command runs, of whichever bot: Redis runs a script as a whole.
if new == '' then
  redis.call('HDEL', records, field)
else
  redis.call('HSET', records, field, new)
end
return 1
