-- ARGV: clock, id, token, 'keep' or 'clear' its intent, 'after' a delay or 'at' a moment of the bot's time, ms,
-- how long its workspace rests (ms), 'tries', 'faults' or '': which count goes up. Returns 1, or 0 where the lease was lost.
local id, token, intent, how, ms = ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local rest, count = tonumber(ARGV[7]), ARGV[8]
local raw = redis.call('HGET', entries, id)
local record = raw and read(raw)

-- Even a caller who lost the lease has been told by Slack to wait.
if record and rest > 0 then
  local free = math.max(tonumber(redis.call('ZSCORE', pace, record[1]) or 0), clock + rest)
  redis.call('ZADD', pace, free, record[1])
  redis.call('ZADD', teams, 'XX', free, record[1])
end

local state = state_of(id)
if not record or not state or state.token ~= token then
  return 0
end
state.token = nil
if intent == 'clear' and state.status ~= 'sent' then
  state.status, state.intended, state.place = nil, nil, nil
  state.last, state.since, state.lately = nil, nil, nil
elseif state.status == 'sending' then
  state.status = 'unknown'
end
if count ~= '' then
  state[count] = (state[count] or 0) + 1
end
keep(id, state)
redis.call('ZREM', leases, id)
if how == 'at' then
  redis.call('ZADD', due, ms, id)
else
  redis.call('ZADD', later, clock + ms, id)
end
return 1
