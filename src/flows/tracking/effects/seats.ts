import type { Clock } from '../../../core/base/clock.ts'
import { reminders, tellDay } from '../../../core/base/day.ts'
import type { Ids } from '../../../core/base/id.ts'
import { share } from '../../../core/base/money.ts'
import type { Ledgered } from '../../../core/run/store.ts'
import { seatsMeant } from '../../../core/sell/extras.ts'
import { ticketPrice } from '../../../core/sell/seat-price.ts'
import type { Departure, Departures, SeatClaims } from '../../../core/sell/seats.ts'
import { ticketDigits } from '../../../core/sell/ticket.ts'
import type { Carrier } from '../../effects.ts'
import type { WordKey } from '../../words/index.ts'
import type { Keeper, Wishing } from './keeping.ts'

/** What seats are kept with. */
export type SeatNouns = {
  readonly seats: SeatClaims
  /** Read by the transaction's own connection: who holds one must never wait for another. */
  readonly departures: Departures
}

/** So long seats are kept for a payment; the booking waits for it longer. */
const HOLD_MS = 15 * 60_000

/** Whoever waited has as long to say yes, and then as long to pay. */
const QUEUE_HOLD_MS = 2 * HOLD_MS
/** Nobody is told so shortly before it leaves that they cannot come. */
const TOO_LATE_MS = 30 * 60_000
/** Whoever is to leave by another has so long to read of it and to come. */
const NOTICE_MS = 60 * 60_000
/** What leaves later than this is no help to them. */
const LATEST_MS = 24 * 60 * 60_000
/** So many are looked at for one of whoever called theirs off. */
const MOST_LOOKED_AT = 20

const REFUSALS = { full: 'busFull', hoarding: 'busHoarding', gone: 'busGone' } as const

/** Only where they would sit. */
const among = ({ seats }: Departure, { along }: Wishing<'seats'>['wish']) =>
  along && along.choice !== null ? { among: seatsMeant(along.choice, seats) } : {}

const isChosen = ({ along }: Wishing<'seats'>['wish']): boolean =>
  along !== undefined && along.choice !== null

const refusal = (kind: keyof typeof REFUSALS, { wait }: { readonly wait?: true }): WordKey =>
  wait && kind === 'gone' ? 'busNoneFree' : REFUSALS[kind]

/** Seats on what leaves by a timetable. */
export function seatKeeper<Tx extends Ledgered & SeatNouns>({
  clock,
  ids,
}: {
  readonly clock: Clock
  readonly ids: Ids
}): Keeper<'seats', Tx> {
  /** Seats on what the journey goes by, while that still goes. */
  const claim = async ({ id, owner, wish }: Wishing<'seats'>, tx: Tx) => {
    const { departure, from, to, count } = wish
    const bus = await tx.departures.find(departure, from, to)
    const lastAt = clock.now() + (wish.wait ? TOO_LATE_MS : 0)
    if (!bus || bus.leavesAt <= lastAt) return { kind: 'gone' } as const
    const whose = { journey: id, person: owner, holdMs: wish.wait ? QUEUE_HOLD_MS : HOLD_MS }
    const want = { departure, span: bus.span, count, ...whose, ...among(bus, wish) }
    const held = wish.wait ? await tx.seats.queue(want) : await tx.seats.hold(want)
    // Its hours as they are now that nobody else can change them.
    const locked = held.kind === 'held' ? await tx.departures.find(departure, from, to) : null
    return held.kind === 'held' ? { ...held, bus: locked ?? bus } : held
  }
  const ticketOf = (bus: Departure, seats: readonly number[], code: string) =>
    passengerOf(bus, seats, code, ids.digits(4), clock.now())
  return {
    async hold(journey, tx) {
      const held = await claim(journey, tx)
      if (held.kind === 'waiting') return { kind: 'queued' }
      // Others may be free, or may be waited for.
      if (held.kind === 'full' && isChosen(journey.wish))
        return { kind: 'refused', why: 'busSeatTaken', lacking: { item: '', left: '' } }
      if (held.kind !== 'held') return { kind: 'refused', why: refusal(held.kind, journey.wish) }
      return { kind: 'held', driver: ticketOf(held.bus, held.seats, journey.code) }
    },
    async keep(journey, tx) {
      let seats = await tx.seats.keep(journey.id)
      // It was paid too late and they went to somebody else: others are as good.
      if (seats.length === 0 && (await claim(journey, tx)).kind === 'held')
        seats = await tx.seats.keep(journey.id)
      const { driver } = journey
      if (seats.length === 0 || !driver?.passage) return null
      return { ...driver, passage: { ...driver.passage, seats: [...seats] } }
    },
    async move({ id, owner, code, wish }, { to, price }, tx) {
      const now = clock.now()
      const { count, along } = wish
      const bus = await tx.departures.find(to, wish.from, wish.to)
      if (!bus || bus.leavesAt <= now) return { kind: 'refused', why: 'busStays' }
      const whole = ticketPrice(bus, { count, ...(along && { extras: along }) }, now)
      if (!whole) return { kind: 'refused', why: 'busStays' }
      const isDearer = whole.amountMinor > price.amountMinor
      if (isDearer || bus.currency !== price.currency) return { kind: 'refused', why: 'busDearer' }
      const whose = { journey: id, person: owner }
      const want = { departure: to, span: bus.span, count, ...whose, ...among(bus, wish) }
      const moved = await tx.seats.move(want)
      if (moved.kind !== 'held') return { kind: 'refused', why: 'busStays' }
      // What was paid stays; of it the operator keeps what whoever carries them now has agreed to.
      const commissionMinor = share(price, bus.rules.commissionBp, 'down').amountMinor
      const locked = await tx.departures.find(to, wish.from, wish.to)
      const driver = ticketOf(locked ?? bus, moved.seats, code)
      return { kind: 'moved', driver, wish: { ...wish, departure: to }, commissionMinor }
    },
    async reseat({ id, owner, code, wish, driver }, tx) {
      const now = clock.now()
      const leftAt = driver?.passage?.leavesAt ?? now
      const { from, to, count } = wish
      const after = Math.max(leftAt, now + NOTICE_MS)
      const buses = await tx.departures.search({ from, to, after, seats: count, limit: MOST_LOOKED_AT })
      // Who called it off carries them for what was paid, whatever the other costs by now.
      const theirs = buses.filter(
        ({ partner, leavesAt }) => partner.id === driver?.id && leavesAt <= leftAt + LATEST_MS,
      )
      for (const bus of theirs) {
        const want = { departure: bus.id, span: bus.span, count, journey: id, person: owner }
        // Where they chose to sit, or else anywhere.
        const there = isChosen(wish) ? await tx.seats.move({ ...want, ...among(bus, wish) }) : null
        const moved = there?.kind === 'held' ? there : await tx.seats.move(want)
        if (moved.kind !== 'held') continue
        const locked = await tx.departures.find(bus.id, from, to)
        return {
          driver: ticketOf(locked ?? bus, moved.seats, code),
          wish: { ...wish, departure: bus.id },
        }
      }
      return null
    },
    async retime({ wish, driver }, tx) {
      const bus = await tx.departures.find(wish.departure, wish.from, wish.to)
      if (!bus || !driver?.passage || driver.passage.leavesAt === bus.leavesAt) return null
      const { wasAt = driver.passage.leavesAt } = driver.passage
      return { ...driver, passage: { ...driver.passage, ...hoursOf(bus, clock.now()), wasAt } }
    },
    free: ({ id }, tx) => tx.seats.free(id),
    next: async ({ wish }, tx) => (wish?.kind === 'seats' ? tx.seats.next(wish.departure) : null),
  }
}

const hoursOf = ({ leavesAt, arrivesAt, zone }: Departure, now: number) => ({
  leavesAt,
  arrivesAt,
  when: tellDay(leavesAt, zone),
  // Who books the day before is not reminded of the day before.
  remindAt: reminders(leavesAt, zone).filter((at) => at > now),
})

const passengerOf = (
  bus: Departure,
  seats: readonly number[],
  code: string,
  startCode: string,
  now: number,
): Carrier => ({
  ...{ id: bus.partner.id, name: bus.partner.name, phone: bus.conductor, plate: bus.plate },
  ...{ minutes: 0, startCode },
  passage: {
    seats: [...seats],
    ...hoursOf(bus, now),
    zone: bus.zone,
    ticket: ticketDigits(code, startCode),
  },
})
