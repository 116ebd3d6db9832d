import type { Currency, Money } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'

/** Why money did not move, in words a person can be helped with. */
export type PaymentFault =
  | 'payer_declined'
  | 'payer_timeout'
  | 'insufficient_funds'
  | 'payer_limit'
  | 'unknown_payer'
  | 'misconfigured'
  | 'provider_down'

/**
 * What a provider says of one payment or refund. Anything that is not plainly `settled` or `declined` is
 * `pending`; `absent` is a plain "no such reference"; `not_sent` means our request never left.
 */
export type PaymentUpdate =
  | { readonly status: 'settled'; readonly transaction: string; readonly paid: Money }
  | { readonly status: 'declined'; readonly fault: PaymentFault }
  | { readonly status: 'pending' }
  | { readonly status: 'absent' }
  | { readonly status: 'not_sent' }

export type Collection = {
  /** Ours, minted and stored before anybody is called; every attempt carries the same one. */
  readonly reference: string
  readonly money: Money
  readonly payer: Msisdn
  /** Shown to the payer; ASCII letters, digits and spaces only. */
  readonly memo: string
}

export type RefundOrder = Collection & {
  /** The reference of the collection that is given back. */
  readonly of: string
}

/** Takes and gives back money. No method throws: an unexpected answer is `pending`. */
export interface PaymentProvider {
  readonly name: string
  readonly currencies: readonly Currency[]
  collect(order: Collection): Promise<PaymentUpdate>
  inspect(order: Collection): Promise<PaymentUpdate>
  refund(order: RefundOrder): Promise<PaymentUpdate>
  inspectRefund(order: RefundOrder): Promise<PaymentUpdate>
  /** False while the provider's breaker is open: nothing new should be started with it. */
  isAvailable(): boolean
}
