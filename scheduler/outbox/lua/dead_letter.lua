-- Run again it finds no state, and does nothing.
local state = state_of(id)
if not state or state.token ~= token then
  return 0
end
to_dead_letters(id, redis.call('HGET', entries, id), why)
return 1
