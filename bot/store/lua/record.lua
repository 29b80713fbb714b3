-- ARGV: clock, then id, token and message (as JSON) of each entry. Returns 1, or 0 where the lease was lost.
-- Proof that a message is in Slack is kept whoever brings it: it stops a new holder from sending it again.
local answers = {}
for i = 1, (#ARGV - 1) / 3 do
  local id, token, message = ARGV[i * 3 - 1], ARGV[i * 3], ARGV[i * 3 + 1]
  local state = redis.call('HEXISTS', entries, id) == 1 and (state_of(id) or {}) or nil
  answers[i] = 0
  if state then
    if state.status ~= 'sent' then
      state.status = 'sent'
      state.sent = cjson.decode(message)
      keep(id, state)
    end
    answers[i] = state.token == token and 1 or 0
  end
end
return answers
