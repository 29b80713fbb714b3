-- KEYS: hashes, ARGV: a field of each. What stands there, in their order; a key of another kind is refused alone.
-- It writes nothing, so whoever runs it twice, or hears no answer, has done no harm.
local found = {}
for i, key in ipairs(KEYS) do
  -- `pcall`: an error of one field is its answer, where `call` would end the script and refuse all the others too.
  found[i] = redis.pcall('HGET', key, ARGV[i])
end
return found
