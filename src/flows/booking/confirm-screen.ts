import { formatMoney } from '../../core/base/money.ts'
import type { Option } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { otherOf } from '../lines/vehicle.ts'
import { inEveryLanguage, type Phrase, render, say } from '../words/index.ts'
import { isToPost } from './board.ts'
import { type Draw, no, yes } from './drawing.ts'
import { explained, mayAskWhy } from './explaining.ts'
import { priceOf } from './facts.ts'
import { mayAskMore, mayPayAtTheEnd } from './guards.ts'
import type { BookingContext } from './model.ts'

/** What people call it. */
const CASH = ['cash', 'cod', 'in cash', 'mu ntoki', 'en espèces', 'en especes', 'taslimu', 'نقدا', 'نقد']
const inCash = (context: BookingContext, language: string): Option[] => {
  const key = lineOf(context.line).words.yesCash
  return key && mayPayAtTheEnd(context)
    ? [choice('cash', key, render({ key, args: {} }, language), ...CASH)]
    : []
}
/** The other vehicle, and what it costs; last, so that the keys of the others stay where they were. */
const byOther = ({ line, given, quote }: BookingContext, language: string): Option[] => {
  const { other } = lineOf(line)
  if (!other || !quote?.other) return []
  const isOther = otherOf(lineOf(line), given) !== undefined
  const key = isOther ? other.usual : other.want
  const price = formatMoney(quote.other)
  const priced = inEveryLanguage(key).map((word) => `${word}, ${price}`)
  const label = `${render({ key, args: {} }, language)}, ${price}`
  return [choice('other', key, label, ...priced, ...(isOther ? [] : [other.id]))]
}
const more = (context: BookingContext, language: string): Option[] => {
  const { more: key = 'addMore' } = lineOf(context.line).words
  return mayAskMore(context) ? [choice('more', key, render({ key, args: {} }, language), 'more')] : []
}
/** What may be said to a price. */
const toThePrice = (context: BookingContext, language: string): Option[] => [
  yes(language),
  ...inCash(context, language),
  ...more(context, language),
  // Whom an agent asks reads it as a text, where words are dear, and may write WHY.
  ...(mayAskWhy(context) && context.agent === null ? [choice('why', 'askWhy', say(language, 'askWhy'))] : []),
  no(language),
  ...byOther(context, language),
]

/** What is being booked, in a few words. */
export const summaryOf = (context: BookingContext, language: string): string =>
  [lineOf(context.line).summary(context.given), ...alongOf(context)]
    .map((one) => render(one, language))
    .join(', ')

/** What goes along with it. */
export const alongOf = ({ line, given }: BookingContext): readonly Phrase[] =>
  lineOf(line).along?.(given) ?? []

/** Who, what and for how much; above it how that is made up, where they asked. */
export const confirming: Draw = (context, language) => {
  const summary = summaryOf(context, language)
  const { agent, code, problem } = context
  const isAsked = agent !== null && agent.stage !== 'agreed'
  const post = isAsked ? 'pricesAsked' : 'askPrices'
  const price = isToPost(context) ? say(language, post) : formatMoney(priceOf(context))
  const question = isAsked
    ? say(language, 'confirmFor', { agent: agent.name, code, summary, price })
    : say(language, 'confirm', { summary, price })
  const lines = problem === 'priceMade' ? explained(context, language) : null
  return {
    kind: 'choose',
    id: 'confirm',
    say: lines === null ? question : say(language, 'priceMade', { lines, question }),
    options: toThePrice(context, language),
  }
}
