import { buildInzira } from '../../src/build.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { createLog } from '../../src/log.ts'

/** The real gateway, one of several: locks shared in Redis, every hop committed in PostgreSQL before its answer. */
export async function hop(databaseUrl: string, redisUrl: string): Promise<number> {
  // Few people stand for a crowd.
  const crowd = { SAID_PER_MINUTE: '1000000' }
  const config = readConfig({ ...crowd, ROLE: 'gateway', LOG_LEVEL: 'warn', PORT: '0', INTERNAL_PORT: '0' })
  const inzira = await buildInzira(config, {
    databaseUrl,
    redisUrl,
    publicUrl: 'http://127.0.0.1:3000',
    clock: systemClock,
    log: createLog('warn'),
  })
  return (await inzira.start()).port
}
