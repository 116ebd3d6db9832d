import type { Instant } from '../base/clock.ts'
import { type Currency, fromDecimal } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'

/** What a carrier asks for a load, and with which vehicle, while it stands. */
export type Bid = {
  /** Opaque; each carrier has one bid at most. */
  readonly partner: string
  readonly name: string
  /** Who made it, and is told. */
  readonly phone: Msisdn
  readonly vehicle: string
  readonly plate: string
  /** Tenths of a star; null while nobody has rated them. */
  readonly stars: number | null
  readonly amountMinor: number
  /** What the shipper would pay instead: said of an offer once. */
  readonly counterMinor?: number
  readonly madeAt: Instant
  readonly validUntil: Instant
}

/** Bids kept for a load; of more the dearest go. */
export const MOST_BIDS = 20

/** A carrier whom nobody has rated stands in the middle. */
const UNRATED = 30

/** The cheapest first; of equal ones the better rated, then the earlier. */
export const ranked = (bids: readonly Bid[]): readonly Bid[] =>
  [...bids].sort(
    (a, b) =>
      a.amountMinor - b.amountMinor ||
      (b.stars ?? UNRATED) - (a.stars ?? UNRATED) ||
      a.madeAt - b.madeAt ||
      (a.partner < b.partner ? -1 : 1),
  )

/** Those that still stand, the best first. */
export const standing = (bids: readonly Bid[], at: Instant): readonly Bid[] =>
  ranked(bids.filter(({ validUntil }) => validUntil >= at))

/** With one more: it takes the place of whatever that carrier asked before. What has passed goes first. */
export const placed = (bids: readonly Bid[], bid: Bid): readonly Bid[] =>
  standing([...without(bids, bid.partner), bid], bid.madeAt).slice(0, MOST_BIDS)

export const without = (bids: readonly Bid[], partner: string): readonly Bid[] =>
  bids.filter((one) => one.partner !== partner)

/** `450000`, `PKR 450 000`, or `PKR 450,000.00` as we write it, in whole units; undefined, never a guess, when it is anything else. */
export function readAmount(text: string, currency: Currency): number | undefined {
  const [, named, digits = ''] =
    /^(?:([A-Za-z]{3}) ?)?([1-9]\d{0,9}|[1-9]\d{0,2}(?:[ ,.']\d{3})+)(?:\.00)?$/.exec(text.trim()) ?? []
  if (named !== undefined && named.toUpperCase() !== currency) return undefined
  const amount = fromDecimal(digits.replace(/\D/g, ''), currency)?.amountMinor
  return amount === undefined || amount === 0 ? undefined : amount
}
