-- Run again it finds another token, or none, and only lets the workspace rest for as long once more.
local raw = redis.call('HGET', entries, id)
local record = raw and read(raw)

-- Even a caller who lost the lease has been told by Slack to wait.
if record and rest > 0 then
  local team = record[AT.team]
  local free = math.max(tonumber(redis.call('ZSCORE', pace, team) or 0), clock + rest)
  redis.call('ZADD', pace, free, team)
  redis.call('ZADD', teams, 'XX', free, team)
end

local state = state_of(id)
if not record or not state or state.token ~= token then
  return 0
end
-- What was marked as sent stays so, whoever puts it back: what follows from that is still to be noted.
state.token = nil
state.why = why ~= '' and why or nil
if not keep_mark and state.status ~= 'sent' then
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
-- By the bot's clock where hours and meetings decide, by the server's where only some seconds have to pass.
if at then
  redis.call('ZADD', due, at, id)
else
  redis.call('ZADD', later, clock + after, id)
end
return 1
