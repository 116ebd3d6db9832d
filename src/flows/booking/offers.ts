import { daysBetween, momentOf, tellDay } from '../../core/base/day.ts'
import { marketOf } from '../../core/base/markets.ts'
import { formatMoney, share } from '../../core/base/money.ts'
import { type Bid, placed, readAmount, standing, without } from '../../core/sell/bids.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import { booking } from './changes.ts'
import { trip } from './facts.ts'
import type { BookingContext, BookingEvent } from './model.ts'

type Of = { readonly context: BookingContext }
type In = Of & { readonly event: BookingEvent }

/** New offers that the shipper is told of; the rest wait on the screen. */
const MOST_TOLD = 5
const DAY_MS = 24 * 3_600_000

/** Whether its price is what somebody offers. */
export const isOffered = ({ context }: Of): boolean => lineOf(context.line).price === 'offers'
/** Whether it has been posted. */
export const isPosted = ({ context }: Of): boolean => context.bids !== null

/** How stars are shown; `?` where nobody has rated. */
export const starsOf = ({ stars }: Pick<Bid, 'stars'>): string =>
  stars === null ? '?/5' : `${(stars / 10).toFixed(1)}/5`
export const priceOf = ({ context }: Of, { amountMinor }: Pick<Bid, 'amountMinor'>): string =>
  formatMoney({ amountMinor, currency: marketOf(context.owner).currency })

/** Offers are taken until the end of the day on which it is loaded, and no longer than the line has it. */
function windowOf({ owner, given: said, line }: BookingContext, at: number) {
  const { zone } = marketOf(owner)
  const [day] = daysBetween(at, at + DAY_MS, zone)
  const date = given(said, 'when')?.value ?? day?.date ?? ''
  const dayEnds = momentOf({ date, weekday: 1 }, { hour: 23, minute: 59 }, zone)
  const closesAt = Math.max(at, Math.min(at + (lineOf(line).terms?.openMs ?? 0), dayEnds))
  const sealed = Boolean(given(said, 'sealed')?.value)
  return { closesAt, sealed, until: sealed ? Math.floor((at + closesAt) / 2) : closesAt }
}

export const openBids = booking.assign(({ context, event: { at } }) => ({
  bids: { offers: [], told: 0, ...windowOf(context, at) },
}))

const bidOf = ({ event }: In): Bid | undefined => (event.type === 'BID' ? event.bid : undefined)
const picked = ({ context }: Of): string | undefined => given(context.given, 'offer')?.value
export const mayBid = (now: In): boolean => {
  const bid = bidOf(now)
  const { bids, owner } = now.context
  return (
    bids !== null &&
    bid !== undefined &&
    bid.phone !== owner &&
    now.event.at <= bids.until &&
    placed(bids.offers, bid).includes(bid)
  )
}
export const isPickedsBid = (now: In): boolean => mayBid(now) && bidOf(now)?.partner === picked(now)
export const isPickedsDearer = (now: In): boolean =>
  isPickedsBid(now) && (bidOf(now)?.amountMinor ?? 0) > (now.context.quote?.price.amountMinor ?? 0)
export const takeBid = booking.assign((now) => {
  const { bids } = now.context
  const bid = bidOf(now)
  return bids && bid ? { bids: { ...bids, offers: [...placed(bids.offers, bid)] } } : {}
})
/** The shipper hears of it, but not of too many, and not of what is sealed; of what answers their own price always. */
export const tellBid = booking.enqueueActions(({ context, event, enqueue }) => {
  const bid = bidOf({ context, event })
  const { bids } = context
  if (!bid || !bids || bids.sealed) return
  const isAnswer = bids.offers.some((one) => one.partner === bid.partner && one.counterMinor !== undefined)
  if (bids.told >= MOST_TOLD && !isAnswer) return
  if (!isAnswer) enqueue.assign({ bids: { ...bids, told: bids.told + 1 } })
  const nth = String(placed(bids.offers, bid).indexOf(bid) + 1)
  const words = { code: context.code, driver: bid.name, stars: starsOf(bid), nth, help: HELP_PHONE }
  const params = {
    to: context.owner,
    phrase: phrase('offerMade', { ...words, price: priceOf({ context }, bid) }),
  }
  enqueue({ type: 'say', params })
})

export const hasBid = ({ context, event }: In): boolean =>
  event.type === 'WITHDRAW' &&
  (context.bids?.offers.some(({ partner }) => partner === event.partner) ?? false)
export const isPickedsLeave = (now: In): boolean =>
  hasBid(now) && now.event.type === 'WITHDRAW' && now.event.partner === picked(now)
const drop = (partner: string | undefined) => (context: BookingContext) =>
  context.bids && partner !== undefined
    ? { bids: { ...context.bids, offers: [...without(context.bids.offers, partner)] } }
    : {}
export const dropBid = booking.assign(({ context, event }) =>
  drop(event.type === 'WITHDRAW' ? event.partner : undefined)(context),
)
/** Whoever was not chosen may think better of it while it is not settled who has it. */
export const leaving = {
  guard: (now: In): boolean => hasBid(now) && !isPickedsLeave(now),
  actions: dropBid,
} as const
/** Whoever was chosen cannot come. */
export const dropPicked = booking.assign(({ context }) => drop(picked({ context }))(context))

/** The offer that an answer names, while it stands and may be seen. */
const named = ({ context: { bids }, event }: In): Bid | undefined =>
  bids && !bids.sealed && event.type === 'ANSWER'
    ? standing(bids.offers, event.at).find(({ partner }) => partner === event.value)
    : undefined
export const isStanding = (now: In): boolean => named(now) !== undefined
/** It was offered, and its time is over. */
export const isPassed = ({ context, event }: In): boolean =>
  event.type === 'ANSWER' && (context.bids?.offers.some(({ partner }) => partner === event.value) ?? false)
export const dropPassed = booking.assign(({ context, event }) => ({
  ...(context.bids && {
    bids: { ...context.bids, offers: [...standing(context.bids.offers, event.at)] },
  }),
  problem: 'offerPassed' as const,
}))

const quoteOf = (context: BookingContext, { amountMinor, validUntil }: Bid) => {
  const price = { amountMinor, currency: marketOf(context.owner).currency }
  const commissionBp = lineOf(context.line).terms?.commissionBp ?? 0
  return {
    price,
    commissionMinor: share(price, commissionBp, 'down').amountMinor,
    lines: [{ what: 'offer', amountMinor }],
    metres: 0,
    near: { lat: 0, lng: 0 },
    validUntil,
  }
}
export const pick = booking.assign((now) => {
  const bid = named(now)
  if (!bid) return {}
  const said = { field: 'offer', value: bid.partner, label: bid.name }
  return { given: [...now.context.given, said], quote: quoteOf(now.context, bid), problem: null }
})
/** Who was chosen asks less now, or for another time: that is what has to be confirmed. */
export const pickAgain = booking.assign((now) => {
  const bid = bidOf(now)
  return bid ? { quote: quoteOf(now.context, bid), problem: 'priceChanged' as const } : {}
})
export const unpick = booking.assign(({ context }) => ({
  given: context.given.filter(({ field }) => field !== 'offer'),
  quote: null,
  problem: null,
}))
export const sayPassed = booking.assign({ problem: 'offerPassed' as const })
/** What each who made an offer hears of it. */
const sayEach = (
  key: 'bidLost' | 'bidClosed' | 'bidOutdone',
  context: BookingContext,
  bids: readonly Bid[],
) =>
  bids.map((bid) => ({
    type: 'say' as const,
    params: { to: bid.phone, phrase: phrase(key, { code: context.code, price: priceOf({ context }, bid) }) },
  }))
/** Of more than are kept, those that would be gone with this one. */
export const tellOutdone = booking.enqueueActions(({ context, event, enqueue }) => {
  const bid = bidOf({ context, event })
  const offers = context.bids?.offers ?? []
  if (!bid) return
  const kept = placed(offers, bid)
  const gone = standing(without(offers, bid.partner), bid.madeAt).filter((one) => !kept.includes(one))
  for (const said of sayEach('bidOutdone', context, gone)) enqueue(said)
})
/** It is another's for good: nobody waits for an answer any more. */
export const tellLost = booking.enqueueActions(({ context, enqueue }) => {
  const { bids } = context
  if (!bids) return
  const lost = without(bids.offers, picked({ context }) ?? '')
  for (const said of sayEach('bidLost', context, lost)) enqueue(said)
  enqueue.assign({ bids: { ...bids, offers: [] } })
})
/** It will be nobody's. Whoever had it hears of that from their journey. */
export const tellClosed = booking.enqueueActions(({ context, enqueue }) => {
  const offers = context.bids?.offers ?? []
  const waiting = context.paid ? without(offers, picked({ context }) ?? '') : offers
  for (const said of sayEach('bidClosed', context, waiting)) enqueue(said)
})

/** Whoever is asked next is asked for another journey. */
export const nextJourney = booking.assign(({ context }) => ({
  journey: `${context.journey}_`,
  carrier: null,
}))

export const isSealed = ({ context }: Of): boolean => context.bids?.sealed === true
export const unseal = booking.assign(({ context: { bids } }) =>
  bids ? { bids: { ...bids, sealed: false } } : {},
)
export const tellOpened = booking.enqueueActions(({ context, enqueue }) => {
  const { owner, code, bids } = context
  const words = { code, count: String(bids?.offers.length ?? 0), help: HELP_PHONE }
  enqueue({ type: 'say', params: { to: owner, phrase: phrase('offersOpened', words) } })
})
export const sayBusy = booking.enqueueActions(({ context, enqueue }) => {
  enqueue({ type: 'say', params: { to: context.owner, phrase: { key: 'freightBusy', args: trip(context) } } })
})

/** It is posted, or worked out what it costs. */
export const askPrice = booking.enqueueActions(({ context, enqueue }) => {
  const { line, given: said, owner } = context
  if (isOffered({ context })) enqueue({ type: 'publish', params: {} })
  else enqueue({ type: 'requestQuote', params: { line, given: said, owner } })
})

/** What the shipper hopes to pay at most; null when they said nothing of it. */
export const targetOf = ({ owner, given: said }: BookingContext): number | null =>
  readAmount(given(said, 'target')?.value ?? '', marketOf(owner).currency) ?? null

export const untilOf = ({ owner, bids }: BookingContext): string =>
  bids ? tellDay(bids.until, marketOf(owner).zone) : ''
