-- KEYS as in due.lua. ARGV: member and ms, of each. Sooner wins; and whoever is looking just now is told on being
-- done. Returns 1 for each.
local answers = {}
for i = 1, #ARGV, 2 do
  local member, at = ARGV[i], ARGV[i + 1]
  redis.call('ZADD', KEYS[1], 'LT', at, member)
  local told = redis.call('HGET', KEYS[2], member)
  if told and (told == '' or tonumber(at) < tonumber(told)) then
    redis.call('HSET', KEYS[2], member, at)
  end
  answers[#answers + 1] = 1
end
return answers
