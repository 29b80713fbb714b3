-- What ended without having surely arrived, for whoever runs the server: the newest, by when that was. A name stands
-- there once, however often this runs.
redis.call('ZADD', names, clock, name)
redis.call('ZREMRANGEBYSCORE', names, '-inf', clock - life)
redis.call('ZREMRANGEBYRANK', names, 0, -1 - most)
redis.call('PEXPIRE', names, life)
return 1
