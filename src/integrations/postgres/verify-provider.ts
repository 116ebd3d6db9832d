import { z } from 'zod'
import { fromDecimal, isCurrency } from '../../core/base/money.ts'
import type { FlowName } from '../../core/run/flow.ts'
import type { Db } from './connect.ts'
import { type Finding, reading } from './verify.ts'

/** A movement in a provider's own books, as its stand-in or a statement tells it; amounts are in whole units. */
const theirs = z.object({
  kind: z.string(),
  reference: z.string(),
  amount: z.coerce.string(),
  currency: z.string(),
  status: z.string(),
  /** The provider's number of what is given back. */
  of: z.string().optional(),
})
type Theirs = z.infer<typeof theirs>

const DONE = new Set(['SUCCESSFUL', 'TS'])
const COLLECTED = new Set(['collect', 'push'])
const RETURNED = new Set(['refund', 'reversal'])
const PAID_OUT = new Set(['transfer'])
/** Where our payment can be while the provider is ahead of us: it will be asked. */
const ASKING = new Set([
  'submitting',
  'pending',
  'checking',
  'unsent',
  'refunding',
  'returning',
  'checkingRefund',
  'unresolved',
  'sending',
  'waiting',
  'held',
])
const EXAMPLES = 5

const oursRow = z.object({
  id: z.string(),
  state: z.string(),
  names: z.array(z.string()),
  refundNames: z.array(z.string()),
  taken: z.string(),
  given: z.string(),
})
type Ours = z.infer<typeof oursRow>

const sum = (sign: '>' | '<') =>
  `coalesce(string_agg(abs(l.amount_minor) || ' ' || l.currency, ' ' order by l.at) filter (where l.amount_minor ${sign} 0), '')`
const OURS = `
  select p.id, p.state, array_remove(array[p.context->>'reference', p.context->>'handle'], null) as names,
    array_remove(array[p.context->>'refundReference', p.context->>'refundHandle', p.context->>'transaction'], null) as "refundNames",
    ${sum('>')} as taken, ${sum('<')} as given
  from instances p left join ledger l on l.source = p.id and l.account = 'provider:' || :provider
  where p.flow = :flow and p.context->>'provider' = :provider group by p.id`

/**
 * Holds our books against a provider's: what it moved is booked, and what is booked it moved, to the unit. Where our
 * payment still waits, the provider is merely ahead.
 * @param entries its ledger, as the stand-ins of MTN, Airtel and M-Pesa serve it
 * @throws ZodError when the entries are not such a ledger
 */
export async function verifyProvider(db: Db, provider: string, entries: unknown): Promise<Finding[]> {
  const moved = z
    .array(theirs)
    .parse(entries)
    .filter(({ status }) => DONE.has(status))
  const [ours, payouts] = await reading(db, async (trx) => {
    const of = async (flow: FlowName) =>
      z.object({ rows: z.array(oursRow) }).parse(await trx.raw(OURS, { provider, flow })).rows
    return [await of('payment'), await of('payout')] as const
  })
  return [
    compare(
      `${provider}: taken`,
      moved.filter(({ kind }) => COLLECTED.has(kind)),
      ours,
      'names',
      'taken',
    ),
    compare(
      `${provider}: given back`,
      moved.filter(({ kind }) => RETURNED.has(kind)),
      ours,
      'refundNames',
      'given',
    ),
    compare(
      `${provider}: paid out`,
      moved.filter(({ kind }) => PAID_OUT.has(kind)),
      payouts,
      'names',
      'given',
    ),
    ahead(provider, moved, ours),
  ]
}

const sideOf = ({ kind }: Theirs) => (COLLECTED.has(kind) ? 'names' : 'refundNames')
const minor = ({ amount, currency }: Theirs): string => {
  const money = isCurrency(currency) ? fromDecimal(amount, currency) : undefined
  return money ? `${money.amountMinor} ${currency}` : `${amount} ${currency}`
}

function compare(
  rule: string,
  moved: readonly Theirs[],
  ours: readonly Ours[],
  side: 'names' | 'refundNames',
  sum: 'taken' | 'given',
): Finding {
  const byName = new Map(ours.flatMap((one) => one[side].map((name) => [name, one] as const)))
  const seen = new Set<string>()
  const broken: string[] = []
  for (const entry of moved) {
    const one = byName.get(entry.reference) ?? byName.get(entry.of ?? entry.reference)
    if (one) seen.add(one.id)
    if (!one) broken.push(`${entry.reference} ${minor(entry)}, and we know of none`)
    else if (one[sum] !== minor(entry) && !(one[sum] === '' && ASKING.has(one.state)))
      broken.push(`${one.id} ${one.state}: theirs ${minor(entry)}, ours ${one[sum] || 'none'}`)
  }
  for (const one of ours)
    if (one[sum] !== '' && !seen.has(one.id))
      broken.push(`${one.id} ${one.state}: ours ${one[sum]}, theirs none`)
  const cases = moved.length + ours.filter((one) => one[sum] !== '').length
  return { rule, weight: 'wrong', cases, broken: broken.length, examples: broken.slice(0, EXAMPLES) }
}

function ahead(provider: string, moved: readonly Theirs[], ours: readonly Ours[]): Finding {
  const done = { names: new Set<string>(), refundNames: new Set<string>() }
  for (const entry of moved) done[sideOf(entry)].add(entry.reference)
  const waiting = ours.filter(
    ({ state, names, taken, refundNames, given }) =>
      ASKING.has(state) &&
      ((taken === '' && names.some((name) => done.names.has(name))) ||
        (given === '' && refundNames.some((name) => done.refundNames.has(name)))),
  )
  const examples = waiting.slice(0, EXAMPLES).map(({ id, state }) => `${id} ${state}`)
  const rule = `${provider}: is ahead of us`
  return { rule, weight: 'note', cases: moved.length, broken: waiting.length, examples }
}
