-- Run again it finds no note, and does nothing.
if redis.call('LREM', dead, 1, note) == 0 then
  return 0
end
redis.call('LREM', dead, 1, record)
redis.call('HINCRBY', facts, 'dead', -1)
return 1
