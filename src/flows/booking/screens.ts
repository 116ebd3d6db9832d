import { formatMoney } from '../../core/base/money.ts'
import type { Happening, Role } from '../../core/run/flow.ts'
import type { Option, Prompt, Reply } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { inEveryLanguage, render, say, type WordKey } from '../words/index.ts'
import { isAboard, isReturned, priceOf, trip } from './changes.ts'
import { fieldOf } from './form.ts'
import type { BookingContext } from './model.ts'

type Draw = (context: BookingContext, language: string) => Prompt

const wait = (id: string, text: string, options: readonly Option[] = []): Prompt => ({
  kind: 'tell',
  id,
  say: text,
  next: 'wait',
  options,
})
const end = (id: string, text: string): Prompt => ({ kind: 'tell', id, say: text, next: 'end' })

const cancel = (language: string): Option => choice('cancel', 'cancelTrip', say(language, 'cancelTrip'))
const yesNo = (language: string): Option[] => [
  { value: 'yes', label: say(language, 'yes'), synonyms: [...inEveryLanguage('yes'), 'y', 'ok'] },
  { value: 'no', label: say(language, 'no'), synonyms: [...inEveryLanguage('no'), 'n'] },
]

/** What is being booked, in a few words. */
export const summaryOf = (context: BookingContext, language: string): string =>
  render(lineOf(context.line).summary(context.given), language)

const asking: Draw = (context, language) => {
  const field = fieldOf(context)
  if (!field) return wait('quoting', say(language, 'quoting'))
  const { id, other, options } = field
  const question = render(field.say, language)
  if (field.of === null && options.length === 0)
    return { kind: 'ask', id, say: question, expects: other ?? 'text' }
  return {
    kind: 'choose',
    id,
    say: question,
    options: context.found ?? options,
    ...(other ? { other } : {}),
  }
}

const booked: Draw = (context, language) => {
  if (context.carrier === null) return wait('finding', say(language, 'driverLeft'), [cancel(language)])
  const words = trip(context)
  const { booked: still, underway, returning } = lineOf(context.line).words
  if (returning && isReturned(context))
    return wait('returning', render({ key: returning, args: words }, language))
  if (isAboard(context)) return wait('aboard', render({ key: underway, args: words }, language))
  return wait('booked', render({ key: still, args: words }, language), [cancel(language)])
}

const ended: Draw = (context, language) => {
  const words = trip(context)
  return end('ended', render({ key: context.ended ?? 'cancelled', args: words }, language))
}

const SCREENS: Readonly<Record<string, Draw>> = {
  asking,
  looking: (_, language) => wait('looking', say(language, 'looking')),
  quoting: (_, language) => wait('quoting', say(language, 'quoting')),
  confirming: (context, language) => ({
    kind: 'choose',
    id: 'confirm',
    say: say(language, 'confirm', {
      summary: summaryOf(context, language),
      price: formatMoney(priceOf(context)),
    }),
    options: yesNo(language),
  }),
  holding: ({ line }, language) =>
    wait('holding', render({ key: lineOf(line).words.holding, args: {} }, language), [cancel(language)]),
  paying: (context, language) => {
    const text = context.unsure ? say(language, 'checking') : say(language, 'paying', trip(context))
    return wait('paying', text, [cancel(language)])
  },
  unpaid: (context, language) => ({
    kind: 'choose',
    id: 'unpaid',
    say: say(language, 'unpaid', {
      ...trip(context),
      why: render({ key: context.fault ?? 'provider_down', args: {} }, language),
    }),
    options: [
      choice('retry', 'tryAgain', say(language, 'tryAgain')),
      ...(lineOf(context.line).pay.includes('cash')
        ? [choice('cash', 'payCash', say(language, 'payCash'), 'cash')]
        : []),
      cancel(language),
    ],
  }),
  booked,
  rating: (context, language) => ({
    kind: 'choose',
    id: 'rating',
    say: render({ key: ratingOf(context), args: trip(context) }, language),
    options: STARS.map((key, n) => choice(String(n + 1), key, say(language, key))),
  }),
  completed: (_, language) => end('completed', say(language, 'thanks')),
  cancelled: ended,
  refused: ended,
  lapsed: ended,
}

const ratingOf = (context: BookingContext): WordKey => {
  const { rating, returned } = lineOf(context.line).words
  return (isReturned(context) ? returned : null) ?? rating
}

const STARS = ['star1', 'star2', 'star3', 'star4', 'star5'] as const

/** The traveller's screen in each state. @throws Error for a state without one, which the laws test forbids */
export function bookingScreen(state: string, context: BookingContext, _role: Role, language: string): Prompt {
  const draw = SCREENS[state]
  if (!draw) throw new Error(`a booking that is ${state} has no screen`)
  return draw(context, language)
}

/** What a traveller's reply means where the booking stands. */
export function hearTraveller(state: string, _context: BookingContext, reply: Reply): Happening | undefined {
  if (reply.kind === 'back')
    return state === 'asking' || state === 'confirming' ? { type: 'BACK' } : undefined
  if (reply.kind !== 'answer') return undefined
  if (reply.value === 'cancel' && state !== 'unpaid') return { type: 'CANCEL' }
  return { type: 'ANSWER', value: reply.value }
}
