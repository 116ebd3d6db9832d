/** Starts both servers in the folder given, tells their addresses in one line of JSON and waits to be killed. */
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../src/integrations/postgres/embedded.ts'
import { startEmbeddedRedis } from '../../src/integrations/redis/embedded.ts'

const [dir = '', cacheDir = ''] = process.argv.slice(2)
const postgres = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), durable: false })
const redis = await startEmbeddedRedis({ dir: join(dir, 'redis'), cacheDir })
console.log(JSON.stringify({ postgres: postgres.url, redis: redis.url }))
process.stdin.resume()
