-- Sooner wins, so a second run changes nothing; and whoever is looking just now is told on being done.
local answers = {}
for i, one in ipairs(asked) do
  -- 'LT': sooner only; one that is not there yet is added. While somebody looks, the member stands at the end
  -- of their lease, so this moves it before that and another bot may look too, which does no harm.
  redis.call('ZADD', looks, 'LT', one.at, one.member)
  local told = redis.call('HGET', held, one.member)
  if told and (told == '' or one.at < tonumber(told)) then
    redis.call('HSET', held, one.member, one.at)
  end
  answers[i] = 1
end
return answers
