-- KEYS: when to look at each member (sorted set), who is being looked at (hash). ARGV: now, lease, limit (ms).
-- Returns the members to look at now; each is put off by the lease, in case the caller dies.
local now, lease = tonumber(ARGV[1]), tonumber(ARGV[2])
local members = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])
for _, member in ipairs(members) do
  redis.call('ZADD', KEYS[1], now + lease, member)
  redis.call('HSET', KEYS[2], member, '')
end
return members
