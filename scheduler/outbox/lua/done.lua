-- KEYS as in due.lua. ARGV: member, the moment its lease ends, next ms or ''. Moves on only if the lease still
-- stands: whoever was told to look sooner meanwhile, or took over, has the last word.
local score = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '')
local told = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '')
local lease, at = tonumber(ARGV[2]), tonumber(ARGV[3])
if not score or score > lease or (score < lease and not told) then
  return 0
end
redis.call('HDEL', KEYS[2], ARGV[1])
if told then
  at = math.min(at or told, told)
end
if at then
  redis.call('ZADD', KEYS[1], at, ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
end
return 1
