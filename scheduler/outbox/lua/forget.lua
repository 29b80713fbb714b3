-- Run again it finds none of them. An entry that a bot has claimed ends with that bot; its place in the queue of its
-- workspace, if it has one, is cleared by the next claim.
local known = states_of(ids)
local gone = {}
for _, id in ipairs(ids) do
  if not (known[id] and known[id].token) then
    push(gone, id)
  end
end
write_all('HDEL', entries, gone)
write_all('HDEL', states, gone)
write_all('ZREM', due, gone)
write_all('ZREM', later, gone)
return #gone
