-- One record, a field of the hash. Safe to run again: no two writes are the same bytes (each has a few random ones),
-- so where ours stand already an earlier try of ours put them there.
local raw = redis.call('HGET', records, field)
if raw == new then
  return 1
end
if (raw or '') ~= expected then
  return 0
end
-- A bot may hold a data key in memory that was destroyed, lost with a disk, or has a newer one: nobody could read what
-- it seals, now or soon.
local stored = key_id ~= '' and redis.call('HGET', data_keys, 'record') or ''
if key_id ~= '' and not string.find(stored, '"newest":"' .. key_id .. '"', 1, true) then
  return 2
end
if new == '' then
  redis.call('HDEL', records, field)
else
  redis.call('HSET', records, field, new)
end
return 1
