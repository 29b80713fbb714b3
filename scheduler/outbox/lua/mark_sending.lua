-- The last step before Slack is called. 0: the caller lost its lease (also where it ran out and nobody has taken the
-- entry since: what was found out under it is too old to act on), or somebody found that it was sent. Run again it
-- marks once more, and that mark is as true.
local ids = ids_of(marks)
local known, untils = states_of(ids), ask_all('ZMSCORE', leases, ids)
local answers, noted, held = {}, {}, {}
for i, one in ipairs(marks) do
  local state = known[one.id]
  answers[i] = 0
  if state and tonumber(untils[i] or 0) >= clock and state.token == one.token and state.status ~= 'sent' then
    state.status = 'sending'
    -- the first mark and the last, by the bot's clock and by the server's: between them, and a little after, it was
    -- sent
    state.intended = math.min(state.intended or now, now)
    state.last = math.max(state.last or now, now)
    state.since, state.lately = state.since or clock, clock
    -- Of two marks the last one's: what the first may have sent was looked for, and not found, before this one.
    state.place = one.place
    push(noted, one.id, cjson.encode(state))
    -- The lease anew, from now: the call may take nearly all of it, and what the claim left may be a second.
    push(held, clock + lease, one.id)
    answers[i] = 1
  end
end
write_all('HSET', states, noted)
write_all('ZADD', leases, held)
return answers
