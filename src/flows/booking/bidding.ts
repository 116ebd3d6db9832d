import { readDay, tellDay } from '../../core/base/day.ts'
import { marketOf } from '../../core/base/markets.ts'
import { formatMoney } from '../../core/base/money.ts'
import { placed, readAmount } from '../../core/sell/bids.ts'
import { type Load, nameOf } from '../../core/sell/loads.ts'
import type { Script } from '../../core/talk/script.ts'
import { bookingContext } from './model.ts'

/** The bid that a carrier's words make: it stands until they say, and never longer than the load takes bids. */
export const bidFor: Script['bidFor'] = (load, bidder, { amount, until }, at) => {
  const { owner, bids } = bookingContext.parse(load.context)
  const { zone, currency } = marketOf(owner)
  const amountMinor = typeof amount === 'number' ? amount : readAmount(amount, currency)
  const said = typeof until === 'string' ? readDay(`today ${until}`, { now: at, zone })?.from : until
  if (amountMinor === undefined || said === undefined || (said !== null && said <= at)) return null
  const closesAt = bids?.closesAt ?? at
  const validUntil = Math.min(said ?? closesAt, closesAt)
  const bid = { ...bidder, amountMinor, madeAt: at, validUntil }
  const isTooDear = bids !== null && at <= bids.until && !placed(bids.offers, bid).includes(bid)
  return {
    event: { type: 'BID', bid },
    key: until === null ? 'bidTaken' : 'bidTakenUntil',
    unheard: isTooDear ? 'bidTooDear' : 'loadGone',
    args: { price: formatMoney({ amountMinor, currency }), until: tellDay(validUntil, zone) },
  }
}

/** `7730 cement 10 t Karachi-Lahore 30/11`, and what the shipper hopes to pay. */
export const lineOfLoad = (load: Load): string => {
  const { targetMinor, currency } = load
  const target = targetMinor === null ? [] : [formatMoney({ amountMinor: targetMinor, currency })]
  return [nameOf(load), ...target].join(' ')
}
