import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../simulators/random.ts'
import type { Ground } from './arena.ts'
import { hop } from './callers.ts'
import { answerAt } from './lines.ts'
import { startNodes } from './nodes.ts'
import { rowsOf } from './oracles.ts'
import { type Phones, pickUpPhones } from './phones.ts'
import { type Plan, planOf, randomOf } from './plan.ts'
import { TAKEN } from './travellers.ts'

/** How long people call before it freezes. */
const WARM_MS = 2_000
/** Who was promised no text dials again so much later. */
const DIAL_AGAIN = { fromMs: 2_000, toMs: 6_000 } as const
const PASSERS_FROM = 100_000
const DIALS = 40
const HOPS = 10
const LOOK_MS = 100
const PROMISE = /We are working on it/

/** How many book, how many hops a second of others come while it stands still, for how long it does, and how soon after that texts come. */
export type Load = {
  readonly people: number
  readonly perSecond: number
  readonly frozenMs: number
  readonly textsWithinMs: number
}

export type Frozen = {
  readonly hops: number
  /** Hops that came each second while it stood still. */
  readonly perSecond: number
  readonly slowestMs: number
  /** Hops that were answered by a promise. */
  readonly promised: number
  /** Hops that brought nothing, promises that were not kept, who never could book, and who booked more than once. */
  readonly lost: readonly string[]
  readonly unkept: readonly string[]
  readonly stuck: readonly string[]
  readonly twice: readonly string[]
  /** Nodes that ended. */
  readonly crashes: readonly string[]
}

const TWICE = `
  select owner as it from instances where flow = 'booking'
    and state not in ('asking', 'looking', 'quoting', 'confirming') group by owner having count(*) > 1`

/** People book while the database stands still; each waits for what is promised, or says it again. */
export async function freeze(
  ground: Ground,
  { people, perSecond, frozenMs, textsWithinMs }: Load,
): Promise<Frozen> {
  const arena = await ground.arena(true)
  const { database, db, simulators } = arena
  if (!database) throw new Error('no database of its own')
  const random = randomOf(1)
  const crowd = new Crowd(arena.hookUrl, random, frozenMs + textsWithinMs)
  let phones: Phones | undefined
  try {
    phones = await pickUpPhones(simulators.url, crowd.hear, async () => {})
    const nodes = await startNodes(arena.entry, arena.env, '.artifacts/frozen.log', [])
    try {
      const stepMs = (WARM_MS + frozenMs / 2) / people
      const all = Array.from({ length: people }, (_, n) =>
        sleep(n * stepMs).then(() => crowd.book(planOf(n, random, 0))),
      )
      await sleep(WARM_MS)
      await database.freeze()
      const [before, began] = [crowd.hops, Date.now()]
      for (; Date.now() < began + frozenMs; await sleep(1_000 / perSecond)) all.push(crowd.passBy(all.length))
      const seenPerSecond = ((crowd.hops - before) * 1_000) / (Date.now() - began)
      await database.thaw()
      await Promise.all(all)
      return {
        ...crowd.seen(),
        perSecond: seenPerSecond,
        twice: await rowsOf(db, TWICE),
        crashes: [...nodes.crashes],
      }
    } finally {
      await database.thaw()
      await nodes.stop()
    }
  } finally {
    phones?.stop()
    await arena.stop()
  }
}

class Crowd {
  hops = 0
  readonly #hookUrl: string
  readonly #random: Random
  readonly #patienceMs: number
  readonly #texts = new Map<string, string[]>()
  readonly #lost: string[] = []
  readonly #unkept: string[] = []
  readonly #stuck: string[] = []
  #promised = 0
  #slowestMs = 0

  constructor(hookUrl: string, random: Random, patienceMs: number) {
    this.#hookUrl = hookUrl
    this.#random = random
    this.#patienceMs = patienceMs
  }

  readonly hear = (phone: string, text: string): void => {
    this.#texts.set(phone, [...(this.#texts.get(phone) ?? []), text])
  }

  seen(): Pick<Frozen, 'hops' | 'slowestMs' | 'promised' | 'lost' | 'unkept' | 'stuck'> {
    const [hops, slowestMs, promised] = [this.hops, this.#slowestMs, this.#promised]
    return { hops, slowestMs, promised, lost: this.#lost, unkept: this.#unkept, stuck: this.#stuck }
  }

  /** Dials, and hears no more than the menu or what is promised. */
  async passBy(n: number): Promise<void> {
    const plan = planOf(PASSERS_FROM + n, randomOf(n), 0)
    const screen = await this.#hop(plan, `ATUid_${randomUUID()}`, '')
    if (PROMISE.test(screen)) await this.#told(plan, 0)
  }

  /** Dials until the booking is heard of, on the screen or by text. */
  async book(plan: Plan): Promise<void> {
    let last = ''
    for (let dials = 0; dials < DIALS; dials += 1) {
      const before = this.#texts.get(plan.phone)?.length ?? 0
      last = await this.#dial(plan)
      if (TAKEN.test(last)) return
      if (!PROMISE.test(last)) await sleep(this.#random.between(DIAL_AGAIN.fromMs, DIAL_AGAIN.toMs))
      else if (TAKEN.test(await this.#told(plan, before))) return
    }
    this.#stuck.push(`${plan.phone} ${plan.line}: ${last}`)
  }

  /** @returns the last screen of a session */
  async #dial(plan: Plan): Promise<string> {
    const session = `ATUid_${randomUUID()}`
    const said: string[] = []
    for (let hops = 0; hops < HOPS; hops += 1) {
      const screen = await this.#hop(plan, session, said.join('*'))
      if (screen.startsWith('END')) return screen
      said.push(answerAt(screen, plan) ?? (/Continue /.test(screen) ? '1' : '00'))
    }
    return ''
  }

  async #hop({ phone }: Plan, session: string, text: string): Promise<string> {
    this.hops += 1
    const { screen, tookMs, why } = await hop(this.#hookUrl, phone, session, text)
    this.#slowestMs = Math.max(this.#slowestMs, tookMs)
    if (screen === null) this.#lost.push(`${phone} ${text}: ${why}`)
    if (screen !== null && PROMISE.test(screen)) this.#promised += 1
    return screen ?? 'END'
  }

  /** The text that was promised, once it is there: the first beyond those that came before the call. */
  async #told({ phone }: Plan, before: number): Promise<string> {
    for (const late = Date.now() + this.#patienceMs; Date.now() < late; await sleep(LOOK_MS)) {
      const [text] = this.#texts.get(phone)?.slice(before) ?? []
      if (text !== undefined) return text
    }
    this.#unkept.push(phone)
    return ''
  }
}
