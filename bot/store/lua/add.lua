-- ARGV: clock, then id, due and record of each entry. KEYS after the partition's: the tombstone of each.
-- An entry that is there, or ever was within its tombstone's life, stays as it is. One that was dropped was not sent,
-- and may be due after all.
local function may_come(tomb)
  local ended = redis.call('GET', tomb)
  return not ended or cjson.decode(ended).status == 'dropped'
end

local new = 0
for i = 1, (#ARGV - 1) / 3 do
  local id, at, raw = ARGV[i * 3 - 1], ARGV[i * 3], ARGV[i * 3 + 1]
  local tomb = KEYS[TOMBS + i]
  if may_come(tomb) and redis.call('HSETNX', entries, id, raw) == 1 then
    redis.call('DEL', tomb)
    redis.call('ZADD', due, at, id)
    new = new + 1
  end
end
return new
