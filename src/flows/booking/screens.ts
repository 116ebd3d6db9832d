import { tellDay } from '../../core/base/day.ts'
import type { Happening, Role } from '../../core/run/flow.ts'
import type { Option, Prompt, Reply } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import type { LineWords } from '../lines/line.ts'
import { wordsOf } from '../lines/vehicle.ts'
import { render, say, type WordKey } from '../words/index.ts'
import { quoting } from './board.ts'
import { alongOf, confirming } from './confirm-screen.ts'
import { cancel, type Draw, end, no, wait, yes } from './drawing.ts'
import { isAboard, isReturned, trip } from './facts.ts'
import type { BookingContext } from './model.ts'
import { canMove } from './moving.ts'
import { canRedirect } from './new-way.ts'
import { asking, elsewhere } from './question-screen.ts'

/** Which one instead? What was paid stays. */
const others = (context: BookingContext, found: readonly Option[], language: string): Prompt => {
  const { which = 'busWhich' } = lineOf(context.line).words
  const text = render({ key: which, args: trip(context) }, language)
  return { kind: 'choose', id: 'departure', say: text, options: found, other: 'date' }
}

/** What they have in place of what does not leave: until then they may take it. */
const another = (context: BookingContext, untilMs: number, language: string): Prompt => {
  const until = tellDay(untilMs, context.carrier?.passage?.zone ?? 'UTC')
  return {
    kind: 'choose',
    id: 'instead',
    say: say(language, 'busInstead', { ...trip(context), until }),
    options: [yes(language), no(language)],
  }
}

const changeWhere = (context: BookingContext, language: string): Option[] =>
  canRedirect(context) ? [choice('change', 'changeWhere', say(language, 'changeWhere'))] : []
const changeTime = (context: BookingContext, language: string): Option[] =>
  canMove(context) ? [choice('change', 'changeTrip', say(language, 'changeTrip'))] : []

const booked: Draw = (context, language) => {
  if (context.redirect !== null) return elsewhere(context, language)
  const words = trip(context)
  const spoken = wordsOf(lineOf(context.line), context.given)
  const {
    booked: still,
    underway,
    returning: back,
    returningUnpaid,
    holding,
    seeking,
    left = 'driverLeft',
  } = spoken
  const returning = context.cash ? returningUnpaid : back
  if (context.carrier === null && isAboard(context))
    return wait('finding', render({ key: seeking ?? 'driverLeft', args: words }, language))
  if (context.carrier === null)
    return wait('finding', render({ key: left, args: {} }, language), [cancel(language)])
  if (returning && isReturned(context))
    return wait('returning', render({ key: returning, args: words }, language))
  if (isAboard(context))
    return wait('aboard', render({ key: underway, args: words }, language), changeWhere(context, language))
  if (context.moving !== null) return wait('moving', render({ key: holding, args: {} }, language))
  if (context.found !== null) return others(context, context.found, language)
  if (context.instead !== null) return another(context, context.instead.until, language)
  const along = alongOf(context).map((one) => render(one, language))
  const text = render({ key: still, args: words }, language)
  return wait('booked', along.length > 0 ? `${text} (${along.join(', ')})` : text, [
    cancel(language),
    ...changeWhere(context, language),
    ...changeTime(context, language),
  ])
}

const ended: Draw = (context, language) => {
  const words = trip(context)
  return end('ended', render({ key: context.ended ?? 'cancelled', args: words }, language))
}

/** What is said of what is full, in the words of its line. */
const inLine = (
  of: (wait: NonNullable<LineWords['wait']>) => WordKey,
  context: BookingContext,
  language: string,
) => {
  const { wait: words, nobody } = lineOf(context.line).words
  return render({ key: words ? of(words) : nobody, args: trip(context) }, language)
}

const SCREENS: Readonly<Record<string, Draw>> = {
  asking,
  looking: (_, language) => wait('looking', say(language, 'looking')),
  quoting,
  confirming,
  holding: ({ line, given }, language) => {
    const { holding: key } = wordsOf(lineOf(line), given)
    return wait('holding', render({ key, args: {} }, language), [cancel(language)])
  },
  full: (context, language) => ({
    ...{ kind: 'choose', id: 'full', say: inLine(({ ask }) => ask, context, language) },
    options: [yes(language), no(language)],
  }),
  waiting: (context, language) =>
    wait(
      'waiting',
      inLine((words) => words.in, context, language),
      [cancel(language)],
    ),
  offered: (context, language) => ({
    ...{ kind: 'choose', id: 'offered', say: inLine(({ free }) => free, context, language) },
    options: [yes(language), no(language)],
  }),
  paying: (context, language) => {
    const text = context.unsure ? say(language, 'checking') : say(language, 'paying', trip(context))
    return wait('paying', text, [cancel(language)])
  },
  unpaid: (context, language) => {
    const { cashInstead: cash = 'payCash' } = lineOf(context.line).words
    return {
      kind: 'choose',
      id: 'unpaid',
      say: say(language, 'unpaid', {
        ...trip(context),
        why: render({ key: context.fault ?? 'provider_down', args: {} }, language),
      }),
      options: [
        choice('retry', 'tryAgain', say(language, 'tryAgain')),
        ...(lineOf(context.line).pay.includes('cash')
          ? [choice('cash', cash, render({ key: cash, args: {} }, language), 'cash')]
          : []),
        cancel(language),
      ],
    }
  },
  booked,
  rating: (context, language) => ({
    kind: 'choose',
    id: 'rating',
    say: render({ key: ratingOf(context), args: trip(context) }, language),
    options: STARS.map((key, n) => choice(String(n + 1), key, say(language, key))),
  }),
  completed: (context, language) =>
    end('completed', render({ key: context.ended ?? 'thanks', args: trip(context) }, language)),
  cancelled: ended,
  refused: ended,
  lapsed: ended,
}

const ratingOf = (context: BookingContext): WordKey => {
  const { rating, returned } = lineOf(context.line).words
  return (isReturned(context) ? returned : null) ?? rating
}

const STARS = ['star1', 'star2', 'star3', 'star4', 'star5'] as const

/** Where nothing is agreed yet. */
const FORM = new Set(['asking', 'looking', 'quoting'])
export const isDraft = (state: string): boolean => FORM.has(state) || state === 'confirming'

/** What an agent sees: the form while it is theirs to fill in, then whom it waits for, and what they said. */
const agentScreen =
  (draw: Draw, state: string): Draw =>
  (context, language) => {
    const words = trip(context)
    const stage = context.agent?.stage
    if (stage === 'agreed') return end('agreed', say(language, 'customerAgreed', words))
    if (!isDraft(state) || (stage === 'filling' && FORM.has(state))) return draw(context, language)
    return wait('asked', say(language, 'customerAsked', words), [cancel(language)])
  }

const beingBooked: Draw = (context, language) =>
  wait('beingBooked', say(language, 'beingBooked', trip(context)), [cancel(language)])

const isFilledIn = (state: string, { agent }: BookingContext): boolean =>
  agent?.stage === 'filling' && isDraft(state)

/** The screen in each state. @throws Error for a state without one, which the laws test forbids */
export function bookingScreen(state: string, context: BookingContext, role: Role, language: string): Prompt {
  const draw = SCREENS[state]
  if (!draw) throw new Error(`a booking that is ${state} has no screen`)
  if (role === 'agent' && context.agent) return agentScreen(draw, state)(context, language)
  return (isFilledIn(state, context) ? beingBooked : draw)(context, language)
}

/** What a reply means where the booking stands. */
export function hearReply(
  state: string,
  context: BookingContext,
  reply: Reply,
  role: Role,
): Happening | undefined {
  if (role === 'agent') return hearAgent(state, context, reply)
  // The form is the agent's for now; it may be called off all the same.
  if (isFilledIn(state, context))
    return reply.kind === 'answer' && reply.value === 'cancel' ? { type: 'CANCEL' } : undefined
  return hearTraveller(state, context, reply)
}

function hearTraveller(state: string, context: BookingContext, reply: Reply): Happening | undefined {
  const isChoosing = state === 'booked' && (context.found !== null || context.redirect !== null)
  if (reply.kind === 'back')
    return isChoosing || state === 'asking' || state === 'confirming' ? { type: 'BACK' } : undefined
  if (reply.kind !== 'answer') return undefined
  if (reply.value === 'cancel' && state !== 'unpaid') return { type: 'CANCEL' }
  if (reply.value === 'change' && state === 'booked') return { type: 'CHANGE', text: null }
  return { type: 'ANSWER', value: reply.value }
}

/** An agent fills in the form and may take it back; the yes is the owner's alone. */
function hearAgent(state: string, context: BookingContext, reply: Reply): Happening | undefined {
  const { agent } = context
  if (!agent || agent.stage === 'agreed' || !isDraft(state)) return undefined
  if (reply.kind === 'answer' && reply.value === 'cancel') return { type: 'CANCEL', by: 'agent' }
  return agent.stage === 'filling' && FORM.has(state) ? hearTraveller(state, context, reply) : undefined
}
