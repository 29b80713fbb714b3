-- GCRA: `burst` calls at once, then one each `every`, for all bots; none while it is shut. KEYS: the gate, and until
-- when it is shut. ARGV: clock (tests only), every, burst. Returns 0 where the call may be made now, and counts it; else the ms to wait.
local clock = tonumber(ARGV[1])
if not clock then
  local t = redis.call('TIME')
  clock = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end
local shut = tonumber(redis.call('GET', KEYS[2]) or 0)
if shut > clock then
  return math.ceil(shut - clock)
end
local every, burst = tonumber(ARGV[2]), tonumber(ARGV[3])
local longest = burst * every
local free = tonumber(redis.call('GET', KEYS[1]) or 0)
if free > clock + longest then
  free = clock -- the server's clock went back
end
local ahead = math.max(free, clock) + every - clock - longest
if ahead > 0 then
  return math.ceil(ahead)
end
redis.call('SET', KEYS[1], string.format('%.0f', math.max(free, clock) + every), 'PX', math.ceil(longest + every))
return 0
