import type { Clock } from '../../core/base/clock.ts'
import type { PaymentProvider, PaymentUpdate } from '../../core/pay/provider.ts'
import { call, decide, type Handlers } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { paymentEffects } from './model.ts'

/** What a payment asks of providers, and of the booking it pays for. */
export function paymentHandlers({
  providers,
  clock,
}: {
  readonly providers: readonly PaymentProvider[]
  readonly clock: Clock
}): Handlers<Ledgered> {
  const named = (name: string): PaymentProvider => {
    const provider = providers.find((one) => one.name === name)
    if (!provider) throw new Error(`no payment provider is called ${name}`)
    return provider
  }
  const told = async (update: Promise<PaymentUpdate>) => ({ type: 'UPDATE', update: await update })
  return {
    collect: call('payment', paymentEffects.collect, (order) => told(named(order.provider).collect(order))),
    inspect: call('payment', paymentEffects.inspect, (order) => told(named(order.provider).inspect(order))),
    refund: call('payment', paymentEffects.refund, (order) => told(named(order.provider).refund(order))),
    inspectRefund: call('payment', paymentEffects.inspectRefund, (order) =>
      told(named(order.provider).inspectRefund(order)),
    ),
    // Both sides in one turn: money is either the booking's, or on its way back.
    attach: decide('payment', paymentEffects.attach, async ({ booking }, { id, about }, draft) => {
      const paid = { type: 'PAID', payment: about?.id }
      const isTaken = await draft.apply({ flow: 'booking', id: booking }, paid, id, clock.now())
      return isTaken ? undefined : { type: 'UNWANTED' }
    }),
  }
}
