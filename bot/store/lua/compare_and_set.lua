-- One record, a field of the hash. Safe to run again: no two writes are the same bytes (each has a few random ones),
-- so where ours stand already an earlier try of ours put them there.
local raw = redis.call('HGET', records, field)
if raw == new then
  return 1
end
if (raw or '') ~= expected then
  return 0
end
if new == '' then
  redis.call('HDEL', records, field)
else
  redis.call('HSET', records, field, new)
end
return 1
