-- Asks any number of bandwidths, by GCRA: all are charged, or none.
--
-- KEYS    one a bandwidth: the moment (TAT) at which it will be full again.
-- ARGV    two a bandwidth, in its order: what the call costs, and the time from empty to full.
-- Answer  now; 1 when all admitted, else 0; then the TAT of each, after the charge if there was one.
--
-- All times are whole microseconds of this server's clock: doubles hold them exactly, and they are
-- written without an exponent.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local admitted = 1
local tats = {}
for i, key in ipairs(KEYS) do
  local cost, full = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local tat = tonumber(redis.call('GET', key)) or now
  -- Never used, or full again; and a clock that was set back locks nobody out for longer than two
  -- times the bucket.
  tat = math.min(math.max(tat, now), now + 2 * full)
  tats[i] = tat
  if tat + cost - full > now then admitted = 0 end
end
if admitted == 1 then
  for i, key in ipairs(KEYS) do
    local tat = tats[i] + tonumber(ARGV[2 * i - 1])
    tats[i] = tat
    if tat > now then
      local whole = math.ceil((tat - now) / 1000)
      redis.call('SET', key, string.format('%.0f', tat), 'PX', string.format('%.0f', whole))
    end
  end
end
local answer = {now, admitted}
for i, tat in ipairs(tats) do answer[i + 2] = tat end
return answer
