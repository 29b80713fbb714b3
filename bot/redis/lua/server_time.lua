-- `clock`, in ms, is only ever given by tests. Else it is the server's own time: one clock for all bots. Bots on
-- several machines differ by seconds, and one that was frozen by hours: who holds a lease can't go by those.
if not clock then
  local t = redis.call('TIME')
  clock = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000) -- whole: fractions cost five times as much to write
end

