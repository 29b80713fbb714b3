-- Gives a lock back, if it is still ours. Safe to run again: then it is nobody's, or another's.
if redis.call('GET', lock) == token then
  return redis.call('DEL', lock)
end
return 0
