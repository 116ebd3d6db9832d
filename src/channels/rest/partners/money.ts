import { z } from 'zod'
import { lastWeek, type Week, weekOf } from '../../../core/base/calendar.ts'
import { type Currency, isCurrency } from '../../../core/base/money.ts'
import { account } from '../../../core/pay/accounts.ts'
import { type EarnerStatement, statementOf } from '../../../core/pay/settlement.ts'
import type { Route } from '../route.ts'
import { inOffice, limit, nothing, type OfficeParts, paged, within } from './office.ts'

/** Statements of a week are told for so many weeks; they are worked out from what moved since. */
const MAX_WEEKS_BACK = 13
const WEEK_MS = 7 * 24 * 3_600_000

const currency = z.string().refine(isCurrency, 'Not a currency.').meta({ example: 'RWF' })
const shape = z.object({
  week: z.object({ name: z.string(), from: z.number(), until: z.number() }),
  currency: z.string(),
  openingMinor: z.int(),
  closingMinor: z.int(),
  movements: z.array(
    z.object({ at: z.number(), kind: z.string(), source: z.string(), amountMinor: z.int() }),
  ),
})

/** What a partner earned and has not yet got, and the statement of a week. */
export function earningRoutes(parts: OfficeParts): readonly Route[] {
  const { ledger } = parts.office
  const office = inOffice(parts)
  const params = within({
    week: z
      .string()
      .regex(/^\d{4}-W\d\d$/)
      .meta({ example: '2026-W47' }),
  })
  return [
    office({
      method: 'get',
      path: '/v1/partners/:partner/earnings',
      name: 'getEarnings',
      summary: 'What is owed to the partner now, and how much of it is on its way, by currency.',
      may: ['owner', 'admin'],
      takes: z.object({ params: within({}) }),
      status: 200,
      gives: z.array(z.object({ currency: z.string(), owedMinor: z.int(), onItsWayMinor: z.int() })),
      problems: [],
      async handle({ hand }) {
        const balances = await ledger.balancesOf(account('partner', hand.partner))
        // Debits count up in the books, and what is owed to somebody is below nought there.
        return {
          data: balances.map(({ currency: of, amountMinor, debitsHeldMinor }) => ({
            ...{ currency: of, owedMinor: 0 - amountMinor, onItsWayMinor: debitsHeldMinor },
          })),
        }
      },
    }),
    office({
      method: 'get',
      path: '/v1/partners/:partner/statements/:week',
      name: 'getStatement',
      summary:
        'What moved in a week that is over, a page at a time; opening and all movements sum to closing.',
      may: ['owner', 'admin'],
      takes: z.object({
        params,
        query: z.strictObject({ currency, limit, cursor: z.coerce.number().int().min(0).default(0) }),
      }),
      status: 200,
      gives: shape,
      problems: [],
      async handle({ input: { params: of, query }, hand }) {
        const {
          account: _,
          movements,
          ...told
        } = await statement(parts, hand.partner, of.week, query.currency)
        const from = movements.slice(query.cursor, query.cursor + query.limit + 1)
        const { data, meta } = paged(from, query.limit, () => query.cursor + query.limit)
        return { data: { ...told, movements: data.map(lineOf) }, meta }
      },
    }),
    office({
      method: 'get',
      path: '/v1/partners/:partner/statements/:week/page',
      name: 'printStatement',
      summary: 'The same as a page to be read by a person.',
      may: ['owner', 'admin'],
      takes: z.object({ params, query: z.strictObject({ currency }) }),
      status: 200,
      gives: z.custom<Buffer>(Buffer.isBuffer),
      file: 'application/pdf',
      problems: [],
      async handle({ input: { params: of, query }, hand }) {
        const told = await statement(parts, hand.partner, of.week, query.currency)
        return { data: await parts.office.printStatement(told) }
      },
    }),
  ]
}

const lineOf = ({ at, kind, source, amountMinor }: EarnerStatement['movements'][number]) => ({
  ...{ at, kind, source, amountMinor },
})

/** @throws Problem not_found for a week that is not over or long gone, and a currency in which nothing ever moved */
async function statement(
  { office: { ledger, earnings, zone }, clock }: OfficeParts,
  partner: string,
  name: string,
  of: Currency,
): Promise<EarnerStatement> {
  const week = toldWeek(name, zone, clock.now())
  const theirs = account('partner', partner)
  const balance = (await ledger.balancesOf(theirs)).find((one) => one.currency === of)
  if (!balance) throw nothing()
  const since = (await earnings.movementsSince(theirs, week.from)).filter((one) => one.currency === of)
  return statementOf({ account: theirs, currency: of, week }, -balance.amountMinor, since)
}

function toldWeek(name: string, zone: string, now: number): Week {
  try {
    const [week, last] = [weekOf(name, zone), lastWeek(now, zone)]
    if (week.until <= last.until && week.from >= last.from - MAX_WEEKS_BACK * WEEK_MS) return week
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw nothing()
}
