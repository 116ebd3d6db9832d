import { ranked } from '../../core/sell/bids.ts'
import { lineOf } from '../lines/index.ts'
import { say } from '../words/index.ts'
import { cancel, type Draw, wait } from './drawing.ts'
import type { BookingContext } from './model.ts'
import { priceOf, starsOf, untilOf } from './offers.ts'

/** Offers that are shown at once. */
const MOST_OFFERS = 4

export const isToPost = (context: BookingContext): boolean =>
  lineOf(context.line).price === 'offers' && context.bids === null

export const quoting: Draw = (context, language) => {
  const { bids, code } = context
  if (bids === null) return wait('quoting', say(language, 'quoting'))
  const count = String(bids.offers.length)
  if (bids.sealed)
    return wait('sealed', say(language, 'loadSealed', { code, count, until: untilOf(context) }), [
      cancel(language),
    ])
  if (bids.offers.length === 0)
    return wait('posted', say(language, 'loadWaits', { code }), [cancel(language)])
  const options = ranked(bids.offers)
    .slice(0, MOST_OFFERS)
    .map((bid) => ({
      value: bid.partner,
      label: say(language, 'offerTaken', { price: priceOf({ context }, bid), driver: bid.name }),
      detail: `${bid.plate}, ${starsOf(bid)}`,
    }))
  return {
    kind: 'choose',
    id: 'offers',
    say: say(language, 'loadOffers', { code }),
    options: [...options, cancel(language)],
  }
}
