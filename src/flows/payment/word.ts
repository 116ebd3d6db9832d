import type { Money } from '../../core/base/money.ts'
import type { PaymentFault, PaymentUpdate } from '../../core/pay/provider.ts'
import { isOlderThan, LIMITS } from './patience.ts'

/** A charge or a payout, and what has just been heard of it. */
export type Word = {
  readonly context: { readonly money: Money; readonly absent: number; readonly startedAt: number }
  readonly event: {
    readonly type: string
    readonly at: number
    readonly update?: PaymentUpdate
    readonly handle?: string | undefined
  }
}

export const is =
  (status: PaymentUpdate['status']) =>
  ({ event }: Pick<Word, 'event'>): boolean =>
    event.update?.status === status

/** What has really moved, when that is certain. */
export const paidOf = ({ event: { update } }: Pick<Word, 'event'>): Money | undefined =>
  update?.status === 'settled' ? update.paid : undefined

/** The very sum that was asked for has moved. */
export function isExact({ context: { money }, event }: Word): boolean {
  const paid = paidOf({ event })
  return paid?.amountMinor === money.amountMinor && paid.currency === money.currency
}

/** The provider has had the time to know what it does not know. */
export const isLost = ({ context, event }: Word): boolean =>
  is('absent')({ event }) &&
  context.absent + 1 >= LIMITS.absentChecks &&
  isOlderThan(context, event.at, LIMITS.absentAfterMs)

/** The provider's own name for it, from whoever tells it: its answer, or its callback. */
export const handleIn = ({ event: { type, handle, update } }: Pick<Word, 'event'>): string | undefined =>
  type === 'HINT' ? handle : update?.status === 'pending' ? update.handle : undefined

/** Why it was refused; where nobody said so, the provider could not be reached. */
export const faultIn = ({ event: { update } }: Pick<Word, 'event'>): PaymentFault =>
  update?.status === 'declined' ? update.fault : 'provider_down'

/** What a certain yes changes. */
export const settledBy = ({ event: { update } }: Pick<Word, 'event'>) =>
  update?.status === 'settled' ? { transaction: update.transaction, fault: null } : {}
