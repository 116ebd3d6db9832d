import { z } from 'zod'
import { marketOf } from '../../core/base/markets.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Bidding, Booked, Desk, Viewer } from '../../core/people/bookings.ts'
import type { Snapshot } from '../../core/run/flow.ts'
import type { Ticket } from '../../core/sell/ticket.ts'
import { given } from '../lines/field.ts'
import { LINES } from '../lines/index.ts'
import { trackingContext } from '../tracking/model.ts'
import { dueOf, isReturned, receiverOf } from './facts.ts'
import { type BookingContext, bookingContext } from './model.ts'
import { isDraft } from './screens.ts'

/** A booking as programs see it. Moments are epoch ms, amounts in the currency's smallest unit. */
const shape = z.object({
  id: z.string(),
  code: z.string().meta({ description: 'Digits by which people name the booking.' }),
  seq: z.int().meta({ description: 'Grows with every change: of two descriptions the higher is newer.' }),
  line: z.string(),
  state: z.string(),
  done: z.boolean(),
  given: z.record(z.string(), z.string()).meta({ description: 'What was asked for, as people name it.' }),
  price: z
    .object({
      amountMinor: z.int(),
      currency: z.string(),
      validUntil: z.number(),
      lines: z
        .array(z.object({ what: z.string(), of: z.string().optional(), amountMinor: z.int() }))
        .meta({ description: 'How it is made up; the lines sum to the amount.' }),
    })
    .nullable(),
  payment: z.enum(['pending', 'paid', 'cash', 'failed']).nullable(),
  paid: z.boolean(),
  paymentId: z
    .string()
    .nullable()
    .meta({ description: 'The present payment; shown to the owner and to administrators.' }),
  agent: z.string().nullable().meta({ description: 'Who booked it for the owner, where somebody else did.' }),
  driver: z
    .object({ name: z.string(), plate: z.string(), phone: z.string(), minutes: z.int() })
    .nullable()
    .meta({ description: 'Who comes; `minutes` away when the job was taken.' }),
  passage: z
    .object({ seats: z.array(z.int()), leavesAt: z.number(), arrivesAt: z.number(), ticket: z.string() })
    .nullable()
    .meta({ description: 'Seats on what leaves by a timetable; `ticket` is typed to let the owner aboard.' }),
  startCode: z
    .string()
    .nullable()
    .meta({ description: 'What the owner gives the driver; null where somebody else receives.' }),
  waited: z.object({ minutes: z.int(), amountMinor: z.int() }).nullable().meta({
    description: 'So long the driver waited, and what is paid them for it in cash beside the price.',
  }),
  cashMinor: z.int().nullable().meta({
    description:
      'What of the price, and for waiting, is paid the driver in cash; null before it is agreed how.',
  }),
  milestone: z.string().nullable(),
  stars: z.int().nullable(),
  createdAt: z.number(),
})

/** While the booking is in one of these, its carrier is on the way or on board. */
const CARRIED = new Set(['paying', 'unpaid', 'booked'])

function describe(booking: Booked, viewer: Viewer): z.infer<typeof shape> {
  const context = bookingContext.parse(booking.context)
  const { quote, carrier } = context
  return {
    id: booking.id,
    code: context.code,
    seq: booking.seq,
    line: context.line,
    state: booking.state,
    done: booking.done,
    given: givenOf(context),
    price: quote && { ...quote.price, validUntil: quote.validUntil, lines: quote.lines },
    payment: paymentOf(booking.state, context),
    paid: context.paid,
    agent: context.agent?.name ?? null,
    paymentId: viewer === 'driver' ? null : context.payment,
    driver: carrier && {
      name: carrier.name,
      plate: carrier.plate,
      phone: carrier.phone,
      minutes: carrier.minutes,
    },
    passage: viewer === 'owner' ? passageOf(context) : null,
    startCode: viewer === 'owner' ? codeOf(context) : null,
    waited: context.waited ?? null,
    cashMinor: context.paid || context.cash ? dueOf(context).amountMinor : null,
    milestone: context.milestone,
    stars: context.stars,
    createdAt: madeAt(booking.id),
  }
}

/** What was said of each field; what was said several times stands side by side. */
function givenOf({ given: said }: BookingContext): Record<string, string> {
  const labels = new Map<string, string>()
  for (const { field, label } of said) labels.set(field, [labels.get(field) ?? [], label].flat().join(', '))
  return Object.fromEntries(labels)
}

function passageOf({ carrier, paid }: BookingContext): z.infer<typeof shape>['passage'] {
  if (!carrier?.passage || !paid) return null
  const { seats, leavesAt, arrivesAt, ticket } = carrier.passage
  return { seats, leavesAt, arrivesAt, ticket }
}

/** Who receives a parcel has its code; its sender has one of their own once it comes back. */
function codeOf(context: BookingContext): string | null {
  const { carrier } = context
  if (isReturned(context)) return carrier?.returnCode ?? null
  return receiverOf(context) === undefined ? (carrier?.startCode ?? null) : null
}

function paymentOf(state: string, { paid, cash }: BookingContext): z.infer<typeof shape>['payment'] {
  if (paid) return 'paid'
  if (cash) return 'cash'
  if (state === 'paying') return 'pending'
  return state === 'unpaid' ? 'failed' : null
}

/** The first 48 bits of a UUIDv7 are the moment it was made, epoch ms (RFC 9562 §5.7). */
const madeAt = (id: string): number => Number.parseInt(id.slice(3, 15), 16)

function agentOf({ context }: Booked): Msisdn | null {
  const { agent } = bookingContext.parse(context)
  return agent && agent.stage !== 'agreed' ? agent.phone : null
}

function carrierOf({ state, context }: Booked): Msisdn | null {
  return CARRIED.has(state) ? (bookingContext.parse(context).carrier?.phone ?? null) : null
}

/** Who travels, where names were given instead of a number. */
const namesIn = (said: string): string[] => (/^\d*$/.test(said) ? [] : said.split(', '))

function ticketOf({ id, state, context: raw }: Booked): Ticket | null {
  const context = bookingContext.parse(raw)
  const { carrier, quote, paid } = context
  if (!carrier?.passage || !quote || !paid || !SHOWN.has(state)) return null
  const { seats, leavesAt, zone } = carrier.passage
  const [from = '', to = ''] = ['from', 'to'].map((field) => given(context.given, field)?.label)
  return {
    ...{ code: context.code, proof: carrier.startCode, from, to, leavesAt, zone, seats },
    names: namesIn(given(context.given, 'travellers')?.value ?? ''),
    ...{ price: quote.price, partner: carrier.name, plate: carrier.plate, soldAt: madeAt(id) },
  }
}

/** What was called off or refused lets nobody aboard. */
const SHOWN = new Set(['booked', 'rating', 'completed'])

function bidOf({ context: raw }: Pick<Booked, 'context'>, carrier: string): Bidding | null {
  const { owner, bids } = bookingContext.parse(raw)
  const bid = bids?.offers.find(({ partner }) => partner === carrier)
  if (!bid) return null
  const { amountMinor, validUntil, plate } = bid
  return { amountMinor, currency: marketOf(owner).currency, validUntil, plate }
}

/** Bookings for programs. */
export const bookingDesk: Desk = {
  isNews: ({ state }) => !isDraft(state),
  lines: LINES,
  shape,
  describe,
  ticketOf,
  bidOf,
  agentOf,
  carrierOf,
}

/** The booking that a journey carries out. */
export const bookingOf = (journey: Snapshot): string => trackingContext.parse(journey.context).booking
