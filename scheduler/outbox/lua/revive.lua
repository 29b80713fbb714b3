-- What may be in Slack keeps its mark, so that it is looked for there. Run again it finds no note, and does nothing.
if redis.call('LREM', dead, 1, note) == 0 then
  return 0
end
redis.call('LREM', dead, 1, record)
redis.call('HINCRBY', facts, 'dead', -1)
-- With its tombstone left it would be there and have failed, and the latter is what the doctor reads.
redis.call('DEL', tombstones .. id)
redis.call('HSET', entries, id, record)
local state = cjson.decode(note).state
if state then
  redis.call('HSET', states, id, cjson.encode(state))
end
redis.call('ZADD', due, at, id)
return 1
