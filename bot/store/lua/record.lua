-- ARGV: clock, then id, token and message (as JSON) of each entry. Returns 1, or 0 where the lease was lost.
-- Proof that a message is in Slack is kept whoever brings it: it stops a new holder from sending it again.
local ids = every_nth(2, 3)
local raws, known = ask_all('HMGET', entries, ids), states_of(ids)
local answers, noted = {}, {}
for i, id in ipairs(ids) do
  local token, message = ARGV[i * 3], ARGV[i * 3 + 1]
  answers[i] = 0
  if raws[i] then
    local state = known[id] or {}
    known[id] = state
    if state.status ~= 'sent' then
      state.status = 'sent'
      state.sent = cjson.decode(message)
      push(noted, id, cjson.encode(state))
    end
    answers[i] = state.token == token and 1 or 0
  end
end
write_all('HSET', states, noted)
return answers
