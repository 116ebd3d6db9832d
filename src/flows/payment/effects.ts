import type { Clock } from '../../core/base/clock.ts'
import { type Ids, nextReference } from '../../core/base/id.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import { CREDIT } from '../../core/pay/credit.ts'
import { type PaymentProvider, type PaymentUpdate, providerFor } from '../../core/pay/provider.ts'
import type { Holders } from '../../core/people/holders.ts'
import type { Draft } from '../../core/run/draft.ts'
import { call, decide, type Errand, type Handlers } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { type PaymentInput, paymentContext, paymentEffects } from './model.ts'

export type PaymentWorld = {
  /** In the order in which they are offered. */
  readonly providers: readonly PaymentProvider[]
  readonly clock: Clock
  readonly ids: Ids
  /** More than this is given back only when a second person says so; the currency's smallest unit. */
  readonly refundLimitMinor: number
} & Knowing

/** What is known of who has a number. */
export type Knowing = {
  /** Left out where nothing is sent. */
  readonly isTheirs?: Holders['isTheirs']
}

/** Asked before money moves: the wallet behind a number is its present holder's, whoever it was before. */
export const theirs =
  ({ isTheirs }: Knowing) =>
  async (person: Msisdn, { about }: Errand): Promise<boolean> =>
    about === null || isTheirs === undefined || isTheirs(person, about.id)

/** What was never sent is not; what may have been is asked after. */
export async function unlessSent(inspected: Promise<PaymentUpdate>): Promise<PaymentUpdate> {
  const update = await inspected
  return update.status === 'absent' ? { status: 'declined', fault: 'unknown_payer' } : update
}

/** What is to be paid, by whom, and what for; `root` is what it all began with. */
type Wanted = Pick<PaymentInput, 'flow' | 'booking' | 'owner' | 'money' | 'code'> & { readonly root: string }

/** Begins a payment in the draft, with the first who can take it. @returns its id; null when nobody can */
export async function beginPayment(
  { providers, clock, ids, refundLimitMinor }: PaymentWorld,
  draft: Draft,
  { root, ...wanted }: Wanted,
  cause: string,
): Promise<string | null> {
  const provider = await providerFor(providers, wanted.owner, wanted.money)
  if (!provider) return null
  const [id, reference, at] = [ids.next('py'), ids.reference(), clock.now()]
  const input: PaymentInput = {
    ...wanted,
    id,
    reference,
    provider: provider.name,
    refundReference: nextReference(reference),
    refundLimitMinor,
    at,
  }
  draft.open({ flow: 'payment', id }, { owner: wanted.owner, code: reference, root, input }, cause, at)
  return id
}

/** What a payment asks of providers, and of what it pays for. */
export function paymentHandlers({
  providers,
  clock,
  ...known
}: Pick<PaymentWorld, 'providers' | 'clock' | 'isTheirs'>): Handlers<Ledgered> {
  const named = (name: string): PaymentProvider => {
    const provider = providers.find((one) => one.name === name)
    if (!provider) throw new Error(`no payment provider is called ${name}`)
    return provider
  }
  const isHolder = theirs(known)
  const told = async (update: Promise<PaymentUpdate>) => ({ type: 'UPDATE', update: await update })
  return {
    collect: call('payment', paymentEffects.collect, async (order, errand) => {
      const provider = named(order.provider)
      if (await isHolder(order.payer, errand)) return told(provider.collect(order))
      return told(unlessSent(provider.inspect(order)))
    }),
    inspect: call('payment', paymentEffects.inspect, (order) => told(named(order.provider).inspect(order))),
    refund: call('payment', paymentEffects.refund, async (order, errand) => {
      const provider = named(order.provider)
      if (await isHolder(order.payer, errand)) return told(provider.refund(order))
      return told(unlessSent(provider.inspectRefund(order)))
    }),
    inspectRefund: call('payment', paymentEffects.inspectRefund, (order) =>
      told(named(order.provider).inspectRefund(order)),
    ),
    // Both sides in one turn: money is either where it belongs, or on its way back.
    attach: decide('payment', paymentEffects.attach, async ({ flow, booking }, { id, about }, draft) => {
      const paid = { type: 'PAID', payment: about?.id }
      const isTaken = await draft.apply({ flow, id: booking }, paid, id, clock.now())
      if (!isTaken) return { type: 'UNWANTED' }
      // What was bought on credit is invoiced once it is theirs.
      const payment = about && (await draft.get(about))
      if (payment && paymentContext.parse(payment.context).provider === CREDIT)
        draft.errand('bill', { booking }, about, clock.now())
      return undefined
    }),
  }
}
