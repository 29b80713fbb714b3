-- Two that look at the same do no harm, so neither does a second run: it finds what the first left.
local members = redis.call('ZRANGEBYSCORE', looks, '-inf', now, 'LIMIT', 0, limit)
-- '' in `held`: somebody looks, and nobody has asked meanwhile. What was asked for before is what they look for now.
for _, member in ipairs(members) do
  redis.call('ZADD', looks, now + lease, member)
  redis.call('HSET', held, member, '')
end
return members
