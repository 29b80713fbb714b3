-- ARGV: clock, id, due, the note and the record as they stand among those set aside. KEYS[12]: its tombstone.
-- What may be in Slack keeps its intent, so that it is looked for there. Returns 1, or 0 where it isn't set aside.
local id, at, note, raw = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if redis.call('LREM', dead, 1, note) == 0 then
  return 0
end
redis.call('LREM', dead, 1, raw)
redis.call('HINCRBY', facts, 'dead', -1)
redis.call('DEL', KEYS[TOMBS + 1])
redis.call('HSET', entries, id, raw)
local state = cjson.decode(note).state
if state then
  redis.call('HSET', states, id, cjson.encode(state))
end
redis.call('ZADD', due, at, id)
return 1
