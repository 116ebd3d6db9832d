import { z } from 'zod'
import { MAX_DAYS_AHEAD } from '../../../core/base/day.ts'
import { Problem } from '../../../core/base/problem.ts'
import { isBookingId } from '../../../core/people/bookings.ts'
import type { Route } from '../route.ts'
import { phoneNumber, words } from '../text.ts'
import {
  inOffice,
  limit,
  MEMBERS,
  madeBy,
  name,
  type OfficeParts,
  OWNERS,
  paged,
  READERS,
  there,
  within,
} from './office.ts'

const DAY_MS = 24 * 3_600_000
const MOST_ROUTES = 200

const load = z.object({
  ...{ id: z.string(), from: z.string(), to: z.string(), leavesAt: z.number(), zone: z.string() },
  ...{ plate: z.string(), seats: z.int(), sold: z.int(), held: z.int() },
})

/** `1779955200000.dp_018f`: when the last one of a page leaves, and its id. */
const cursor = z
  .string()
  .regex(/^\d{1,15}\.[\w-]{1,80}$/)
  .transform((text) => {
    const [at = '', past = ''] = text.split('.')
    return { after: Number(at), past }
  })

/** What leaves by a partner's timetable, and who is on it. */
export function departureRoutes(parts: OfficeParts): readonly Route[] {
  const { timetable, manifest, tellCalledOff } = parts.office
  const office = inOffice(parts)
  const params = within({ id: name })
  return [
    office({
      method: 'get',
      path: '/v1/partners/:partner/departures',
      name: 'listDepartures',
      summary:
        'What leaves next and how full it is, soonest first. `meta.next` is the cursor of the next page.',
      may: READERS,
      takes: z.object({ params: within({}), query: z.strictObject({ limit, cursor: cursor.optional() }) }),
      status: 200,
      gives: z.array(load),
      problems: [],
      async handle({ input: { query }, hand: { partner, at } }) {
        const from = query.cursor ?? { after: at, past: '' }
        const found = await timetable.departures(partner, from, query.limit + 1)
        return paged(found, query.limit, ({ leavesAt, id }) => `${leavesAt}.${id}`)
      },
    }),
    office({
      method: 'post',
      path: '/v1/partners/:partner/departures',
      name: 'addDeparture',
      summary: 'Puts something on sale: an own vehicle whose papers are in force then, on an own route.',
      may: MEMBERS,
      keyed: true,
      takes: z.object({
        params: within({}),
        body: z.strictObject({ route: name, vehicle: name, leavesAt: z.int(), conductor: phoneNumber }),
      }),
      status: 201,
      gives: load,
      problems: ['unprocessable', 'key_reused', 'conflict'],
      async handle(asked) {
        const { input, hand } = asked
        const { leavesAt } = input.body
        if (leavesAt <= hand.at || leavesAt > hand.at + MAX_DAYS_AHEAD * DAY_MS)
          throw new Problem('unprocessable', `It leaves within the next ${MAX_DAYS_AHEAD} days.`)
        const id = await madeBy(parts, asked, 'dp')
        return { data: there(await timetable.add(hand, { ...input.body, id })) }
      },
    }),
    office({
      method: 'post',
      path: '/v1/partners/:partner/departures/:id/call-off',
      name: 'callOffDeparture',
      summary:
        'It does not leave: whoever has paid seats on it is asked whether they leave by your next one, at no cost, or is paid back. Again, it reaches who was not reached.',
      may: OWNERS,
      keyed: true,
      takes: z.object({ params, body: z.strictObject({ why: words }) }),
      status: 200,
      gives: z.object({ id: z.string(), bookings: z.int(), told: z.int() }),
      problems: ['key_reused', 'conflict'],
      async handle({ input, hand }) {
        const { id } = input.params
        const journeys = there(await timetable.callOff(hand, id, input.body.why))
        const told = await tellCalledOff(id, journeys, hand.by, input.body.why)
        return { data: { id, bookings: journeys.length, told } }
      },
    }),
    office({
      method: 'get',
      path: '/v1/partners/:partner/departures/:id/bookings',
      name: 'listAboard',
      summary: 'Bookings with seats on an own departure, oldest first; phone numbers are masked.',
      may: READERS,
      takes: z.object({
        params,
        query: z.strictObject({
          limit,
          cursor: z.string().refine(isBookingId, 'This is not a cursor.').optional(),
        }),
      }),
      status: 200,
      gives: z.array(manifest.shape),
      problems: [],
      async handle({ input: { params: of, query }, hand }) {
        const past = query.cursor ?? null
        const found = there(await timetable.aboard(hand.partner, of.id, past, query.limit + 1))
        const { data, meta } = paged(found, query.limit, ({ id }) => id)
        return { data: data.map(manifest.describe), meta }
      },
    }),
  ]
}

const bp = z.int().min(0).max(10_000)
const steps = <S extends z.ZodType>(step: S) => z.array(step).max(5)
const fuller = steps(z.strictObject({ soldBp: bp, addBp: bp }))
const earlier = steps(z.strictObject({ days: z.int().min(0).max(MAX_DAYS_AHEAD), offBp: bp }))
const MAX_FARE_MINOR = 1_000_000_000
const MAX_STOPS = 50
const MAX_BAGS = 9
const minor = z.int().min(0).max(MAX_FARE_MINOR)
const extras = z
  .strictObject({
    ...{ bagMinor: minor, coverMinor: minor, choiceMinor: minor },
    mostBags: z.int().min(0).max(MAX_BAGS),
  })
  .meta({
    description:
      'What is sold besides seats: bags and a choice of seat for each seat, insurance for each traveller.',
  })

const stop = z.object({ place: z.string(), name: z.string(), minutes: z.int(), fareMinor: z.int() })
const shownRoute = z.object({
  ...{ id: z.string(), zone: z.string(), currency: z.string(), stops: z.array(stop) },
  rules: z.object({
    ...{ fuller, earlier, capBp: z.int(), roundToMinor: z.int(), commissionBp: z.int() },
    extras: extras.exactOptional(),
  }),
})

/** A partner's routes, and what they cost. */
export function priceRoutes(parts: OfficeParts): readonly Route[] {
  const { timetable } = parts.office
  const office = inOffice(parts)
  return [
    office({
      method: 'get',
      path: '/v1/partners/:partner/routes',
      name: 'listRoutes',
      summary: 'Own routes, with their stops, fares and rules.',
      may: READERS,
      takes: z.object({ params: within({}) }),
      status: 200,
      gives: z.array(shownRoute),
      problems: [],
      handle: async ({ hand }) => ({ data: [...(await timetable.routes(hand.partner, MOST_ROUTES))] }),
    }),
    office({
      method: 'post',
      path: '/v1/partners/:partner/routes/:id/prices',
      name: 'setPrices',
      summary:
        'New fares, from the first stop to each, or rules of price, at once. A price that was told to somebody is kept.',
      may: OWNERS,
      keyed: true,
      takes: z.object({
        params: within({ id: name }),
        body: z.strictObject({
          faresMinor: z.array(z.int().min(0).max(MAX_FARE_MINOR)).max(MAX_STOPS).optional(),
          rules: z.strictObject({ fuller, earlier, extras: extras.exactOptional() }).optional(),
        }),
      }),
      status: 200,
      gives: shownRoute,
      problems: ['unprocessable', 'key_reused', 'conflict'],
      handle: async ({ input, hand }) => ({
        data: there(await timetable.reprice(hand, input.params.id, input.body)),
      }),
    }),
  ]
}
