-- One record, a field of the hash KEYS[1]. ARGV: field, the bytes that were read, the new bytes; empty: no record.
-- Safe to send again: no two writes are the same bytes, so where ours stand already an earlier try put them there.
local raw = redis.call('HGET', KEYS[1], ARGV[1])
if raw == ARGV[3] then
  return 1
end
if (raw or '') ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
