-- Keeps a driver's newest position and the newest drivers.
-- KEYS[1] places (geo), KEYS[2] times (sorted by epoch ms)
-- ARGV[1] driver, ARGV[2] lng, ARGV[3] lat, ARGV[4] at, ARGV[5] most drivers; answers 1 when kept.
local known = redis.call('ZSCORE', KEYS[2], ARGV[1])
if known and tonumber(known) >= tonumber(ARGV[4]) then
  return 0
end
redis.call('GEOADD', KEYS[1], ARGV[2], ARGV[3], ARGV[1])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
if redis.call('ZCARD', KEYS[2]) > tonumber(ARGV[5]) then
  local oldest = redis.call('ZPOPMIN', KEYS[2])
  redis.call('ZREM', KEYS[1], oldest[1])
end
return 1
