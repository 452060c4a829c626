-- A data plane says that it lives, and learns who else does.
--
-- KEYS[1]  the sorted set of data planes, by when they said so last.
-- ARGV     this one's name; after how many microseconds of silence one does not count any more.
-- Answer   the names of those that count.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local silent = tonumber(ARGV[2])
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - silent))
-- Said in the future: the clock was set back.
redis.call('ZREMRANGEBYSCORE', KEYS[1], string.format('(%.0f', now + silent), '+inf')
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil(silent / 1000)))
return redis.call('ZRANGE', KEYS[1], 0, -1)
