import type { Clock } from '../../core/base/clock.ts'
import { reminders, tellDay } from '../../core/base/day.ts'
import type { Ids } from '../../core/base/id.ts'
import type { DriverClaims } from '../../core/move/drivers.ts'
import { motoMinutes, roadMetres } from '../../core/move/places.ts'
import type { Draft } from '../../core/run/draft.ts'
import { type Errand, type Handlers, write } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import type { Departure, Departures, SeatClaims } from '../../core/sell/seats.ts'
import { ticketDigits } from '../../core/sell/ticket.ts'
import type { Carrier } from '../effects.ts'
import { type TrackingContext, trackingContext, trackingEffects } from './model.ts'

type Tx = Ledgered & {
  readonly drivers: DriverClaims
  readonly seats: SeatClaims
  /** Read by the transaction's own connection: who holds one must never wait for another. */
  readonly departures: Departures
}

export type TrackingWorld = {
  readonly clock: Clock
  readonly ids: Ids
}

/** So long seats are kept for a payment; the booking waits for it longer. */
const HOLD_MS = 15 * 60_000

/** A driver who has not been seen for this long is not offered anything. */
const SEEN_WITHIN_MS = 12 * 3_600_000

/** What a journey does to drivers, each in the transaction that records it. */
export function trackingHandlers(world: TrackingWorld): Handlers<Tx> {
  const { clock, ids } = world
  return {
    ...seatHandlers(world),
    seekDriver: write(
      'booking',
      trackingEffects.seekDriver,
      async ({ line, near, except }, errand, tx: Tx, draft) => {
        const journey = await journeyOf(draft, errand)
        if (journey?.state !== 'seeking') return undefined
        await tx.drivers.release(journey.context.id)
        const seenSince = clock.now() - SEEN_WITHIN_MS
        const driver = await tx.drivers.offerNearest({
          line,
          near,
          except,
          seenSince,
          journey: journey.context.id,
        })
        if (!driver) return { type: 'NOBODY' }
        const { id, phone, name, plate } = driver
        const codes = { startCode: ids.digits(4), returnCode: ids.digits(4) }
        const minutes = motoMinutes(roadMetres(driver, near))
        return { type: 'OFFERED', driver: { id, phone, name, plate, minutes, ...codes } }
      },
    ),
    takeDriver: write('booking', trackingEffects.takeDriver, async ({ driver }, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      const isStillTheirs =
        journey !== null &&
        journey.context.driver?.phone === driver &&
        journey.state !== 'failed' &&
        journey.state !== 'done'
      if (isStillTheirs && !(await tx.drivers.take(journey.context.id, driver)))
        throw new Error("an accepted offer was not the driver's")
      return undefined
    }),
    releaseDriver: write('booking', trackingEffects.releaseDriver, async (_, errand, tx: Tx) => {
      if (errand.about) await tx.drivers.release(errand.about.id)
      return undefined
    }),
  }
}

/** What a journey does to the seats of a departure. */
function seatHandlers({ clock, ids }: TrackingWorld): Handlers<Tx> {
  /** Seats on what the journey goes by, while that still goes. */
  const claim = async ({ id, owner, seats }: TrackingContext, tx: Tx) => {
    const bus = seats && (await tx.departures.find(seats.departure, seats.from, seats.to))
    if (!bus || bus.leavesAt <= clock.now()) return { kind: 'gone' } as const
    const { departure, count } = seats
    const whose = { journey: id, person: owner, holdMs: HOLD_MS }
    const held = await tx.seats.hold({ departure, span: bus.span, count, ...whose })
    return held.kind === 'held' ? { ...held, bus } : held
  }
  return {
    holdSeats: write('booking', trackingEffects.holdSeats, async (_, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      if (journey?.state !== 'seeking') return undefined
      const held = await claim(journey.context, tx)
      if (held.kind !== 'held') return { type: 'NOBODY', why: REFUSALS[held.kind] }
      const driver = passengerOf(held.bus, held.seats, journey.context.code, ids.digits(4))
      return { type: 'OFFERED', driver }
    }),
    keepSeats: write('booking', trackingEffects.keepSeats, async (_, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      if (journey?.state !== 'assigned') return undefined
      const { id } = journey.context
      const kept = await tx.seats.keep(id)
      if (kept.length > 0) return { type: 'KEPT', seats: kept }
      // It was paid too late and they went to somebody else: others are as good.
      if ((await claim(journey.context, tx)).kind !== 'held') return { type: 'NOBODY' }
      return { type: 'KEPT', seats: await tx.seats.keep(id) }
    }),
    freeSeats: write('booking', trackingEffects.freeSeats, async (_, errand, tx: Tx) => {
      if (errand.about) await tx.seats.free(errand.about.id)
      return undefined
    }),
  }
}

const REFUSALS = { full: 'busFull', hoarding: 'busHoarding', gone: 'busGone' } as const

const passengerOf = (bus: Departure, seats: readonly number[], code: string, startCode: string): Carrier => ({
  ...{ id: bus.partner.id, name: bus.partner.name, phone: bus.conductor, plate: bus.plate },
  ...{ minutes: 0, startCode },
  passage: {
    seats: [...seats],
    leavesAt: bus.leavesAt,
    arrivesAt: bus.arrivesAt,
    zone: bus.zone,
    when: tellDay(bus.leavesAt, bus.zone),
    remindAt: [...reminders(bus.leavesAt, bus.zone)],
    ticket: ticketDigits(code, startCode),
  },
})

async function journeyOf(
  draft: Draft,
  { about }: Errand,
): Promise<{ readonly state: string; readonly context: TrackingContext } | null> {
  const journey = about && (await draft.get(about))
  return journey ? { state: journey.state, context: trackingContext.parse(journey.context) } : null
}
