/** Our books against the wallets' own. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Town } from './town.ts'

/** Looking costs as much as doing. */
const LOOK_EVERY_MS = 60

type Word = 'paid' | 'refused' | 'open'
const WORDS: Readonly<Record<string, Word>> = {
  SUCCESSFUL: 'paid',
  TS: 'paid',
  FAILED: 'refused',
  TF: 'refused',
  TE: 'refused',
}
const movement = z
  .object({
    kind: z.enum(['collect', 'refund', 'transfer']),
    reference: z.string(),
    msisdn: z.string(),
    amount: z.coerce.number(),
    status: z.string(),
    settledAt: z.number().optional(),
  })
  .transform(({ msisdn, status, ...one }) => {
    const is: Word = WORDS[status] ?? 'open'
    return { ...one, phone: `+${msisdn}`, is }
  })
export type Movement = z.infer<typeof movement>

/** What the wallets know to have happened: the one truth. */
export async function truthOf({ read }: Pick<Town, 'read'>): Promise<readonly Movement[]> {
  const [mtn, airtel] = await Promise.all(['/mtn/_ledger', '/airtel/_ledger'].map(read))
  return [...z.array(movement).parse(mtn), ...z.array(movement).parse(airtel)]
}

const payment = z.object({
  id: z.string(),
  owner: z.string(),
  state: z.string(),
  reference: z.string(),
  booking: z.string(),
  booked: z.string(),
})
export type Payment = z.infer<typeof payment>

/** Our payments, each with the state of its booking. */
export async function paymentsOf({ db }: Pick<Town, 'db'>): Promise<readonly Payment[]> {
  const rows: unknown = await db('instances as p')
    .join('instances as b', 'b.id', 'p.root')
    .where('p.flow', 'payment')
    .select('p.id', 'p.owner', 'p.state', 'p.code as reference', 'b.id as booking', 'b.state as booked')
  return z.array(payment).parse(rows)
}

const posting = z.object({ kind: z.string(), source: z.string(), minor: z.coerce.number() })
const postingsOf = async ({ db }: Pick<Town, 'db'>) =>
  z.array(posting).parse(await db('postings').select('kind', 'source', 'amount_minor as minor'))

const PAID = new Set([
  ...['settled', 'approving', 'refunding', 'returning', 'checkingRefund', 'refused'],
  ...['refunded', 'owed', 'kept', 'handed'],
])
/** A payment's state as the wallet would say it. */
const wordOf = (state: string): Word => (PAID.has(state) ? 'paid' : state === 'declined' ? 'refused' : 'open')

/** What does not hold, by rule; nothing when all does. It holds at every moment when nothing is under way. */
export async function audit(town: Town): Promise<Readonly<Record<string, readonly string[]>>> {
  const [truth, payments, postings] = await Promise.all([truthOf(town), paymentsOf(town), postingsOf(town)])
  const collected = truth.filter(({ kind, is }) => kind === 'collect' && is === 'paid')
  const refunded = truth.filter(({ kind, is }) => kind === 'refund' && is === 'paid')
  const said = new Map(
    truth.filter(({ kind }) => kind === 'collect').map(({ reference, is }) => [reference, is]),
  )
  const booked = (kind: string, source: string) =>
    postings.filter((one) => one.kind === kind && one.source === source)
  const sum = (all: readonly { readonly amount?: number; readonly minor?: number }[]) =>
    all.reduce((total, { amount, minor }) => total + (amount ?? minor ?? 0), 0)
  const of = (kind: string) => sum(postings.filter((one) => one.kind === kind))
  const zero: unknown = await town.db('ledger').sum('amount_minor as sum').first()
  const rules = {
    'our word on a payment is the wallet’s': payments
      .filter(({ reference, state }) => wordOf(state) !== said.get(reference))
      .map(({ id, reference, state }) => `${id} ${state}, the wallet: ${said.get(reference)}`),
    'each success is booked once, and nothing else': payments
      .filter(
        ({ id, reference }) => booked('collected', id).length !== Number(said.get(reference) === 'paid'),
      )
      .map(({ id }) => id),
    'nobody is charged twice': collected
      .filter(({ phone }, n) => collected.findIndex((one) => one.phone === phone) !== n)
      .map(({ phone, reference }) => `${phone} ${reference}`),
    'nobody is paid back twice': refunded
      .filter(({ phone }, n) => refunded.findIndex((one) => one.phone === phone) !== n)
      .map(({ phone, reference }) => `${phone} ${reference}`),
    'a paid booking goes on, an unpaid one does not': payments
      .filter(({ state, booked: is }) => (state === 'settled') !== (is === 'booked'))
      .map(({ id, state, booked: is }) => `${id} ${state} ${is}`),
    'what came in is what the wallets took': sum(collected) === of('collected') ? [] : [`${of('collected')}`],
    'what went back is what the wallets gave': sum(refunded) === of('refunded') ? [] : [`${of('refunded')}`],
    'the ledger sums to zero':
      Number(z.object({ sum: z.unknown() }).parse(zero).sum ?? 0) === 0 ? [] : ['not'],
    'no errand is given up': await town.db('outbox').whereNotNull('dead_at').pluck('type'),
  }
  return Object.fromEntries(Object.entries(rules).filter(([, broken]) => broken.length > 0))
}

/** Looks again until it is so. @throws Error that names what never was */
export async function until(what: string, isSo: () => Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`never: ${what}`)
    await sleep(LOOK_EVERY_MS)
  }
}
