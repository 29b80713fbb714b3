-- What ended without having surely arrived, for whoever runs the server: the newest, by when that was. KEYS: a sorted
-- set. ARGV: clock (tests only), note, how many are kept, for how long (ms).
local clock = tonumber(ARGV[1])
if not clock then
  local t = redis.call('TIME')
  clock = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end
redis.call('ZADD', KEYS[1], clock, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', clock - tonumber(ARGV[4]))
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
