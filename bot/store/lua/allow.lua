-- A set of the names that count. Safe to run again: a name that is in it counts once.
if redis.call('SISMEMBER', counted, name) == 1 then
  return 1
end
-- Who holds the last place may give it back a moment later; the one refused here is planned again, so none waits.
if redis.call('SCARD', counted) >= most then
  return 0
end
redis.call('SADD', counted, name)
-- From the last name on: the set outlives its week by as much as `allowance._LIFE` says, then goes by itself.
redis.call('PEXPIRE', counted, life_ms)
return 1
