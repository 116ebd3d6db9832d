import type { Clearance } from '../../core/pay/clearance.ts'
import type { PaymentUpdate, Payout, Payouts } from '../../core/pay/provider.ts'
import { call, type Handlers } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { type PaymentWorld, theirs, unlessSent } from '../payment/effects.ts'
import { payoutEffects } from './model.ts'

/** What a payout asks of its provider. */
export function payoutHandlers({
  providers,
  clears,
  ...known
}: Pick<PaymentWorld, 'providers' | 'isTheirs'> & {
  readonly clears?: Clearance | null
}): Handlers<Ledgered> {
  const isHolder = theirs(known)
  const named = (name: string): Payouts => {
    const payouts = providers.find((one) => one.name === name)?.payouts
    if (!payouts) throw new Error(`no provider called ${name} pays out`)
    return payouts
  }
  const told = async (update: Promise<PaymentUpdate>) => ({ type: 'UPDATE', update: await update })
  return {
    payOut: call('payment', payoutEffects.payOut, async (order, errand) => {
      const payouts = named(order.provider)
      if (!(await isHolder(order.payee, errand))) return told(unlessSent(payouts.inspectPayout(order)))
      const { account = '', clearedBy = null, payee } = order
      const wait = clearedBy === null ? await clears?.({ account, payee }) : null
      return wait ? { type: 'HELD', ...wait } : told(payOut(payouts, order))
    }),
    inspectPayout: call('payment', payoutEffects.inspectPayout, (order) =>
      told(named(order.provider).inspectPayout(order)),
    ),
  }
}

/** Sends what there is float for to who has a wallet. Where the provider does not say, sending tells. */
async function payOut(payouts: Payouts, order: Payout): Promise<PaymentUpdate> {
  const float = await payouts.float()
  const isShort = float?.currency === order.money.currency && float.amountMinor < order.money.amountMinor
  // A worker that died may have sent it, which would be why there is less now.
  if (isShort) {
    const update = await payouts.inspectPayout(order)
    return update.status === 'absent' ? { status: 'not_sent' } : update
  }
  if ((await payouts.hasWallet(order.payee)) === false) return { status: 'declined', fault: 'unknown_payer' }
  return payouts.payOut(order)
}
