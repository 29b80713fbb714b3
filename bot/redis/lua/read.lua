-- KEYS: hashes, ARGV: a field of each. What stands there, in their order; a key of another kind is refused alone.
local found = {}
for i, key in ipairs(KEYS) do
  found[i] = redis.pcall('HGET', key, ARGV[i])
end
return found
