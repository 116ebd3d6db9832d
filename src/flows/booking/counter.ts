import { marketOf } from '../../core/base/markets.ts'
import { formatMoney, toDecimal } from '../../core/base/money.ts'
import { type Bid, ranked, readAmount, standing } from '../../core/sell/bids.ts'
import type { Script } from '../../core/talk/script.ts'
import { phrase } from '../words/index.ts'
import { booking } from './changes.ts'
import { type BookingContext, type BookingEvent, bookingContext } from './model.ts'
import { priceOf } from './offers.ts'

/*
 * A shipper may answer an offer with a price of their own, less than it and once; the carrier is told, and may offer
 * anew. Nothing is agreed by it.
 */

type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** The offer that may be answered so. */
const meant = ({ context: { bids }, event }: In): Bid | undefined =>
  event.type === 'COUNTER' && bids && !bids.sealed
    ? standing(bids.offers, event.at).find(
        ({ partner, amountMinor, counterMinor }) =>
          partner === event.partner && counterMinor === undefined && event.amountMinor < amountMinor,
      )
    : undefined
const mayCounter = (now: In): boolean => meant(now) !== undefined

const take = booking.assign((now) => {
  const bid = meant(now)
  const { bids } = now.context
  if (!bid || !bids || now.event.type !== 'COUNTER') return {}
  const answered = { ...bid, counterMinor: now.event.amountMinor }
  return {
    bids: { ...bids, offers: bids.offers.map((one) => (one.partner === bid.partner ? answered : one)) },
  }
})
const tell = booking.enqueueActions(({ context, event, enqueue }) => {
  const bid = meant({ context, event })
  if (!bid || event.type !== 'COUNTER') return
  const { currency } = marketOf(context.owner)
  const words = {
    code: context.code,
    asked: priceOf({ context }, bid),
    price: priceOf({ context }, event),
    amount: toDecimal({ amountMinor: event.amountMinor, currency }).replace(/\.00$/, ''),
  }
  enqueue({ type: 'say', params: { to: bid.phone, phrase: phrase('counterMade', words) } })
})

/** Where offers may be answered with another price. */
export const countering = { guard: mayCounter, actions: [tell, take] } as const

/** What a shipper's words mean to their load: the n-th offer as it is shown, and a price. Null when it is none. */
export const counterFor: Script['counterFor'] = (load, { nth, amount }) => {
  const { owner, bids } = bookingContext.parse(load.context)
  const { currency } = marketOf(owner)
  const amountMinor = readAmount(amount, currency)
  if (amountMinor === undefined) return null
  const bid = bids && !bids.sealed ? ranked(bids.offers)[nth - 1] : undefined
  return {
    event: { type: 'COUNTER', partner: bid?.partner ?? '', amountMinor },
    args: { price: formatMoney({ amountMinor, currency }), driver: bid?.name ?? '' },
  }
}
