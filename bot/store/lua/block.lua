-- Nobody calls for `wait`, and then one at a time: whoever waited would else come all at once. Safe to run again:
-- the later end stands.
local till = math.max(tonumber(redis.call('GET', blocked) or 0), clock + wait)
redis.call('SET', blocked, string.format('%.0f', till), 'PX', math.ceil(till - clock))
-- As if the whole burst but one had been spent at `till`: the first may go then, each other `every` later.
local free = till + (burst - 1) * every
redis.call('SET', spoken_for, string.format('%.0f', free), 'PX', math.ceil(free + every - clock))
return 1
