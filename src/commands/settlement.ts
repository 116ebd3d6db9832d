import { createHash } from 'node:crypto'
import type { Week } from '../core/base/calendar.ts'
import type { Money } from '../core/base/money.ts'
import type { Balance, Ledger } from '../core/pay/ledger.ts'
import type { PaymentProvider } from '../core/pay/provider.ts'
import {
  dueMinor,
  type Earner,
  type EarnerStatement,
  type Earnings,
  statementOf,
} from '../core/pay/settlement.ts'
import type { Run } from '../core/run/run.ts'
import type { PayoutInput } from '../flows/payout/model.ts'

/** Earners read at once. */
const PAGE = 200

/** What a week's settlement made of one earner's account. */
export type Settled = Earner & {
  readonly statement: EarnerStatement
  /**
   * `opened`: on its way; `before`: an earlier settlement of this week opened it; `nothing`: less than the least;
   * `no wallet`: a partner that has not said where to.
   */
  readonly outcome: 'opened' | 'before' | 'nothing' | 'no wallet' | 'nobody pays out'
  readonly due: Money
  readonly payout: string | null
}

export type SettlementParts = {
  readonly run: Run
  readonly earnings: Earnings
  readonly ledger: Pick<Ledger, 'balancesOf'>
  readonly providers: readonly PaymentProvider[]
  /** Less than this waits for the next week. */
  readonly leastMinor: number
}

/**
 * Settles a week: a statement for each earner's account that moved or is not at nought, and a payout of what is due,
 * opened once however often this is done. The worker sends it.
 */
export async function* settle(parts: SettlementParts, week: Week): AsyncGenerator<Settled> {
  let after: Earner['account'] | null = null
  for (;;) {
    const earners: readonly Earner[] = await parts.earnings.earners(after, PAGE)
    for (const earner of earners) {
      const since = await parts.earnings.movementsSince(earner.account, week.from)
      for (const balance of await parts.ledger.balancesOf(earner.account)) {
        const own = since.filter(({ currency }) => currency === balance.currency)
        if (own.length > 0 || balance.amountMinor !== 0) yield settleOne(parts, week, earner, balance, own)
      }
    }
    after = earners.at(-1)?.account ?? null
    if (earners.length < PAGE) return
  }
}

async function settleOne(
  parts: SettlementParts,
  week: Week,
  earner: Earner,
  { currency, amountMinor, debitsHeldMinor }: Balance,
  since: Awaited<ReturnType<Earnings['movementsSince']>>,
): Promise<Settled> {
  const statement = statementOf({ account: earner.account, currency, week }, -amountMinor, since)
  const due = { amountMinor: dueMinor(statement, -amountMinor, debitsHeldMinor), currency }
  const settled = { ...earner, statement, due }
  const payout = `po_${createHash('sha256').update(`${earner.account} ${currency} ${week.name}`).digest('hex').slice(0, 32)}`
  if (await parts.run.parts.store.instance({ flow: 'payout', id: payout }))
    return { ...settled, outcome: 'before', payout }
  if (due.amountMinor < parts.leastMinor) return { ...settled, outcome: 'nothing', payout: null }
  const { account, phone: owner } = earner
  if (owner === null) return { ...settled, outcome: 'no wallet', payout: null }
  const provider = parts.providers.find(
    (one) => one.payouts && one.takes(owner) && one.currencies.includes(currency),
  )
  if (!provider) return { ...settled, outcome: 'nobody pays out', payout: null }
  const order = { id: payout, account, owner, provider: provider.name, money: due }
  const isOpened = await open(parts.run, order, week)
  return { ...settled, outcome: isOpened ? 'opened' : 'before', payout }
}

/** @returns false when another settlement was faster */
async function open(
  run: Run,
  order: Pick<PayoutInput, 'id' | 'account' | 'owner' | 'provider' | 'money'>,
  { name: period }: Week,
): Promise<boolean> {
  const { clock, ids } = run.parts
  const [reference, startedAt] = [ids.reference(), clock.now()]
  const { id, owner } = order
  const input: PayoutInput = { ...order, reference, period, startedAt }
  const draft = run.draft()
  draft.open({ flow: 'payout', id }, { owner, code: reference, input }, `settle:${period}`, startedAt)
  return (await run.commit(draft.work())) === 'done'
}
