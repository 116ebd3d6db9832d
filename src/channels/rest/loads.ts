import { z } from 'zod'
import { Problem, type ProblemCode } from '../../core/base/problem.ts'
import { TOWNS } from '../../core/move/places.ts'
import { isBookingId } from '../../core/people/bookings.ts'
import type { Person } from '../../core/people/token.ts'
import type { Load } from '../../core/sell/loads.ts'
import type { Intent } from '../../core/talk/script.ts'

import { limit, paged } from './partners/office.ts'
import type { RestParts } from './parts.ts'
import type { Message } from './route.ts'
import { type Route, route } from './route.ts'
import { actingFor, languageOf } from './talk.ts'
import { words } from './text.ts'

const MAX_CAPACITY_KG = 100_000
const params = z.object({
  code: z
    .string()
    .regex(/^\d{3,12}$/)
    .meta({ example: '7730' }),
})
const town = words.meta({ description: 'A town as people name it.' }).optional()
const amountMinor = z.int().positive()

const place = z.object({ id: z.string(), name: z.string(), area: z.string() })
const shape = z.object({
  code: z.string().meta({ description: 'Digits by which a carrier names it.' }),
  what: z.string(),
  kg: z.int(),
  from: place,
  to: place,
  day: z.string().meta({ description: 'When it is loaded, by the clocks of `zone`.', example: '2026-11-30' }),
  zone: z.string(),
  currency: z.string(),
  targetMinor: amountMinor.nullable().meta({ description: 'What the shipper hopes to pay at most.' }),
})
const shown = ({ booking: _, from, to, ...load }: Load): z.infer<typeof shape> => ({
  ...load,
  from: place.parse(from),
  to: place.parse(to),
})

const bidShape = z.object({
  code: z.string(),
  amountMinor,
  currency: z.string(),
  validUntil: z
    .number()
    .meta({ description: 'It stands until then, unless it is taken, lost or taken back.' }),
  plate: z.string(),
})

/** What is refused, by what a person would be told. */
const REFUSALS: Readonly<Record<string, ProblemCode>> = {
  notCarrier: 'forbidden',
  noSuchLoad: 'not_found',
  notVerified: 'unprocessable',
  noVehicle: 'unprocessable',
  bidHow: 'unprocessable',
  loadGone: 'not_applicable',
  bidTooDear: 'not_applicable',
  noBid: 'not_applicable',
}
const problems = [
  'forbidden',
  'not_found',
  'not_applicable',
  'unprocessable',
  'conflict',
  'unavailable',
] as const

/** Loads for carriers: found, bid for, and bids taken back. Whoever is of no carrier sees none. */
export function loadRoutes(parts: RestParts): readonly Route[] {
  const { loads, places, desk, store, script } = parts
  const act = actingFor(parts)

  async function carrierOf({ phone }: Person): Promise<string> {
    const carrier = await loads.carrierOf(phone)
    if (carrier === null) throw new Problem('forbidden', 'This is for carriers.')
    return carrier
  }

  async function townOf(text: string | undefined): Promise<string | undefined> {
    if (text === undefined) return undefined
    const [found] = (await places.find(text, 1, TOWNS)).places
    if (!found) throw new Problem('unprocessable', `We know no town called ${text}.`)
    return found.id
  }

  /** Says it as the person would. @throws Problem with what they would be told instead of yes */
  async function say(
    person: Person,
    message: Message,
    intent: Intent,
    yes: readonly string[],
  ): Promise<void> {
    const language = await languageOf(parts, person)
    await act(person, message, async (turn) => {
      await turn.act(intent, 0)
      const { aside } = turn
      if (aside === null || yes.includes(aside.key)) return
      const code = REFUSALS[aside.key] ?? 'not_applicable'
      throw new Problem(code, script.told(aside.key, aside.args, language).say)
    })
  }

  async function bidOf(code: string, carrier: string): Promise<z.infer<typeof bidShape>> {
    const booking = await store.byCode('booking', code)
    const bid = booking && desk.bidOf(booking, carrier)
    if (!bid) throw new Problem('not_applicable', 'That bid does not stand any more.')
    return { code, ...bid }
  }

  return [
    route({
      method: 'get',
      path: '/v1/loads',
      name: 'listLoads',
      summary: 'Loads that take bids, newest first. `meta.next` is the cursor of the next page.',
      who: 'person',
      rate: { of: 'search', per: 'person' },
      takes: z.object({
        query: z.strictObject({
          from: town,
          to: town,
          vehicle: z.coerce.number().int().min(1).max(MAX_CAPACITY_KG).optional().meta({
            description: 'What the vehicle carries at most, kilograms.',
          }),
          limit,
          cursor: z.string().refine(isBookingId, 'This is not a cursor.').optional(),
        }),
      }),
      status: 200,
      gives: z.array(shape),
      problems: ['forbidden', 'unprocessable'],
      async handle({ input: { query }, person }) {
        await carrierOf(person)
        const [from, to] = [await townOf(query.from), await townOf(query.to)]
        const wanted = {
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          ...(query.vehicle === undefined ? {} : { kg: query.vehicle }),
          ...(query.cursor === undefined ? {} : { after: query.cursor }),
        }
        const found = await loads.open({ ...wanted, limit: query.limit + 1 })
        const { data, meta } = paged(found, query.limit, ({ booking }) => booking)
        return { data: data.map(shown), meta }
      },
    }),
    route({
      method: 'post',
      path: '/v1/loads/:code/bids',
      name: 'makeBid',
      summary:
        "The carrier's bid for a load, with its smallest vehicle that does. It replaces an earlier one.",
      who: 'person',
      rate: { of: 'bid', per: 'person' },
      keyed: true,
      takes: z.object({
        params,
        body: z.strictObject({ amountMinor, validUntil: z.int().optional() }),
      }),
      status: 201,
      gives: bidShape,
      problems: [...problems, 'key_reused'],
      async handle({ input: { params: of, body }, person, message }) {
        const carrier = await carrierOf(person)
        const said = { amount: body.amountMinor, until: body.validUntil ?? null }
        await say(person, message, { name: 'bid', code: of.code, ...said }, ['bidTaken', 'bidTakenUntil'])
        return { data: await bidOf(of.code, carrier) }
      },
    }),
    route({
      method: 'post',
      path: '/v1/loads/:code/bids/withdraw',
      name: 'withdrawBid',
      summary: "Takes the carrier's bid back, while nobody has taken it.",
      who: 'person',
      rate: { of: 'bid', per: 'person' },
      keyed: true,
      takes: z.object({ params }),
      status: 200,
      gives: z.object({ code: z.string() }),
      problems: [...problems, 'key_reused'],
      async handle({ input: { params: of }, person, message }) {
        await carrierOf(person)
        await say(person, message, { name: 'withdraw', code: of.code }, ['bidBack'])
        return { data: { code: of.code } }
      },
    }),
  ]
}
