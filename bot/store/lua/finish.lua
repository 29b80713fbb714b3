-- ARGV: clock, tombstones' life, then id, token, status and outcome (as JSON) of each entry. KEYS after the
-- partition's: the tombstone of each. Returns 1, or 0 where the lease was lost.
local ttl = ARGV[2]
local ids = every_nth(3, 4)
local known = states_of(ids)
local answers, ended, counts = {}, {}, {}
for i, id in ipairs(ids) do
  local token, status, outcome = ARGV[i * 4], ARGV[i * 4 + 1], ARGV[i * 4 + 2]
  local tomb = KEYS[TOMBS + i]
  if known[id] and known[id].token == token then
    known[id] = nil
    push(ended, id)
    counts[status] = (counts[status] or 0) + 1
    redis.call('SET', tomb, outcome, 'PX', ttl)
    answers[i] = 1
  else
    answers[i] = redis.call('EXISTS', tomb)
  end
end
write_all('HDEL', entries, ended)
write_all('HDEL', states, ended)
write_all('ZREM', leases, ended)
for status, number in pairs(counts) do
  redis.call('HINCRBY', facts, status, number)
end
return answers
