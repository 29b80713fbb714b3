-- A set of the names that count. Safe to run again: a name that is in it counts once.
if redis.call('SISMEMBER', counted, name) == 1 then
  return 1
end
if redis.call('SCARD', counted) >= most then
  return 0
end
redis.call('SADD', counted, name)
redis.call('PEXPIRE', counted, life_ms)
return 1
