-- ARGV: clock, tombstones' key prefix (of the same slot), their life, then packed: {id, token, status, outcome as JSON}
-- of each entry. Returns 1 for each, or 0 where the lease was lost.
local tombs, life = ARGV[2], ARGV[3]
local all, ids = asked(ARGV[4])
local known = states_of(ids)
local answers, ended, counts = {}, {}, {}
for i, id in ipairs(ids) do
  local token, status, outcome = all[i][2], all[i][3], all[i][4]
  if known[id] and known[id].token == token then
    known[id] = nil
    push(ended, id)
    counts[status] = (counts[status] or 0) + 1
    redis.call('SET', tombs .. id, outcome, 'PX', life)
    answers[i] = 1
  else
    answers[i] = redis.call('EXISTS', tombs .. id)
  end
end
write_all('HDEL', entries, ended)
write_all('HDEL', states, ended)
write_all('ZREM', leases, ended)
for status, number in pairs(counts) do
  redis.call('HINCRBY', facts, status, number)
end
return answers
