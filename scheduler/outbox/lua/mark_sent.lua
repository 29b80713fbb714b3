-- ARGV: clock, then packed: {id, token, message} of each entry. Returns 1 for each, or 0 where the lease was lost.
-- Proof that a message is in Slack is kept whoever brings it: it stops a new holder from sending it again.
local all, ids = asked(ARGV[2])
local raws, known = ask_all('HMGET', entries, ids), states_of(ids)
local answers, noted = {}, {}
for i, id in ipairs(ids) do
  local token, message = all[i][2], all[i][3]
  answers[i] = 0
  if raws[i] then
    local state = known[id] or {}
    known[id] = state
    if state.status ~= 'sent' then
      state.status, state.sent = 'sent', message
      push(noted, id, cjson.encode(state))
    end
    answers[i] = state.token == token and 1 or 0
  end
end
write_all('HSET', states, noted)
return answers
