-- One record, a field of the hash `first`, or two: then both change, or neither. Safe to run again: no two writes are
-- the same bytes (each has a few random ones), so where ours stand already an earlier try of ours put them there.
local records, standing, swapped = {first, second}, 0, true
for i, field in ipairs(fields) do
  local raw, expected, new = redis.call('HGET', records[i], field), swaps[2 * i - 1], swaps[2 * i]
  if raw == new then
    standing = standing + 1
  end
  swapped = swapped and (raw or '') == expected
end
-- Before what was expected counts: for a try of ours that was sent again, what was expected stands no more.
if standing == #fields then
  return 1
end
if not swapped then
  return 0
end
-- A bot may hold a data key in memory that was destroyed, lost with a disk, or has a newer one: nobody could read
-- what it seals, now or soon.
local function is_newest(stored_at, id)
  return id == '' or string.find(redis.call('HGET', stored_at, 'record') or '', '"newest":"' .. id .. '"', 1, true)
end
if not is_newest(data_keys, key_id) or not is_newest(authors_keys, authors_key_id) then
  return 2
end
-- From the reads above to here no other command runs, of whichever bot: Redis runs a script as a whole.
for i, field in ipairs(fields) do
  local new = swaps[2 * i]
  if new == '' then
    redis.call('HDEL', records[i], field)
  else
    redis.call('HSET', records[i], field, new)
  end
end
return 1
