-- Moves on only if the lease still stands: whoever was told to look sooner meanwhile, or took over, has the last word.
-- Run again it finds another score, and does nothing, or the same.
local score = tonumber(redis.call('ZSCORE', looks, member) or '')
local told = tonumber(redis.call('HGET', held, member) or '')
if not score or score > lease_end or (score < lease_end and not told) then
  return 0
end
redis.call('HDEL', held, member)
if told then
  next_at = math.min(next_at or told, told)
end
-- Nothing more to look for: the member goes, so that a bot with nothing to do is asked about nothing.
if next_at then
  redis.call('ZADD', looks, next_at, member)
else
  redis.call('ZREM', looks, member)
end
return 1
