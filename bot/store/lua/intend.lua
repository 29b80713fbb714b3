-- ARGV: clock, now, lease, then id, token and place (as JSON) of each entry. Returns 1 or 0 for each.
-- The last step before Slack is called. 0: the caller lost its lease (also where it ran out and nobody has taken the
-- entry since: what was found out under it is too old to act on), or somebody found that it was sent.
local now, lease = tonumber(ARGV[2]), tonumber(ARGV[3])
local answers = {}
for i = 1, (#ARGV - 3) / 3 do
  local id, token, place = ARGV[i * 3 + 1], ARGV[i * 3 + 2], ARGV[i * 3 + 3]
  local state = state_of(id)
  local held = tonumber(redis.call('ZSCORE', leases, id) or 0) >= clock
  if held and state and state.token == token and state.status ~= 'sent' then
    state.status = 'sending'
    state.intended = math.min(state.intended or now, now)
    state.last = math.max(state.last or now, now)
    state.since, state.lately = state.since or clock, clock
    state.place = cjson.decode(place)
    keep(id, state)
    redis.call('ZADD', leases, clock + lease, id)
    answers[i] = 1
  else
    answers[i] = 0
  end
end
return answers
