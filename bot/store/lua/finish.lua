-- ARGV: clock, tombstones' life, then id, token, status and outcome (as JSON) of each entry. KEYS after the
-- partition's: the tombstone of each. Returns 1, or 0 where the lease was lost.
local ttl = ARGV[2]
local answers = {}
for i = 1, (#ARGV - 2) / 4 do
  local id, token, status, outcome = ARGV[i * 4 - 1], ARGV[i * 4], ARGV[i * 4 + 1], ARGV[i * 4 + 2]
  local tomb = KEYS[TOMBS + i]
  local state = state_of(id)
  if state and state.token == token then
    redis.call('HDEL', entries, id)
    redis.call('HDEL', states, id)
    redis.call('ZREM', leases, id)
    redis.call('HINCRBY', facts, status, 1)
    redis.call('SET', tomb, outcome, 'PX', ttl)
    answers[i] = 1
  else
    answers[i] = redis.call('EXISTS', tomb)
  end
end
return answers
