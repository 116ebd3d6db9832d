import { z } from 'zod'
import type { Db } from '../../src/integrations/postgres/connect.ts'

/** What stays of a booking in the books, without what differs from one time to the next. */
export type Kept = {
  readonly bookings: number
  readonly line: string
  readonly given: readonly string[]
  readonly quote: unknown
  readonly money: readonly string[]
}

const booking = z.object({
  id: z.string(),
  state: z.string(),
  context: z.object({
    line: z.string(),
    given: z.array(z.object({ field: z.string(), value: z.string() })),
    quote: z.object({ price: z.object({ amountMinor: z.number(), currency: z.string() }) }).nullable(),
    stars: z.number().nullable(),
  }),
})
const posting = z.object({
  kind: z.string(),
  debit: z.string(),
  credit: z.string(),
  amount_minor: z.coerce.number(),
  currency: z.string(),
})

/** The next bus is another one some minutes later, and so is whoever offers. */
const PASSING = ['departure', 'offer']
/** Whose an account is. */
const OWNER = /:(?:dr|pt)_.*$/

/** @returns null while the booking is not in that state, or nothing has been paid */
export async function keptOf(db: Db, owner: string, state: string): Promise<Kept | null> {
  const rows = z.array(booking).parse(await db('instances').where({ flow: 'booking', owner }))
  // Of which nothing was said but its line is nobody's booking yet.
  const said = rows.filter(({ context }) => context.given.length > 0)
  const [one] = said
  if (one?.state !== state) return null
  const postings = z.array(posting).parse(
    await db('postings')
      .whereIn('source', db('instances').select('id').where({ root: one.id }))
      .orWhere({ source: one.id })
      .orderBy(['kind', 'credit', 'debit']),
  )
  if (postings.length === 0) return null
  const { line, given, quote, stars } = one.context
  return {
    bookings: said.length,
    line,
    given: given.map(({ field, value }) => (PASSING.includes(field) ? field : `${field} ${value}`)),
    quote: { ...quote?.price, stars },
    money: postings.map(
      ({ kind, debit, credit, amount_minor, currency }) =>
        `${kind} ${debit.replace(OWNER, '')} ${credit.replace(OWNER, '')} ${amount_minor} ${currency}`,
    ),
  }
}
