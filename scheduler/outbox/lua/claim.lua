-- Moves what is due into the queues of the workspaces, and hands out what may go now. Run again it hands out others:
-- entries of a first run whose answer was lost come back when their lease ends.
-- So many are moved in a run, since Redis answers nobody else meanwhile; so many looked at to find some whose lanes are
-- free; and a clock that goes back by so many ms was set, not corrected by NTP.
local MOVED, LOOKED_AT, STEP = 500, 10, 2000
local TOGETHER = 10 -- of one workspace at a time: as many as our pace gives it at once

local had, have_some = in_flight, 0
for _ in pairs(in_flight) do
  have_some = have_some + 1
end

-- The server's clock went back: what is measured by it goes back with it, so nobody waits for the difference.
local function follow_the_clock()
  local last = tonumber(redis.call('HGET', facts, 'clock') or clock)
  -- Else a lease would seem to last hours more, and a workspace to rest as long. `due` is by the bot's clock, and
  -- stays.
  if clock < last - STEP then
    for _, key in ipairs({later, leases, teams, pace, gaps}) do
      local all = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
      for i = 1, #all, 2 do
        redis.call('ZADD', key, tonumber(all[i + 1]) - (last - clock), all[i])
      end
    end
  end
  redis.call('HSET', facts, 'clock', string.format('%.3f', clock))
end

-- In what messages keep a gap between them: one person's DM, or a group's channel.
local function lane_of(record)
  return record[AT.dm] and record[AT.person] or record[AT.group]
end

-- Into the queues of their workspaces, which share one sorted set, in the order of its members: those of a group that
-- are due at the same time stand side by side, so that what they have in common is read once for them.
local function queue(records)
  local members, names = {}, {}
  for id, record in pairs(records) do
    local at = string.format('%s|%013.0f|%s', record[AT.team], record[AT.due], record[AT.group])
    push(members, 0, string.format('%s|%s|%s', at, lane_of(record), id))
    names[record[AT.team]] = true
  end
  local known = {}
  for team in pairs(names) do
    push(known, team)
  end
  local free, waiting = ask_all('ZMSCORE', pace, known), {}
  for i, team in ipairs(known) do
    push(waiting, free[i] or 0, team)
  end
  write_all('ZADD', ready, members)
  if #waiting > 0 then
    redis.call('ZADD', teams, 'NX', unpack(waiting))
  end
end

-- Nobody holds it any more: who did died, or froze. What they were about to do with it stays.
local function let_go(id, state)
  -- The token goes first of all: from here on whoever held it is refused at every step but `mark_sent`.
  state.token = nil
  if state.status == 'sending' then
    state.status = 'unknown'
  end
  keep(id, state)
end

local STATE_DAMAGED = 'what is known of it cannot be read; it may have been sent'

local function back(ids, from)
  write_all('ZREM', from, ids)
  local known, damaged = {}, {}
  if from == leases then
    known, damaged = states_of(ids)
  end
  local found, gone = {}, {}
  for i, raw in ipairs(ask_all('HMGET', entries, ids)) do
    local id, record = ids[i], raw and read(raw)
    if record and not damaged[id] then
      found[id] = record
      if from == leases then
        let_go(id, known[id] or {})
      end
    elseif raw then
      -- Set aside here rather than handed out: the bot could not say whose it is, nor when it may go.
      to_dead_letters(id, raw, record and STATE_DAMAGED or 'its record cannot be read')
    else
      push(gone, id)
    end
  end
  write_all('HDEL', states, gone)
  queue(found)
end

-- Ids, lanes, and from when on each lane is free, of the members at the head of a workspace's queue. The id stands
-- last, where an earlier Between looks for it; those that it wrote name neither group nor lane, so these are looked up.
local function read_heads(members)
  local ids, lanes, frees = {}, {}, {}
  for i, member in ipairs(members) do
    lanes[i], ids[i] = string.match(member, '^[^|]*|[^|]*|[^|]*|([^|]*)|([^|]*)$')
    if not ids[i] then
      ids[i] = string.match(member, '[^|]*$')
      local raw = redis.call('HGET', entries, ids[i])
      local record = raw and read(raw)
      lanes[i] = record and lane_of(record) or ids[i]
    end
  end
  if gap > 0 then
    frees = ask_all('ZMSCORE', gaps, lanes)
  end
  return ids, lanes, frees
end

-- Ids of up to `most` that may go now, taken off the queue, and whether it is empty then.
local function take(team, most)
  local members = redis.call('ZRANGEBYLEX', ready, '[' .. team .. '|', '(' .. team .. '}', 'LIMIT', 0, LOOKED_AT)
  local ids, lanes, frees = read_heads(members)
  local taken, off, closed, busy, soonest = {}, {}, {}, {}, nil
  for i, id in ipairs(ids) do
    local free = busy[lanes[i]] or tonumber(frees[i] or 0)
    if free <= clock and #taken < most then
      push(taken, id)
      push(off, members[i])
      -- Closed as it is taken, not as it is sent: else the next of the same lane would go in this very run.
      if gap > 0 then
        busy[lanes[i]] = clock + gap
        push(closed, clock + gap, lanes[i])
      end
    else
      soonest = math.min(soonest or free, free)
    end
  end
  write_all('ZREM', ready, off)
  write_all('ZADD', gaps, closed)
  local emptied = #off == #members and #members < LOOKED_AT
  if emptied then
    redis.call('ZREM', teams, team)
  -- All at the head wait for their lanes: the workspace comes again when the first of them is free, and not before.
  elseif #taken == 0 then
    redis.call('ZADD', teams, soonest, team)
  end
  return taken, emptied
end

-- GCRA: `burst` at once, then one each `every`. The score is the moment from which the workspace may be served.
local function free_at(team)
  return math.max(tonumber(redis.call('ZSCORE', pace, team) or 0), clock - (burst - 1) * every)
end

-- How many it may be given at once.
local function may_have(free)
  return every > 0 and math.max(math.floor((clock - free) / every) + 1, 1) or TOGETHER
end

-- Before anything is read by the clock.
follow_the_clock()
redis.call('ZREMRANGEBYSCORE', pace, '-inf', clock - burst * every)
redis.call('ZREMRANGEBYSCORE', gaps, '-inf', clock)
for _, from in ipairs({leases, later}) do
  back(redis.call('ZRANGEBYSCORE', from, '-inf', clock, 'LIMIT', 0, MOVED), from)
end
back(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, MOVED), due)

local out = {-1, 0, -1}

-- Leases them to the caller, with what is known of each. An id that stands in the queue alone is dropped.
local unknown = cjson.encode({token = token})
local function hand_over(ids)
  local known, damaged = states_of(ids)
  local noted, held = {}, {}
  for i, raw in ipairs(ask_all('HMGET', entries, ids)) do
    local id, state, said = ids[i], known[ids[i]], unknown
    if raw and damaged[id] then
      to_dead_letters(id, raw, STATE_DAMAGED)
    elseif raw then
      if state then
        state.token = token
        said = cjson.encode(state)
      end
      -- State and lease in the one script: an entry is never under a lease without the token that it answers to.
      push(noted, id, said)
      push(held, clock + lease, id)
      if state and state.since then
        state.ago, state.last_ago = clock - state.since, clock - state.lately -- told, not kept
        said = cjson.encode(state)
      end
      push(out, id, raw, said)
    end
  end
  write_all('HSET', states, noted)
  write_all('ZADD', leases, held)
end

-- Returns ids of those of the workspace's that go now.
local function serve(team, most)
  local free = free_at(team)
  local taken, emptied = take(team, math.min(most, TOGETHER, may_have(free)))
  if #taken == 0 then
    return taken
  end
  -- Spent as it is handed out: a bot that dies with them has used up pace, which comes back within seconds.
  free = free + #taken * every
  redis.call('ZADD', pace, free, team)
  if not emptied then
    redis.call('ZADD', teams, free, team)
  end
  return taken
end

-- The workspace that has waited longest comes first, and each is served once before any is served again.
local served, all = 0, {}
repeat
  local before = served
  for _, team in ipairs(redis.call('ZRANGEBYSCORE', teams, '-inf', clock, 'LIMIT', 0, limit + have_some)) do
    local most = math.min(limit - served, each - (had[team] or 0))
    if most > 0 then
      local taken = serve(team, most)
      served = served + #taken
      had[team] = (had[team] or 0) + #taken
      for _, id in ipairs(taken) do
        push(all, id)
      end
    end
  end
until served == before or served >= limit
hand_over(all)

local wake = nil
local function sooner(at)
  wake = math.min(wake or at, at)
end
local head = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
if head[2] then
  sooner(tonumber(head[2]))
  if tonumber(head[2]) <= now then
    out[2] = 1
  end
end
for _, key in ipairs({later, leases, teams}) do
  head = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  if head[2] then
    local at = tonumber(head[2])
    if at <= clock and served < limit then
      at = clock + 1000 -- only workspaces that have enough under way are left
    end
    sooner(now + at - clock)
    if key == teams then
      out[3] = math.ceil(at - clock)
    end
  end
end
if served >= limit then
  out[2] = 1
end
if wake then
  out[1] = math.max(math.ceil(wake), 0)
end
return out
