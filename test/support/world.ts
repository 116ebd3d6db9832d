import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import type { Profile } from '../../simulators/smsc/ussd.ts'
import { buildInzira, type Inzira, type Refit } from '../../src/build.ts'
import { type Clock, systemClock } from '../../src/core/base/clock.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { silent } from '../../src/core/base/log.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { freePort } from '../../src/integrations/process.ts'
import { freshDatabase, redisUrl } from './servers.ts'

/** A whole town: the real application, its simulators, and a database and Redis of its own. */
export type World = {
  readonly gateway: string
  readonly simulators: string
  readonly db: Db
  readonly databaseUrl: string
  readonly redisUrl: string
  /** One USSD hop as the aggregator posts it; the answer's body. */
  hop(phone: string, session: string, text: string, signal?: AbortSignal): Promise<string>
  /** A phone texts us. */
  text(phone: string, text: string): Promise<void>
  /** Texts a phone has got, oldest first. */
  inbox(phone: string): Promise<string[]>
  /** Waits for a text that fits; gives its match. Throws with the whole inbox when it does not come in time. */
  hears(phone: string, pattern: RegExp, withinMs?: number): Promise<RegExpMatchArray>
  post(path: string, body: unknown): Promise<unknown>
  get(path: string): Promise<unknown>
  stop(): Promise<void>
}

export async function prepare(url: string): Promise<void> {
  const db = connectPostgres(url, silent)
  await migrate(db)
  await seedDemo(db, Date.now())
  // The regulator's word is not what these tests are about.
  await db('drivers').update({ licence_status: 'valid', licence_checked_at: Date.now() })
  await db.destroy()
}

/**
 * @param settings `PUBLIC_URL` where something stands between the providers and us
 * @param clock the application's; the simulators keep their own, which `POST /_clock` moves on
 * @param smscUssd how the carrier does USSD, where not by the standard
 */
export async function startWorld(
  settings: Readonly<Record<string, string>> = {},
  clock: Clock = systemClock,
  refit: Refit = {},
  smscUssd: Partial<Profile> = {},
): Promise<World> {
  const [database, redis] = await Promise.all([freshDatabase(prepare), settings.REDIS_URL ?? redisUrl()])
  let port = 0
  const simulated: Simulators = await startSimulators({
    port: 0,
    gatewayUrl: () => settings.PUBLIC_URL ?? `http://127.0.0.1:${port}`,
    hookSecret: 'dev',
    whatsappAppSecret: 'dev-app-secret',
    phoneNumberId: '106540352242922',
    seed: 1,
    smscPort: 0,
    smscUssd,
  })
  port = Number(settings.PORT ?? (await freePort()))
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    INTERNAL_PORT: '0',
    SIM_PORT: String(simulated.port),
    SIM_SMPP_PORT: String(simulated.smscPort),
    ...settings,
  })
  const gateway = `http://127.0.0.1:${port}`
  const publicUrl = settings.PUBLIC_URL ?? gateway
  const around = { databaseUrl: database.url, redisUrl: redis, publicUrl, clock, log: silent }
  const inzira: Inzira = await buildInzira(config, around, refit)
  await inzira.start()
  const db = connectPostgres(database.url, silent)
  return {
    ...talking(gateway, simulated.url),
    gateway,
    simulators: simulated.url,
    db,
    databaseUrl: database.url,
    redisUrl: redis,
    async stop() {
      await inzira.stop()
      await simulated.stop()
      await db.destroy()
      await database.drop()
    },
  }
}

const SHORT_MS = 8_000

function talking(
  gateway: string,
  simulators: string,
): Pick<World, 'hop' | 'text' | 'inbox' | 'hears' | 'post' | 'get'> {
  const get = async (path: string): Promise<unknown> => (await fetch(simulators + path)).json()
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(simulators + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const inbox = async (phone: string): Promise<string[]> => {
    const sent = await get(`/africastalking/_ledger?to=${encodeURIComponent(phone)}`)
    return sentTexts
      .parse(sent)
      .filter(({ channel }) => channel === 'sms')
      .map(({ text }) => text)
  }
  return {
    get,
    post,
    inbox,
    async hop(phone, session, text, signal) {
      const form = {
        sessionId: session,
        phoneNumber: phone,
        networkCode: '63510',
        serviceCode: '*384*77#',
        text,
      }
      const answer = await fetch(`${gateway}/hooks/ussd/africastalking/dev`, {
        method: 'POST',
        body: new URLSearchParams(form),
        ...(signal && { signal }),
      })
      return answer.text()
    },
    async text(phone, text) {
      await post('/africastalking/_handset/sms', { phone, text })
    },
    async hears(phone, pattern, withinMs = SHORT_MS) {
      const until = Date.now() + withinMs
      let texts: string[] = []
      while (Date.now() < until) {
        texts = await inbox(phone)
        const match = texts.map((text) => pattern.exec(text)).findLast((one) => one !== null)
        if (match) return match
        await sleep(50)
      }
      throw new Error(`${phone} never heard ${pattern}; heard:\n${texts.join('\n')}`)
    },
  }
}

const sentTexts = z.array(z.object({ channel: z.string(), text: z.string() }))
