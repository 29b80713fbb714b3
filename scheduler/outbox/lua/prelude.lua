-- In front of every script of the outbox, after its keys and arguments by their names, the layout of an entry's record
-- (`AT`) and the server's time (`clock`). All keys are of one partition, so of one slot.
--
-- Two clocks. What is due, and until when, is wall-clock time that the bot gives (it may be simulated, and may be
-- stepped). Who holds what, and how fast we may speak, is the server's own time: one clock for all bots.
--
-- An entry's way: `due` (not yet time) -> `ready` (waits for its workspace's turn) -> `leases` (somebody holds it)
-- -> gone, with a tombstone; or -> `later` or `due` once more. It is in one of these at a time, and in `entries`, which
-- has its record, until it ends; `states` has what is known of it.
local DEAD_KEPT = 200

-- Nothing where the bytes are damaged, or no record.
local function read(raw)
  local ok, record = pcall(cmsgpack.unpack, raw)
  local sound = ok and type(record) == 'table' and type(record[AT.team]) == 'string'
    and type(record[AT.group]) == 'string' and type(record[AT.due]) == 'number'
    and (record[AT.person] == nil or type(record[AT.person]) == 'string')
  return sound and record or nil
end

-- Nothing where there is none, or it is damaged.
local function state_in(raw)
  local ok, state = pcall(cjson.decode, raw or '')
  return ok and type(state) == 'table' and state or nil
end

local function state_of(id)
  return state_in(redis.call('HGET', states, id))
end

-- What is asked and written for many goes in one command, since each costs more than what it does.

local function push(list, first, second, third)
  local n = #list
  list[n + 1], list[n + 2], list[n + 3] = first, second, third
end

local function ids_of(asked)
  local ids = {}
  for i, one in ipairs(asked) do
    ids[i] = one.id
  end
  return ids
end

-- Answers in the order of `members`; false for one that is not there.
local function ask_all(command, key, members)
  return #members > 0 and redis.call(command, key, unpack(members)) or {}
end

-- `words` are in any number, none included.
local function write_all(command, key, words)
  if #words > 0 then
    redis.call(command, key, unpack(words))
  end
end

-- States by id, one that is asked for twice in a script being one; and which of them are damaged.
local function states_of(ids)
  local known, damaged = {}, {}
  for i, raw in ipairs(ask_all('HMGET', states, ids)) do
    local id = ids[i]
    known[id] = known[id] or raw and state_in(raw) or nil
    damaged[id] = raw and not known[id]
  end
  return known, damaged
end

local function keep(id, state)
  if next(state) == nil then
    redis.call('HDEL', states, id)
  else
    redis.call('HSET', states, id, cjson.encode(state))
  end
end

-- A poisoned entry is set aside with the reason, so that the others go on. The note keeps that it was about to be sent.
local function to_dead_letters(id, raw, why)
  local state = state_of(id)
  if state and state.intended then
    state = {
      status = 'unknown', intended = state.intended, place = state.place,
      last = state.last, since = state.since, lately = state.lately,
    }
  else
    state = nil
  end
  redis.call('LPUSH', dead, raw or '', cjson.encode({id = id, why = why, state = state})) -- the note stands first
  redis.call('LTRIM', dead, 0, DEAD_KEPT * 2 - 1)
  redis.call('HINCRBY', facts, 'dead', 1)
  redis.call('HDEL', entries, id)
  redis.call('HDEL', states, id)
  redis.call('ZREM', due, id)
  redis.call('ZREM', later, id)
  redis.call('ZREM', leases, id)
  redis.call('SET', tombstones .. id, cjson.encode({status = 'failed', why = why}), 'PX', tombstone_life)
end
