-- Moves bandwidths after a call: charges more, or gives back.
--
-- KEYS  one a bandwidth: the moment (TAT) at which it will be full again.
-- ARGV  one a bandwidth, in its order: by how much it moves; below zero gives back.
--
-- All times are whole microseconds of this server's clock, as in the script that takes.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
for i, key in ipairs(KEYS) do
  local by = tonumber(ARGV[i])
  local tat = tonumber(redis.call('GET', key)) or now
  tat = math.max(tat, now) + by
  if tat > now then
    local whole = math.ceil((tat - now) / 1000)
    redis.call('SET', key, string.format('%.0f', tat), 'PX', string.format('%.0f', whole))
  else
    redis.call('DEL', key)
  end
end
return 1
