-- GCRA: `burst` calls at once, then one each `every`, for all bots; none while the method is blocked. Run twice, it
-- counts a call that is not made: somebody waits a little longer.
local blocked_until = tonumber(redis.call('GET', blocked) or 0)
if blocked_until > clock then
  return math.ceil(blocked_until - clock)
end
-- `spoken_for` is when the last call that was let through would be due at a steady pace; it may be ahead of the
-- clock by no more than a burst. One number stands for the whole bucket, so any number of bots share it.
local longest = burst * every
local free = tonumber(redis.call('GET', spoken_for) or 0)
if free > clock + longest then
  free = clock -- the server's clock went back
end
local wait = math.max(free, clock) + every - clock - longest
if wait > 0 then
  return math.ceil(wait)
end
-- It expires when it would say nothing any more, so a workspace that left leaves no key.
redis.call('SET', spoken_for, string.format('%.0f', math.max(free, clock) + every), 'PX', math.ceil(longest + every))
return 0
