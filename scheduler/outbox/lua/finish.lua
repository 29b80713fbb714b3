-- Run again it finds the tombstone, and says that it has ended.
local ids = ids_of(ends)
local known = states_of(ids)
local answers, ended, counts = {}, {}, {}
for i, one in ipairs(ends) do
  local state = known[one.id]
  if state and state.token == one.token then
    known[one.id] = nil -- the same twice in one packet ends once, and counts once
    push(ended, one.id)
    counts[one.status] = (counts[one.status] or 0) + 1
    -- Tombstone and end in one script: with a moment between them the name could be added again, and sent again.
    redis.call('SET', tombstones .. one.id, one.outcome, 'PX', tombstone_life)
    answers[i] = 1
  else
    answers[i] = redis.call('EXISTS', tombstones .. one.id)
  end
end
write_all('HDEL', entries, ended)
write_all('HDEL', states, ended)
write_all('ZREM', leases, ended)
for status, number in pairs(counts) do
  redis.call('HINCRBY', facts, status, number)
end
return answers
