/** One node of the house in a process of its own: loads, waits for the word, then works until it is killed. */
import { buildInzira } from '../../src/build.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { createLog } from '../../src/log.ts'
import { isMutant, refitOf } from './mutants.ts'
import { order } from './nodes.ts'

let aheadMs = 0
let isUp = false
const clock = { now: () => Date.now() + aheadMs }

async function start(): Promise<void> {
  const { CHAOS_MUTANT: mutant = '', DATABASE_URL = '', REDIS_URL = '', PUBLIC_URL = '' } = process.env
  const config = readConfig(process.env)
  const surroundings = {
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    publicUrl: PUBLIC_URL,
    clock,
    log: createLog(config.LOG_LEVEL),
  }
  const inzira = await buildInzira(config, surroundings, isMutant(mutant) ? refitOf(mutant) : {})
  await inzira.start()
  process.send?.('up')
}

process.on('message', (message) => {
  aheadMs = order.parse(message).aheadMs
  if (isUp) return
  isUp = true
  void start()
})
process.on('disconnect', () => process.exit())
process.send?.('loaded')
