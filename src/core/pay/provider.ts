import type { Hook } from '../base/hook.ts'
import type { Currency, Money } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'

/** Why money did not move, in words a person can be helped with. */
export type PaymentFault =
  | 'payer_declined'
  | 'payer_timeout'
  | 'insufficient_funds'
  | 'payer_limit'
  | 'wrong_pin'
  | 'unknown_payer'
  | 'misconfigured'
  | 'provider_down'

/**
 * What a provider says of one payment, refund or payout. Anything that is not plainly `settled` or `declined` is
 * `pending`; `absent` is a plain "no such reference"; `not_sent` means our request never left.
 */
export type PaymentUpdate =
  | { readonly status: 'settled'; readonly transaction: string; readonly paid: Money }
  | { readonly status: 'declined'; readonly fault: PaymentFault }
  | {
      readonly status: 'pending'
      /** The provider's own name for it, when it can only be asked after by that. */
      readonly handle?: string
      /** Where the payer must go to pay, when nothing comes to their phone. */
      readonly url?: string
    }
  | { readonly status: 'absent' }
  | { readonly status: 'not_sent' }

export type Order = {
  /** Ours, minted and stored before anybody is called; every attempt carries the same one. */
  readonly reference: string
  /** The provider's name for it, once it was told us. */
  readonly handle: string | null
  readonly money: Money
  /** Shown to the person; ASCII letters, digits and spaces only. */
  readonly memo: string
}

export type Collection = Order & { readonly payer: Msisdn }

/** All or a part of a collection, back to who paid it. */
export type RefundOrder = Collection & {
  readonly of: {
    readonly reference: string
    readonly handle: string | null
    /** The provider's number of the collection. */
    readonly transaction: string
    readonly money: Money
  }
}

/** Money we owe, to a person's wallet. */
export type Payout = Order & { readonly payee: Msisdn }

/** Says that there is news of a reference; `handle` where the provider told its name for it. */
export type OnHint = (reference: string, handle?: string) => Promise<void>

export interface Payouts {
  payOut(order: Payout): Promise<PaymentUpdate>
  inspectPayout(order: Payout): Promise<PaymentUpdate>
  /** What there is to pay out from; undefined when the provider does not say. */
  float(): Promise<Money | undefined>
  /** Whether the number has a wallet that can take money; undefined when the provider does not say. */
  hasWallet(payee: Msisdn): Promise<boolean | undefined>
}

/** Takes and gives back money. No method throws: an unexpected answer is `pending`. */
export interface PaymentProvider {
  readonly name: string
  readonly currencies: readonly Currency[]
  /** Whether a person of that number can pay here: a wallet serves the numbers of its network. */
  takes(payer: Msisdn): boolean
  /** Whether this person may pay so much here now, where that must be looked up; left out where it need not. */
  serves?(payer: Msisdn, money: Money): Promise<boolean>
  /** False while the provider's breaker is open: nothing new should be started with it. */
  isAvailable(): boolean
  collect(order: Collection): Promise<PaymentUpdate>
  inspect(order: Collection): Promise<PaymentUpdate>
  refund(order: RefundOrder): Promise<PaymentUpdate>
  inspectRefund(order: RefundOrder): Promise<PaymentUpdate>
  /** Null where money can only come in. */
  readonly payouts: Payouts | null
  /** The doors through which the provider tells us of news. */
  hooks(onHint: OnHint): readonly Hook[]
}

/** The first in their order who can take so much from that person now; undefined when nobody can. */
export async function providerFor(
  providers: readonly PaymentProvider[],
  payer: Msisdn,
  money: Money,
): Promise<PaymentProvider | undefined> {
  for (const one of providers) {
    if (!one.isAvailable() || !one.takes(payer) || !one.currencies.includes(money.currency)) continue
    if (!one.serves || (await one.serves(payer, money))) return one
  }
  return undefined
}
