-- Run again it finds none of them. What somebody holds is in their hands, and ends there; its place in the queue of its
-- workspace, if it has one, is cleared by whoever claims next.
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
