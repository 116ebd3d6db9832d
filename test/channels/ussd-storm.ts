/** Sessions through a network that repeats, doubles, overtakes and confuses hops, against two processes of ours. */
import { Agent, request } from 'node:http'
import { createRandom, hex, type Random } from '../../simulators/random.ts'
import { PROFILES } from '../../simulators/ussd/index.ts'
import type { Profile, Screen, Session } from '../../simulators/ussd/profile.ts'
import { buildInzira, type Refit } from '../../src/build.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { silent } from '../../src/core/base/log.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { freePort } from '../../src/integrations/process.ts'
import { freshDatabase, redisUrl } from '../support/servers.ts'
import { prepare } from '../support/world.ts'

/** One of each family: all said so far, a sequence, and nothing but what is new. */
const FAMILIES = ['africastalking', 'hubtel', 'arkesel'] as const
/** Hops in a hundred that are sent again after their answer, twice at once, or after a newer one. */
const MISCHIEF = { repeated: 20, concurrent: 5, overtaken: 2 } as const
/** Sessions in a hundred that bear a name which is somebody else's as well. */
const NAMESAKES = 5
/** Sessions that go on side by side, and hops on their way at once. */
const BATCH = 300
const IN_FLIGHT = 48
/** Somebody reads a screen for so long: a hop that was overtaken comes within the time of a repetition. */
const READS_MS = 2_000
const SHOWN = 20

type House = { readonly url: string; stop(): Promise<void> }
type Stage = { readonly houses: readonly House[]; readonly db: Db; readonly clock: { aheadMs: number } }
type Caller = { readonly session: Session; readonly profile: Profile; readonly path: string }
type Shown = { readonly screen: Screen | undefined; readonly body: string }

export type Weathered = {
  readonly sessions: number
  readonly hops: number
  readonly counts: Record<keyof typeof MISCHIEF | 'namesakes', number>
  readonly complaints: string[]
}

/** Ride, pick-up, drop-off, yes; no key is the one before it. */
const PATHS = ['2', '3', '4', '5'].flatMap((from) =>
  ['2', '3', '4', '5'].filter((to) => to !== from).map((to) => ['1', from, to, '1'].join('')),
)

/** @param refit how both processes are broken */
export async function storm(sessions: number, refit: Refit = {}, seed = 1): Promise<Weathered> {
  const stage = await openStage(refit)
  const network = new Network(stage, createRandom(seed))
  try {
    for (let first = 0; first < sessions; first += BATCH)
      await network.batch(first, Math.min(BATCH, sessions - first))
    await network.judge()
    return network.weathered(sessions)
  } finally {
    await stage.stop()
  }
}

/** Two processes' worth of house on one database; nobody carries out what is decided, for that is not in question. */
async function openStage(refit: Refit): Promise<Stage & { stop(): Promise<void> }> {
  const [database, redis] = await Promise.all([freshDatabase(prepare), redisUrl()])
  const clock = { aheadMs: 0 }
  const startedAt = Date.now()
  const open = async (): Promise<House> => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const settings = { NODE_ENV: 'test', ROLE: 'gateway', PORT: String(port), INTERNAL_PORT: '0' }
    const inzira = await buildInzira(
      readConfig({ ...settings, USSD_GATEWAYS: FAMILIES.join(',') }),
      {
        databaseUrl: database.url,
        redisUrl: redis,
        publicUrl: url,
        clock: { now: () => startedAt + clock.aheadMs },
        log: silent,
      },
      refit,
    )
    await inzira.start()
    return { url, stop: () => inzira.stop() }
  }
  const houses = [await open(), await open()]
  const db = connectPostgres(database.url, silent)
  const stop = async () => {
    for (const house of houses) await house.stop()
    await db.destroy()
    await database.drop()
  }
  return { houses, db, clock, stop }
}

class Network {
  readonly #stage: Stage
  readonly #random: Random
  readonly #agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  readonly #complaints: string[] = []
  readonly #counts = { repeated: 0, concurrent: 0, overtaken: 0, namesakes: 0 }
  /** How a booking stands after each path. */
  readonly #calm = new Map<string, { screens: (Screen | undefined)[]; phones: string[] }>()
  readonly #paths = new Map<string, string>()
  #hops = 0

  constructor(stage: Stage, random: Random) {
    this.#stage = stage
    this.#random = random
  }

  /** Walks each path once in calm weather, and then everybody at once in the storm. */
  async batch(first: number, many: number): Promise<void> {
    const calm = PATHS.map((path, n) =>
      this.#caller(`+25078${String(9_000_000 + (first / BATCH) * PATHS.length + n)}`, path, 0),
    )
    await this.#rounds(calm, async (caller, n) => {
      const { screen } = await this.#send(caller, n, 0)
      const seen = this.#calm.get(caller.path)?.screens ?? []
      seen[n] = screen
      this.#calm.set(caller.path, { screens: seen, phones: [caller.session.phone] })
    })
    const callers: Caller[] = []
    for (let n = 0; n < many; n += 1) {
      const path = PATHS[this.#random.between(0, PATHS.length - 1)] ?? ''
      const caller = this.#caller(`+25079${String(first + n).padStart(7, '0')}`, path, n % FAMILIES.length)
      const other = callers.at(-FAMILIES.length)
      if (other && this.#happens(NAMESAKES)) {
        caller.session.sessionId = other.session.sessionId
        this.#counts.namesakes += 1
      }
      callers.push(caller)
      this.#paths.set(caller.session.phone, path)
    }
    await this.#rounds(callers, (caller, n) => this.#hop(caller, n))
  }

  #caller(phone: string, path: string, family: number): Caller {
    const profile = PROFILES.find(({ name }) => name === FAMILIES[family])
    if (!profile) throw new Error('no such family')
    const session = {
      sessionId: hex(12),
      phone,
      dialled: '*384*77#',
      inputs: [...path],
      screens: [],
      over: false,
    }
    return { session, profile, path }
  }

  async #rounds(
    callers: readonly Caller[],
    hop: (caller: Caller, n: number) => Promise<void>,
  ): Promise<void> {
    const [{ session } = { session: undefined }] = callers
    for (let n = 0; n <= (session?.inputs.length ?? 0); n += 1) {
      const waiting = [...callers]
      const lane = async () => {
        for (let one = waiting.pop(); one; one = waiting.pop()) await hop(one, n)
      }
      await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
      this.#stage.clock.aheadMs += READS_MS
    }
  }

  /** One hop with what befalls it; every answer must be what calm weather showed, and every copy the same bytes. */
  async #hop(caller: Caller, n: number): Promise<void> {
    const house = this.#house()
    const isDoubled = this.#happens(MISCHIEF.concurrent)
    const first = await Promise.all(
      [house, ...(isDoubled ? [1 - house] : [])].map((one) => this.#send(caller, n, one)),
    )
    for (const shown of first) this.#expect(caller, n, shown, first[0])
    if (isDoubled) this.#counts.concurrent += 1
    if (this.#happens(MISCHIEF.repeated)) {
      this.#counts.repeated += 1
      this.#expect(caller, n, await this.#send(caller, n, this.#house()), first[0])
    }
    if (n > 0 && this.#happens(MISCHIEF.overtaken)) {
      this.#counts.overtaken += 1
      const older = caller.profile.name === 'arkesel' ? n - 1 : this.#random.between(0, n - 1)
      this.#expect(caller, older, await this.#send(caller, older, this.#house()), undefined)
    }
  }

  #expect({ profile, path, session }: Caller, n: number, shown: Shown, first: Shown | undefined): void {
    const wanted = this.#calm.get(path)?.screens[n]
    const where = `${profile.name}, hop ${n} of ${path} by ${session.phone}`
    if (shown.screen?.text !== wanted?.text || shown.screen?.kind !== wanted?.kind)
      this.#complaints.push(`wrong screen: ${where}: ${JSON.stringify(shown.screen)}`)
    if (first && shown.body !== first.body) this.#complaints.push(`another answer: ${where}: ${shown.body}`)
  }

  /** Everybody has the one booking that calm weather gave them: as many events, in the same state. */
  async judge(): Promise<void> {
    const rows: { owner: string; state: string; seq: number }[] = await this.#stage
      .db('instances')
      .where({ flow: 'booking' })
      .select('owner', 'state', 'seq')
    const by = new Map<string, string[]>()
    for (const { owner, state, seq } of rows) by.set(owner, [...(by.get(owner) ?? []), `${state} ${seq}`])
    for (const [phone, path] of this.#paths) {
      const [calm] = this.#calm.get(path)?.phones ?? []
      const [wanted, got] = [by.get(calm ?? ''), by.get(phone)]
      if (wanted?.length !== 1) this.#complaints.push(`calm weather booked ${wanted?.length ?? 0} times`)
      if (String(got) !== String(wanted)) this.#complaints.push(`booked: ${phone} has ${got}, not ${wanted}`)
    }
  }

  weathered(sessions: number): Weathered {
    const all = this.#complaints
    const complaints = all.length > SHOWN ? [...all.slice(0, SHOWN), `and ${all.length - SHOWN} more`] : all
    return { sessions, hops: this.#hops, counts: this.#counts, complaints }
  }

  #happens(percent: number): boolean {
    return this.#random.between(1, 100) <= percent
  }

  #house(): number {
    return this.#random.between(0, 1)
  }

  #send({ profile, session }: Caller, n: number, house: number): Promise<Shown> {
    this.#hops += 1
    const { to, method = 'POST', headers = {}, body = '' } = profile.hop(session, n)
    const url = `${this.#stage.houses[house]?.url}/hooks/ussd/${profile.name}/dev${to}`
    return new Promise((resolve, reject) => {
      const call = request(url, { method, headers, agent: this.#agent }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => {
          const heard = { status: response.statusCode ?? 0, headers: response.headers, body: text, tookMs: 0 }
          resolve({ screen: profile.read(heard, session), body: text })
        })
        response.on('error', reject)
      })
      call.on('error', reject)
      call.end(body)
    })
  }
}
