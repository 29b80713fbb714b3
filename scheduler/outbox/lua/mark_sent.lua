-- Proof that a message is in Slack is kept whoever brings it: it stops a new holder from sending it again. Run again
-- it finds the mark, and changes nothing.
local ids = ids_of(marks)
local raws, known = ask_all('HMGET', entries, ids), states_of(ids)
local answers, noted = {}, {}
for i, one in ipairs(marks) do
  answers[i] = 0
  if raws[i] then -- else it has ended
    local state = known[one.id] or {}
    known[one.id] = state
    -- The first message stands: should there be two after all, what follows from it must not change midway.
    if state.status ~= 'sent' then
      state.status, state.sent = 'sent', one.message
      push(noted, one.id, cjson.encode(state))
    end
    -- Noted in either case; the answer only tells whether the entry is still the caller's to finish.
    answers[i] = state.token == one.token and 1 or 0
  end
end
write_all('HSET', states, noted)
return answers
