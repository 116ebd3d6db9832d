/** People who are called back and book a seat by keypad over a bad line; some hang up, also while they pay. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createRandom, type Random } from '../../simulators/random.ts'
import type { Refit } from '../../src/build.ts'
import type { VOICE_GATEWAYS } from '../../src/core/base/channels.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import { startWorld, type World } from '../support/world.ts'
import { until } from './smpp-stage.ts'
import { VoiceWire } from './voice-wire.ts'

const CALLS_AT_ONCE = 24
/** Nobody more is told how it ended for so long: nobody will be. */
const STILL_MS = 8_000
const LOOK_MS = 250
/** Calls in a hundred that end in the middle, or whose line is lost as soon as they have said yes. */
const HANGS_UP = 10
const LOST_ON_YES = 25
/** Payments in a hundred that are declined, and keys before which the question is asked for again. */
const DECLINES = 10
const REPEATS = 10
const SEATS = 200
const SHOWN = 20
/** How it ends, as it is texted. */
const OUTCOME = /^Ticket \d|not enough seats|too few seats|1 Try again/

const Call = z.object({
  sessionId: z.string(),
  state: z.string(),
  direction: z.string(),
  says: z.array(z.string()),
})
const Texts = z.array(z.object({ channel: z.string(), to: z.string(), text: z.string() }))
const Charges = z.array(z.object({ kind: z.string(), msisdn: z.string(), status: z.string() }))

type VoiceGateway = (typeof VOICE_GATEWAYS)[number]

export type Answered = {
  readonly calls: number
  readonly lost: number
  readonly slowestMs: number
  readonly counts: VoiceWire['counts']
  readonly complaints: readonly string[]
}

/** @param refit how the house is broken */
export async function callStorm(
  gateway: VoiceGateway,
  calls: number,
  refit: Refit = {},
  seed = 1,
): Promise<Answered> {
  const random = createRandom(seed)
  const wire = new VoiceWire(random)
  await wire.start()
  const settings = { VOICE_GATEWAY: gateway, PUBLIC_URL: wire.url, PORT: String(wire.port) }
  const world = await startWorld(settings, systemClock, refit)
  try {
    await world.db('departures').update({ seats: SEATS })
    const storm = new Storm(world, gateway, random, wire.complaints)
    const numbers = Array.from({ length: calls }, (_, n) => `+25078${7_000_000 + n}`)
    const line = async () => {
      for (let phone = numbers.pop(); phone; phone = numbers.pop())
        await storm.call(phone).catch(storm.brokenOff(phone))
    }
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, line))
    await wire.rest()
    await storm.judge()
    const all = [...wire.complaints]
    const complaints = all.length > SHOWN ? [...all.slice(0, SHOWN), `and ${all.length - SHOWN} more`] : all
    return { calls, lost: storm.lost, counts: wire.counts, slowestMs: wire.slowestMs, complaints }
  } finally {
    await world.stop()
    await wire.stop()
  }
}

class Storm {
  /** Calls that were cut off while they paid. */
  lost = 0
  readonly #world: World
  readonly #gateway: VoiceGateway
  readonly #random: Random
  readonly #complaints: string[]
  readonly #saidYes: string[] = []
  readonly #hungUp: string[] = []

  constructor(world: World, gateway: VoiceGateway, random: Random, complaints: string[]) {
    this.#world = world
    this.#gateway = gateway
    this.#random = random
    this.#complaints = complaints
  }

  /** Rings once, is called back, and keys a way, a bus, one seat and yes. */
  async call(phone: string): Promise<void> {
    if (this.#happens(DECLINES))
      await this.#world.post('/mtn/_scenario', { msisdn: phone, outcome: 'decline', times: 1 })
    await this.#hand('call', { phone })
    let sessionId = ''
    await until(`${phone} called back`, async () => {
      sessionId =
        (await this.#calls(phone)).find(({ direction }) => direction === 'Outbound')?.sessionId ?? ''
      return sessionId !== ''
    })
    await this.#hand('answer', { sessionId })
    const keys = ['3', '1#', `${this.#random.between(1, 5)}#`, '1#', '1#', '1']
    const end = this.#happens(HANGS_UP) ? this.#random.between(0, keys.length - 1) : keys.length
    for (const digits of keys.slice(0, -1).slice(0, end)) {
      if (this.#happens(REPEATS))
        await this.#hand('digits', { sessionId, digits: digits.replace(/^\d/, '*') })
      await this.#hand('digits', { sessionId, digits })
    }
    if (end < keys.length) {
      await this.#hand('hangupcall', { sessionId })
      this.#hungUp.push(phone)
      return
    }
    this.#saidYes.push(phone)
    const lost = this.#happens(LOST_ON_YES)
    if (lost) this.lost += 1
    const { state, says } = await this.#hand('digits', { sessionId, digits: '1', lost })
    const isHeard = says.at(-1)?.startsWith('Keeping your seats.') === true
    if (state !== 'Completed' || isHeard === lost) this.#complaints.push(`${phone}: ${state}: ${says.at(-1)}`)
  }

  /** Keeps what went wrong at the phone's end. */
  brokenOff(phone: string): (error: unknown) => void {
    return (error) => void this.#complaints.push(`broken off: ${phone}: ${error}`)
  }

  /** Who said yes has one booking and has heard how it ended, by text; nobody paid twice, and who hung up pays nothing. */
  async judge(): Promise<void> {
    const [yes, no] = [this.#saidYes, this.#hungUp]
    const texts = async () => {
      const sent = Texts.parse(await this.#world.get('/africastalking/_ledger'))
      return new Set(
        sent.filter(({ channel, text }) => channel === 'sms' && OUTCOME.test(text)).map(({ to }) => to),
      )
    }
    let told = await texts()
    for (let still = Date.now() + STILL_MS; yes.some((one) => !told.has(one)) && Date.now() < still; ) {
      await sleep(LOOK_MS)
      const before = told.size
      told = await texts()
      if (told.size > before) still = Date.now() + STILL_MS
    }
    for (const phone of yes) if (!told.has(phone)) this.#complaints.push(`never told how it ended: ${phone}`)
    const booked = await this.#perPhone(
      this.#world.db('instances').where({ flow: 'booking' }).whereNot({ state: 'asking' }).pluck('owner'),
    )
    const charges = Charges.parse(await this.#world.get('/mtn/_ledger'))
    const paid = await this.#perPhone(
      charges
        .filter(({ kind, status }) => kind === 'collect' && status === 'SUCCESSFUL')
        .map(({ msisdn }) => `+${msisdn}`),
    )
    for (const phone of yes)
      if (booked.get(phone) !== 1) this.#complaints.push(`${booked.get(phone) ?? 0} bookings: ${phone}`)
    for (const [phone, times] of paid)
      if (times > 1 || no.includes(phone)) this.#complaints.push(`paid ${times} times: ${phone}`)
  }

  async #perPhone(phones: readonly string[] | PromiseLike<string[]>): Promise<Map<string, number>> {
    const counts = new Map<string, number>()
    for (const phone of await phones) counts.set(phone, (counts.get(phone) ?? 0) + 1)
    return counts
  }

  async #hand(doing: string, body: object): Promise<z.infer<typeof Call>> {
    return Call.parse(await this.#world.post(`/${this.#gateway}/_handset/${doing}`, body))
  }

  async #calls(phone: string): Promise<z.infer<typeof Call>[]> {
    const all = await this.#world.get(`/${this.#gateway}/_handset/calls?phone=${encodeURIComponent(phone)}`)
    return z.array(Call).parse(all)
  }

  #happens(percent: number): boolean {
    return this.#random.between(1, 100) <= percent
  }
}
