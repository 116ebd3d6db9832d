import type { PaymentUpdate, Payout, RefundOrder } from '../../../core/pay/provider.ts'
import { MISCONFIGURED } from './answers.ts'
import { isReceipt } from './news.ts'
import { type Claims, once } from './once.ts'
import type { Sender } from './sender.ts'
import { type Initiator, payOutBody, reversalBody, shillings } from './wire.ts'

export type Giving = {
  payOut(order: Omit<Payout, 'handle'>): Promise<PaymentUpdate>
  refund(order: RefundOrder): Promise<PaymentUpdate>
}

/** Whether it goes back as the reversal of a receipt, and not as a payment of its own. */
export const isReversal = ({ money, of }: RefundOrder): boolean =>
  money.amountMinor === of.money.amountMinor && isReceipt(of.transaction)

/**
 * Money out. The whole of a collection whose receipt we know is reversed; a part, or without a receipt, is paid to
 * who paid it. Which of the two follows from the order alone, so that a repetition never takes the other way.
 * @param collector the short code that collections came to
 */
export function createGiving({
  b2c,
  reversal,
  initiator,
  collector,
  claims,
  urlOf,
}: {
  b2c: Sender
  reversal: Sender
  initiator: Initiator
  collector: string
  claims: Claims
  urlOf: (reference: string) => string
}): Giving {
  const payOut: Giving['payOut'] = async (order) => {
    const { reference } = order
    const amount = shillings(order.money)
    if (amount === undefined) return MISCONFIGURED
    return b2c.send(reference, () => payOutBody(order, { amount, initiator, url: urlOf(reference) }))
  }
  const refund: Giving['refund'] = async (order) => {
    const { reference, money, payer: payee } = order
    if (!isReversal(order)) return payOut({ ...order, payee })
    const amount = shillings(money)
    if (amount === undefined) return MISCONFIGURED
    const body = () => reversalBody(order, { amount, initiator, url: urlOf(reference), collector })
    return once(claims, reference, () => reversal.send(reference, body))
  }
  return { payOut, refund }
}
