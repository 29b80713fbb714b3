-- ARGV: clock, tombstones' life, id, token, why. KEYS[12]: its tombstone. Returns 1, or 0 where the lease was lost.
local state = state_of(ARGV[3])
if not state or state.token ~= ARGV[4] then
  return 0
end
bury(ARGV[3], redis.call('HGET', entries, ARGV[3]), ARGV[5], KEYS[TOMBS + 1], ARGV[2])
return 1
