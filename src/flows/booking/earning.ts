import { account } from '../../core/pay/accounts.ts'
import { lineOf } from '../lines/index.ts'
import { booking, tellPayment } from './changes.ts'
import { CLAIMED, costOf, overpaidOf, paidOf, priceOf } from './facts.ts'
import type { BookingContext, BookingEvent } from './model.ts'

type Of = { readonly context: BookingContext }
type In = Of & { readonly event: BookingEvent }

/*
 * Whose the price is: earned by arriving, or, where there are terms, set aside when it comes and theirs once it is
 * delivered.
 */

const isEscrow = ({ line }: BookingContext): boolean => lineOf(line).terms !== undefined
/** An escrow has its booking's name, so that there is one of each. */
export const escrowOf = ({ id }: Pick<BookingContext, 'id'>): string => id.replace(/^bk_/, 'es_')
export const tellEscrow = (type: 'PROVEN' | 'CLAIMED' | 'RETURN') =>
  booking.enqueueActions(({ context, enqueue }) => {
    enqueue({ type: 'tell', params: { to: { flow: 'escrow', id: escrowOf(context) }, event: { type } } })
  })
/** Where the price waits for delivery, it is set aside as soon as it is there. */
export const setAside = booking.enqueueActions(({ context, enqueue }) => {
  if (isEscrow(context)) enqueue({ type: 'openEscrow', params: {} })
})
/** What was paid goes back, all of it. */
export const giveBack = booking.enqueueActions(({ context, enqueue }) => {
  enqueue(isEscrow(context) ? tellEscrow('RETURN') : tellPayment('REFUND'))
})
export const isInEscrow = ({ context }: Of): boolean => isEscrow(context)
/** Nothing is to be cancelled any more. */
export const setClaimed = booking.assign({ milestone: CLAIMED })
/** It was delivered, as its carrier says and nobody else: the payer is asked. */
export const isClaimed = ({ context, event }: In): boolean =>
  event.type === 'ARRIVED' && event.proven === false && isEscrow(context)

/**
 * Once the service was given, the fare is the driver's or the partner's but for the operator's part; of goods that were
 * sold, what they cost is the seller's, and the rest the driver's who brought them. Of a fare in cash the driver has all
 * in hand and owes what is not theirs. What was waited for is all the driver's, in cash: it is in no account of ours, and
 * so is what a fare that was paid by phone grew by since.
 */
export const earn = booking.enqueueActions(({ context, event, enqueue }) => {
  const { paid, cash, carrier, quote, line, payment } = context
  if (!paid && !cash) return
  const { amountMinor, currency } = priceOf(context)
  if (isEscrow(context)) {
    // What waited is moved by who kept it.
    if (event.type === 'ARRIVED') enqueue(tellEscrow('PROVEN'))
    enqueue({ type: 'receipt', params: { line, money: priceOf(context), payment, at: event.at } })
    return
  }
  const driver = carrier?.id === undefined ? null : account(lineOf(line).earns, carrier.id)
  const seller = quote?.seller ? account('partner', quote.seller.id) : null
  const goodsMinor = quote?.seller?.amountMinor ?? 0
  const commissionMinor = (seller ?? driver) ? (quote?.commissionMinor ?? 0) : 0
  const post = (kind: string, debit: string, credit: string, amount: number) => {
    if (amount > 0) enqueue({ type: 'post', params: { kind, debit, credit, amountMinor: amount, currency } })
  }
  const from = paid ? 'unearned' : driver
  const fareMinor =
    Math.min(amountMinor, paidOf(context).amountMinor) - goodsMinor - (seller ? 0 : commissionMinor)
  if (paid) post('earned', 'unearned', driver ?? 'earned', fareMinor)
  if (from && seller) post('sold', from, seller, goodsMinor - commissionMinor)
  if (from) post('commission', from, 'commission', commissionMinor)
  enqueue({
    type: 'receipt',
    params: { line, money: costOf(context), payment: paid ? payment : null, at: event.at },
  })
})
/** What was paid ahead and is no longer the price goes back, once it is known that it will not be wanted. */
export const giveBackRest = booking.enqueueActions(({ context, enqueue }) => {
  const { amountMinor } = overpaidOf(context)
  if (!context.paid || context.payment === null || amountMinor === 0) return
  const refund = { type: 'REFUND', amountMinor }
  enqueue({ type: 'tell', params: { to: { flow: 'payment', id: context.payment }, event: refund } })
})
