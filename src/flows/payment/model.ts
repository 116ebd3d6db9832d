import { z } from 'zod'
import type { Money } from '../../core/base/money.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import type { PaymentUpdate } from '../../core/pay/provider.ts'
import { money, msisdn, shared, wordKey } from '../effects.ts'

/** What a payment may be for. */
export const paidFor = z.enum(['booking', 'invoice'])

export const paymentContext = z.object({
  id: z.string(),
  /** What it pays for, and which one of those. */
  flow: paidFor,
  booking: z.string(),
  owner: msisdn,
  code: z.string(),
  provider: z.string(),
  /** Ours, the same for every attempt; without it a repetition would be a second charge. */
  reference: z.string(),
  /** The provider's own name for it, where it has one. */
  handle: z.string().nullable(),
  /** Of the present try to give back; a new one only after a plain no. */
  refundReference: z.string(),
  refundHandle: z.string().nullable(),
  money,
  /** What is given back: all of it when null. */
  refundMoney: money.nullable(),
  refundTries: z.int(),
  /** More than this is given back only when a second person says so; the currency's smallest unit. */
  refundLimitMinor: z.int().nonnegative(),
  /** Who asked by hand to give it back; null where the rules of what was sold ask. */
  refundBy: z.string().nullable(),
  /** What goes back was set aside before it was sent; of before version 4 it was not. */
  refundHeld: z.boolean(),
  startedAt: z.number(),
  /** Whether a request may ever have reached the provider. */
  sent: z.boolean(),
  polls: z.int(),
  /** Times in a row that the provider did not know the reference. */
  absent: z.int(),
  hinted: z.boolean(),
  /** It took too long, or another sum came: nobody may be told to pay. */
  unsure: z.boolean(),
  abandoned: z.boolean(),
  transaction: z.string().nullable(),
  /** What came, where it was another sum than we asked for. */
  came: money.nullable(),
  fault: wordKey.nullable(),
  refundSince: z.number().nullable(),
  /** Times that it was asked after since a plain no: it may have become a yes. */
  secondLooks: z.int(),
})
export type PaymentContext = z.infer<typeof paymentContext>

export type PaymentInput = {
  readonly id: string
  readonly flow: z.infer<typeof paidFor>
  readonly booking: string
  readonly owner: Msisdn
  readonly code: string
  readonly provider: string
  readonly reference: string
  readonly refundReference: string
  readonly money: Money
  readonly refundLimitMinor: number
  readonly at: number
}

export type PaymentEvent = { readonly at: number } & (
  | { readonly type: 'UPDATE'; readonly update: PaymentUpdate }
  /** Somebody says that there is news: a callback proves nothing, so we ask. */
  | { readonly type: 'HINT'; readonly reference?: string; readonly handle?: string | undefined }
  | { readonly type: 'ABANDON' }
  /** The booking has no use for this money. */
  | { readonly type: 'UNWANTED' }
  /** The service was not given: all of it goes back, or so much. `by` names a person who asks by hand, at our cost. */
  | { readonly type: 'REFUND'; readonly amountMinor?: number; readonly by?: string }
  /** What a second person says of a refund above the limit. */
  | { readonly type: 'APPROVE'; readonly by: string }
  | { readonly type: 'REJECT'; readonly by: string; readonly why: string }
  /** A person gave back by hand, once, what we could not send. */
  | { readonly type: 'HANDED'; readonly by: string; readonly how: string }
  /** The books refused what the provider said. */
  | { readonly type: 'REFUSED'; readonly why: string }
  | { readonly type: 'DEADLINE' }
)

/** What every request to move money says, whichever way it goes. */
export const movement = z.object({
  provider: z.string(),
  reference: z.string(),
  handle: z.string().nullable(),
  money,
  memo: z.string(),
})
const order = movement.extend({ payer: msisdn })
const refundOrder = order.extend({
  of: z.object({ reference: z.string(), handle: z.string().nullable(), transaction: z.string(), money }),
})

/** What a payment wants done. */
export const paymentEffects = {
  ...shared,
  collect: order,
  inspect: order,
  refund: refundOrder,
  inspectRefund: refundOrder,
  /** Gives the money to what it pays for, or learns that it is not wanted there. */
  attach: z.object({
    // An errand of before a payment said what it is for.
    flow: paidFor.default('booking'),
    booking: z.string(),
  }),
  /** So much of a charge on credit was given back: its invoice asks for less. */
  credited: z.object({ amountMinor: z.int().positive() }),
  /** The tax receipt of what was given back, if there is one of what was sold. */
  refundReceipt: z.object({ booking: z.string(), money, at: z.number() }),
} as const
