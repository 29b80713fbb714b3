-- Put in front of every outbox script. All keys are of one partition, so of one slot.
--
-- Two clocks. What is due, and until when, is wall-clock time that the bot gives (it may be simulated, and may be
-- stepped). Who holds what, and how fast we may speak, is the server's own time: one clock for all bots.
local entries, states, due, ready, later = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local leases, teams, pace, gaps, facts, dead = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11]
local TOMBS = 11 -- tombstones follow
local DEAD_KEPT = 200

-- `given` is only ever set by tests.
local function server_ms(given)
  if given ~= '' then
    return tonumber(given)
  end
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000) -- whole: fractions cost five times as much to write
end

local clock = server_ms(ARGV[1])

-- A record is {team, is a DM, group, person, due, expires, kind, round, subject, name}.
local function read(raw)
  local ok, record = pcall(cmsgpack.unpack, raw)
  local sound = ok and type(record) == 'table' and type(record[1]) == 'string'
    and type(record[3]) == 'string' and type(record[5]) == 'number'
    and (record[4] == nil or type(record[4]) == 'string')
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

-- What many callers asked together, packed as one argument: lists that begin with an entry's id. And the ids.
local function asked(packed)
  local all, ids = cmsgpack.unpack(packed), {}
  for i, one in ipairs(all) do
    ids[i] = one[1]
  end
  return all, ids
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

-- A poisoned entry is set aside with the reason, so that the others go on. The note keeps what was intended.
local function bury(id, raw, why, tomb, ttl)
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
  if tomb then
    redis.call('SET', tomb, cjson.encode({status = 'failed', why = why}), 'PX', ttl)
  end
end
