-- Deletes a lock only when it is still ours: it may have run out and belong to another by now.
-- KEYS[1] lock, ARGV[1] token; answers 1 when deleted.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
