-- Sooner wins, so a second run changes nothing; and whoever is looking just now is told on being done.
local answers = {}
for i, one in ipairs(asked) do
  redis.call('ZADD', looks, 'LT', one.at, one.member)
  local told = redis.call('HGET', held, one.member)
  if told and (told == '' or one.at < tonumber(told)) then
    redis.call('HSET', held, one.member, one.at)
  end
  answers[i] = 1
end
return answers
