import { resolve } from 'node:path'
import { startSimulators } from '../simulators/server.ts'
import { buildInzira } from './build.ts'
import { systemClock } from './core/base/clock.ts'
import { type Config, hasCarrier, readConfig } from './core/base/config.ts'
import { seedDemo } from './demo/seed.ts'
import { LINES } from './flows/lines/index.ts'
import { connectPostgres } from './integrations/postgres/connect.ts'
import { startEmbeddedPostgres } from './integrations/postgres/embedded.ts'
import { migrate } from './integrations/postgres/migrate.ts'
import { startEmbeddedRedis } from './integrations/redis/embedded.ts'
import { createLog } from './log.ts'

type Stop = (noticeMs: number) => Promise<void>

/** Whoever told us to end kills us soon after. */
const STOPPED_WITHIN_MS = 9_900

/** What must be stopped, in the order it was started. */
const running: Stop[] = []
let noticeMs = 0

async function start(config: Config): Promise<readonly (readonly [string, string])[]> {
  // The few addresses that matter should stay in sight.
  const logFile =
    config.LOG_FILE ??
    (process.stdout.isTTY && config.DEMO === 'on' ? resolve(config.DATA_DIR, 'inzira.log') : undefined)
  const log = createLog(config.LOG_LEVEL, logFile)
  running.push(async () => log.flush())
  const [databaseUrl, redisUrl] = await Promise.all([database(config), cache(config)])
  const db = connectPostgres(databaseUrl, log)
  await migrate(db)
  if (config.DEMO === 'on') await seedDemo(db, systemClock.now(), LINES)
  await db.destroy()
  const publicUrl = config.PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`
  if (config.SIMULATORS === 'on' && config.ROLE === 'all') await simulators(config, publicUrl)
  const inzira = await buildInzira(config, { databaseUrl, redisUrl, publicUrl, clock: systemClock, log })
  const { port, internalPort } = await inzira.start()
  running.push(inzira.stop)
  noticeMs = config.NOTICE_MS
  return [
    ...(config.SIMULATORS === 'on' && config.ROLE === 'all'
      ? [['Phones', `http://127.0.0.1:${config.SIM_PORT}/`] as const]
      : []),
    ...(config.ROLE === 'worker' ? [] : [['Gateway', `http://127.0.0.1:${port}/v1/openapi.json`] as const]),
    ['Metrics', `http://127.0.0.1:${internalPort}/metrics`],
    ...(logFile ? [['Log', logFile] as const] : []),
    ['Database', databaseUrl.replace(/:[^:@/]*@/, ':***@')],
  ]
}

async function database(config: Config): Promise<string> {
  if (config.DATABASE_URL) return config.DATABASE_URL
  const server = await startEmbeddedPostgres({ dataDir: resolve(config.DATA_DIR, 'postgres'), durable: true })
  running.push(server.stop)
  return server.url
}

async function cache(config: Config): Promise<string> {
  if (config.REDIS_URL) return config.REDIS_URL
  const server = await startEmbeddedRedis({
    dir: resolve(config.DATA_DIR, 'redis'),
    cacheDir: resolve(config.CACHE_DIR),
  })
  running.push(server.stop)
  return server.url
}

async function simulators(config: Config, gatewayUrl: string): Promise<void> {
  const { stop } = await startSimulators({
    gatewayUrl,
    port: config.SIM_PORT,
    hookSecret: config.HOOK_SECRET,
    whatsappAppSecret: config.WHATSAPP_APP_SECRET,
    phoneNumberId: config.WHATSAPP_PHONE_NUMBER_ID,
    seed: 1,
    ...(hasCarrier(config) && { smscPort: config.SIM_SMPP_PORT }),
  })
  running.push(stop)
}

let isStopping = false
async function stop(noticeMs: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  setTimeout(() => process.exit(1), STOPPED_WITHIN_MS)
  for (const one of running.reverse())
    await one(noticeMs).catch((error: unknown) => console.error(String(error)))
  process.exit()
}

process.once('SIGTERM', () => stop(noticeMs))
// Who sits before it would wait for nothing.
process.once('SIGINT', () => stop(0))

try {
  const addresses = await start(readConfig(process.env))
  const lines = addresses.map(([name, address]) => `  ${name.padEnd(9)} ${address}`)
  process.stdout.write(`Inzira is up.\n${lines.join('\n')}\n`)
} catch (error) {
  process.stderr.write(`Inzira could not start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
  await stop(0)
}
