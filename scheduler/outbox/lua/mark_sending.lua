-- ARGV: clock, now, lease, then packed: {id, token, place} of each entry. Returns 1 or 0 for each.
-- The last step before Slack is called. 0: the caller lost its lease (also where it ran out and nobody has taken the
-- entry since: what was found out under it is too old to act on), or somebody found that it was sent.
local now, lease = tonumber(ARGV[2]), tonumber(ARGV[3])
local all, ids = asked(ARGV[4])
local known, untils = states_of(ids), ask_all('ZMSCORE', leases, ids)
local answers, noted, held = {}, {}, {}
for i, id in ipairs(ids) do
  local token, place = all[i][2], all[i][3]
  local state = known[id]
  answers[i] = 0
  if state and tonumber(untils[i] or 0) >= clock and state.token == token and state.status ~= 'sent' then
    state.status = 'sending'
    state.intended = math.min(state.intended or now, now)
    state.last = math.max(state.last or now, now)
    state.since, state.lately = state.since or clock, clock
    state.place = place
    push(noted, id, cjson.encode(state))
    push(held, clock + lease, id)
    answers[i] = 1
  end
end
write_all('HSET', states, noted)
write_all('ZADD', leases, held)
return answers
