-- ARGV: clock, now, limit, lease, token, every, burst, gap, tombstones' key prefix, their life, how many
-- for one workspace, then workspaces that have some already, and how many.
-- Times in ms. Returns {next wake in the bot's time or -1, whether there may be more at once, how long what is due
-- already must wait for its turn or -1, then id, record and state of each entry that the caller now holds}.
local now, limit, lease, token = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local every, burst, gap = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local each = tonumber(ARGV[11])
local MOVED, LOOKED_AT, STEP = 500, 10, 2000

local had = {}
for i = 12, #ARGV, 2 do
  had[ARGV[i]] = tonumber(ARGV[i + 1])
end

-- The server's clock went back: what is measured by it goes back with it, so nobody waits for the difference.
local function follow_the_clock()
  local last = tonumber(redis.call('HGET', facts, 'clock') or clock)
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

local function back(id, from)
  redis.call('ZREM', from, id)
  local raw = redis.call('HGET', entries, id)
  if not raw then
    redis.call('HDEL', states, id)
    return
  end
  local record = read(raw)
  if not record then
    -- The tombstone's key is computed here, in the same slot, since only now is it known to be needed.
    return bury(id, raw, 'its record cannot be read', ARGV[9] .. id, ARGV[10])
  end
  if from == leases then
    local state = state_of(id) or {}
    state.token = nil
    if state.status == 'sending' then
      state.status = 'unknown'
    end
    keep(id, state)
  end
  queue(id, record)
end

-- Returns the entry taken, or nothing where the queue is empty or every lane at its head must wait.
local function take(team)
  local found = redis.call('ZRANGEBYLEX', ready, '[' .. team .. '|', '(' .. team .. '}', 'LIMIT', 0, LOOKED_AT)
  if #found == 0 then
    redis.call('ZREM', teams, team)
    return nil
  end
  local soonest = nil
  for _, member in ipairs(found) do
    local id = string.match(member, '|([^|]*)$')
    local raw = redis.call('HGET', entries, id)
    local record = raw and read(raw)
    if not record then
      redis.call('ZREM', ready, member)
      soonest = clock
    else
      local lane = record[2] and record[4] or record[3]
      local free = gap > 0 and tonumber(redis.call('ZSCORE', gaps, lane) or 0) or 0
      if free <= clock then
        redis.call('ZREM', ready, member)
        if gap > 0 then
          redis.call('ZADD', gaps, clock + gap, lane)
        end
        return {id, raw, #found == 1}
      end
      soonest = math.min(soonest or free, free)
    end
  end
  redis.call('ZADD', teams, soonest, team)
  return nil
end

-- GCRA: `burst` at once, then one each `every`. The score is the moment from which the workspace may be served.
local function charge(team, emptied)
  local last = tonumber(redis.call('ZSCORE', pace, team) or 0)
  local free = math.max(last, clock - (burst - 1) * every) + every
  redis.call('ZADD', pace, free, team)
  if emptied then
    redis.call('ZREM', teams, team)
  else
    redis.call('ZADD', teams, free, team)
  end
end

follow_the_clock()
redis.call('ZREMRANGEBYSCORE', pace, '-inf', clock - burst * every)
redis.call('ZREMRANGEBYSCORE', gaps, '-inf', clock)
for _, from in ipairs({leases, later}) do
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', from, '-inf', clock, 'LIMIT', 0, MOVED)) do
    back(id, from)
  end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, MOVED)) do
  back(id, due)
end

local out = {-1, 0, -1}
local function serve(team)
  local entry = take(team)
  if not entry then
    return false
  end
  local state = state_of(entry[1]) or {}
  state.token = token
  keep(entry[1], state)
  if state.since then
    state.ago, state.last_ago = clock - state.since, clock - state.lately -- told, not kept
  end
  redis.call('ZADD', leases, clock + lease, entry[1])
  charge(team, entry[3])
  out[#out + 1], out[#out + 2], out[#out + 3] = entry[1], entry[2], cjson.encode(state)
  return true
end

-- The workspace that has waited longest comes first, and each is served once before any is served again.
local served = 0
repeat
  local before = served
  for _, team in ipairs(redis.call('ZRANGEBYSCORE', teams, '-inf', clock, 'LIMIT', 0, limit + (#ARGV - 11) / 2)) do
    if served < limit and (had[team] or 0) < each and serve(team) then
      served = served + 1
      had[team] = (had[team] or 0) + 1
    end
  end
until served == before or served >= limit

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
