import { z } from 'zod'
import { isBookingId, type Orderable } from '../../core/people/bookings.ts'
import { promptShape } from './codec.ts'
import type { RestParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { talk } from './talk.ts'
import { phoneNumber, words } from './text.ts'

const PAGE = { shown: 20, most: 100 } as const

const params = z.object({ id: z.string().meta({ example: 'bk_0192f0c1a2b37c4d8e5f60718293a4b5' }) })
const carrier = z.string().regex(/^[\w-]{1,80}$/)
const problems = ['not_found', 'not_applicable', 'conflict', 'unavailable'] as const
const keyed = { who: 'person', keyed: true } as const

/** What can be booked, with what may be said at once. */
const orders = ({ lines }: RestParts['desk']) =>
  z.discriminatedUnion('line', [order(lines[0]), ...lines.slice(1).map(order)])

const order = (line: Orderable | undefined) => {
  const fields = [...(line?.fields ?? []), ...(line?.asides ?? [])].map(
    ({ id }) => [id, words.optional()] as const,
  )
  return z.strictObject({
    line: z.literal(line?.id ?? ''),
    given: z.strictObject(Object.fromEntries(fields)).optional(),
    for: phoneNumber
      .optional()
      .meta({ description: 'Whom an agent books for; they are asked to confirm on their own phone.' }),
  })
}

/** Bookings of the one who asks: made, read, answered, cancelled, rated. */
export function bookingRoutes(parts: RestParts): readonly Route[] {
  const { bookings, desk } = parts
  const { book, show, ticket, answer, counter, cancel, rate } = talk(parts)
  const gives = desk.shape.extend({ prompt: promptShape.nullable(), error: z.string().nullable() })
  return [
    route({
      ...keyed,
      method: 'post',
      path: '/v1/bookings',
      name: 'createBooking',
      summary: 'Begins a booking. With everything `given` the answer holds the price, to be confirmed.',
      rate: { of: 'book', per: 'person' },
      takes: z.object({ body: orders(desk) }),
      status: 201,
      gives,
      problems: ['forbidden', 'key_reused', 'conflict', 'unavailable'],
      handle: async ({ input: { body }, person, message }) => ({
        data: await book(person, message, body),
      }),
    }),
    route({
      method: 'get',
      path: '/v1/bookings',
      name: 'listBookings',
      summary: 'Own bookings, newest first. `meta.next` is the cursor of the next page, null on the last.',
      who: 'person',
      takes: z.object({
        query: z.strictObject({
          limit: z.coerce.number().int().min(1).max(PAGE.most).default(PAGE.shown),
          cursor: z.string().refine(isBookingId, 'This is not a cursor.').optional(),
        }),
      }),
      status: 200,
      gives: z.array(desk.shape),
      problems: [],
      async handle({ input: { query }, person }) {
        const found = await bookings.of(person.phone, query.cursor ?? null, query.limit + 1)
        const page = found.slice(0, query.limit)
        const next = found.length > query.limit ? (page.at(-1)?.id ?? null) : null
        return { data: page.map((booking) => desk.describe(booking, 'owner')), meta: { next } }
      },
    }),
    route({
      method: 'get',
      path: '/v1/bookings/:id',
      name: 'getBooking',
      summary:
        'One booking, with the question that is open. Its driver and administrators see it too, in part, and whoever books it for its owner until the owner agrees.',
      who: 'person',
      takes: z.object({ params }),
      status: 200,
      gives,
      problems: ['not_found'],
      handle: async ({ input, person }) => ({ data: await show(person, input.params.id) }),
    }),
    route({
      method: 'get',
      path: '/v1/bookings/:id/ticket',
      name: 'getTicket',
      summary: 'The ticket of a paid booking that goes by a timetable, as a page to be shown aboard.',
      who: 'person',
      takes: z.object({ params }),
      status: 200,
      gives: z.custom<Buffer>(Buffer.isBuffer),
      file: 'application/pdf',
      problems: ['not_found', 'not_applicable'],
      handle: async ({ input, person }) => ({ data: await ticket(person, input.params.id) }),
    }),
    route({
      ...keyed,
      method: 'post',
      path: '/v1/bookings/:id/answer',
      name: 'answerBooking',
      summary: "Answers the open question: an option's value, a text where one is expected, or `back`.",
      takes: z.object({ params, body: z.strictObject({ value: words }) }),
      status: 200,
      gives,
      problems,
      handle: async ({ input: { params, body }, person, message }) => ({
        data: await answer(person, message, params.id, body.value),
      }),
    }),
    route({
      ...keyed,
      method: 'post',
      path: '/v1/bookings/:id/counter',
      name: 'counterBid',
      summary:
        "Answers a carrier's bid, an option's value, with a lower price; once a bid. Nothing is agreed by it.",
      rate: { of: 'bid', per: 'person' },
      takes: z.object({ params, body: z.strictObject({ carrier, amountMinor: z.int().positive() }) }),
      status: 200,
      gives,
      problems,
      handle: async ({ input: { params, body }, person, message }) => ({
        data: await counter(person, message, params.id, body.carrier, body.amountMinor),
      }),
    }),
    route({
      ...keyed,
      method: 'post',
      path: '/v1/bookings/:id/cancel',
      name: 'cancelBooking',
      summary: 'Cancels; what was paid comes back.',
      takes: z.object({ params }),
      status: 200,
      gives,
      problems,
      handle: async ({ input, person, message }) => ({
        data: await cancel(person, message, input.params.id),
      }),
    }),
    route({
      ...keyed,
      method: 'post',
      path: '/v1/bookings/:id/rate',
      name: 'rateBooking',
      summary: 'Rates the driver, once it is over.',
      takes: z.object({ params, body: z.strictObject({ stars: z.int().min(1).max(5) }) }),
      status: 200,
      gives,
      problems,
      handle: async ({ input: { params, body }, person, message }) => ({
        data: await rate(person, message, params.id, body.stars),
      }),
    }),
  ]
}
