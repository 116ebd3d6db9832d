import { formatAmount } from '../../core/base/money.ts'
import type { FareLine } from '../../core/sell/fare.ts'
import type { PriceLine } from '../../core/sell/pricing.ts'
import { withinLine } from '../../core/talk/air.ts'
import { lineOf } from '../lines/index.ts'
import type { Price } from '../lines/line.ts'
import { render, type WordKey } from '../words/index.ts'
import { booking } from './changes.ts'
import type { BookingContext, BookingEvent } from './model.ts'

type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** What makes up a fare, and what is owed for waiting. */
type Told = FareLine['what'] | 'waiting'

/** What makes up a price, as people call it. */
const STEPS: Readonly<Record<string, WordKey>> = {
  list: 'priceList',
  contract: 'priceContract',
  promotion: 'pricePromotion',
  volume: 'priceVolume',
  tax: 'priceTax',
  delivery: 'priceDelivery',
  first: 'priceFirst',
  distance: 'priceDistance',
  far: 'priceFar',
  weight: 'priceWeight',
  rounding: 'priceRounding',
  usual: 'priceUsual',
  hour: 'priceHour',
  demand: 'priceDemand',
  cap: 'priceCap',
  waiting: 'priceWaiting',
  seats: 'priceSeats',
  early: 'priceEarly',
  bags: 'priceBags',
  cover: 'priceCover',
  choice: 'priceChoice',
} satisfies Readonly<Record<Exclude<PriceLine['what'], 'base'> | Told, WordKey>>

const explains = ({ line }: Pick<BookingContext, 'line'>): boolean =>
  lineOf(line).besides?.includes('why') === true
/** What is one amount explains itself. */
export const mayAskWhy = (context: Pick<BookingContext, 'line' | 'quote'>): boolean =>
  explains(context) && (context.quote?.lines.length ?? 0) > 1
export const asksWhy = ({ context, event }: In): boolean =>
  event.type === 'ANSWER' && event.value === 'why' && mayAskWhy(context)
/** Said above the same question. */
export const explain = booking.assign({ problem: 'priceMade' })

/** Where more than the sum is known, in words. */
const isExplained = (price: Price): boolean => price !== 'offers'

/** Things that are told of one by one; of more it is told what all of them come to. */
const MOST_THINGS = 3

/** Why it costs what it does, a row for each thing with all that is off or on it; null where only the sum is known. */
export function explained({ line, quote, waited }: BookingContext, language: string): string | null {
  if (!quote || !isExplained(lineOf(line).price)) return null
  const { price } = quote
  const lines = waited ? [...quote.lines, { what: 'waiting', amountMinor: waited.amountMinor }] : quote.lines
  if (lines.length === 0) return null
  const inWords = (key: WordKey) => render({ key, args: {} }, language)
  const isMany = new Set(lines.map(({ of }) => of)).size > MOST_THINGS + 1
  const thing = ({ of }: (typeof lines)[number]) =>
    of === undefined ? '' : `${isMany ? inWords('priceGoods') : withinLine(of)}: `
  const rows = [...new Set(lines.map(thing))].map((of) => {
    const own = lines.filter((one) => thing(one) === of)
    const steps = [...new Set(own.map(({ what }) => what))].map((what) => {
      const all = own.filter((one) => one.what === what).map(({ amountMinor }) => amountMinor)
      const amount = formatAmount({ ...price, amountMinor: all.reduce((sum, minor) => sum + minor, 0) })
      const key = STEPS[what]
      return key ? `${inWords(key)} ${amount}` : amount
    })
    return `${of}${steps.join(', ')}`
  })
  return rows.join('\n')
}
