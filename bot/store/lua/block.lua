-- Nobody calls for a while, and then one at a time: whoever waited would else come all at once. KEYS as in gate.lua.
-- ARGV: clock (tests only), every, burst, how long (ms).
local clock = tonumber(ARGV[1])
if not clock then
  local t = redis.call('TIME')
  clock = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end
local every, burst, wait = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local till = math.max(tonumber(redis.call('GET', KEYS[2]) or 0), clock + wait)
redis.call('SET', KEYS[2], string.format('%.0f', till), 'PX', math.ceil(till - clock))
local spoken_for = till + (burst - 1) * every
redis.call('SET', KEYS[1], string.format('%.0f', spoken_for), 'PX', math.ceil(spoken_for + every - clock))
return 1
