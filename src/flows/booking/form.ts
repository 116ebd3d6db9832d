import { areaIn, type Field } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { toOther } from '../lines/vehicle.ts'
import { booking, showMe } from './changes.ts'
import type { BookingContext, BookingEvent } from './model.ts'

type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** Stands for what was said in advance and not understood: it is asked after all. */
const MISREAD = ''

const isMisread =
  ({ given, wanted }: BookingContext) =>
  (aside: Field): boolean =>
    aside.when(given) && wanted.some(({ field, text }) => field === aside.id && text === MISREAD)

/** The question to ask now; undefined when everything is known. */
export const fieldOf = (context: BookingContext): Field | undefined => {
  const { fields, asides = [] } = lineOf(context.line)
  return asides.find(isMisread(context)) ?? fields.find((field) => field.when(context.given))
}

/** What an answer means to the question that is open. */
export const parsed = ({ context, event }: In) =>
  event.type === 'ANSWER'
    ? fieldOf(context)?.parse(event.value, context.found ?? [], context.given, context.owner)
    : undefined

export const says =
  (value: string) =>
  ({ event }: In) =>
    event.type === 'ANSWER' && event.value === value

/** What was said in advance for the question that is open. */
export const wantedText = (context: BookingContext): string | undefined =>
  context.wanted.find(({ field, text }) => field === fieldOf(context)?.id && text !== MISREAD)?.text

/** What was said in advance can be taken as it is. */
export const canTakeWanted = (context: BookingContext): boolean =>
  fieldOf(context)?.of === null && wantedText(context) !== undefined

/** What was said in advance though it is never asked, and not yet looked at: one after the other. */
const asideOf = (context: BookingContext) => {
  const { asides = [] } = lineOf(context.line)
  const isSaid = ({ id }: Field) => context.wanted.some(({ field, text }) => field === id && text !== MISREAD)
  return asides.some(isMisread(context)) ? undefined : asides.find(isSaid)
}
export const hasAside = (context: BookingContext): boolean => asideOf(context) !== undefined

/** It was said before all else: whoever goes back does not come to it. */
export const takeAside = booking.assign(({ context }) => {
  const aside = asideOf(context)
  const text = context.wanted.find(({ field }) => field === aside?.id)?.text
  if (!aside || text === undefined) return {}
  const wanted = context.wanted.filter(({ field }) => field !== aside.id)
  const result = aside.parse(text, [], context.given, context.owner)
  if (result.kind !== 'ok')
    return {
      wanted: [...wanted, { field: aside.id, text: MISREAD }],
      problem: result.kind === 'wrong' ? result.why : null,
    }
  const said = { field: aside.id, value: result.value, label: result.label }
  return { given: [said, ...context.given], wanted }
})

/** The question that is open is answered from a list that we do not have yet. */
export const lacksChoices = (context: BookingContext): boolean =>
  context.found === null && fieldOf(context)?.of !== null

export const keep = booking.assign((is) => {
  const result = parsed(is)
  const field = fieldOf(is.context)
  if (!field || result?.kind !== 'ok') return {}
  const said = { field: field.id, value: result.value, label: result.label }
  return { given: [...is.context.given, said], found: null, problem: null }
})
export const refuse = booking.assign((is) => {
  const result = parsed(is)
  return { problem: result?.kind === 'wrong' ? result.why : null }
})
export const seek = booking.assign((is) => {
  const result = parsed(is)
  return { query: result?.kind === 'lookUp' ? result.text : null, problem: null }
})
export const takeWanted = booking.assign(({ context }) => {
  const field = fieldOf(context)
  const text = wantedText(context)
  if (!field || text === undefined) return {}
  const wanted = context.wanted.filter((one) => one.field !== field.id)
  const result = field.parse(text, [], context.given, context.owner)
  if (result.kind !== 'ok') return { wanted, problem: result.kind === 'wrong' ? result.why : null }
  const said = { field: field.id, value: result.value, label: result.label }
  return { given: [...context.given, said], wanted, problem: null }
})
/** The choices for the question that is open. A question about nothing in the world is never looked up. */
export const lookUp = {
  type: 'lookUp',
  params: ({ context }: Pick<In, 'context'>) => ({
    of: fieldOf(context)?.of ?? ('places' as const),
    text: context.query,
    owner: context.owner,
    // An agent does not see where somebody else lives and goes.
    ...(context.agent === null && { line: context.line }),
    given: context.given,
  }),
} as const
export const seekWanted = booking.assign(({ context }) => ({ query: wantedText(context) ?? null }))

/** What choices from the world change: they are shown, or taken at once when they are plainly what was meant. */
export const foundIn = ({ context, event }: In): Partial<BookingContext> => {
  const field = fieldOf(context)
  if (event.type !== 'FOUND' || !field) return {}
  const wanted = context.wanted.filter((one) => one.field !== field.id)
  const [first] = event.options
  if (context.query === null && !event.sure)
    return { found: event.options, wanted, problem: first ? context.problem : field.unknown }
  if (!first) return { found: null, query: null, wanted, problem: field.unknown }
  const result = event.sure
    ? field.parse(first.value, event.options, context.given, context.owner)
    : undefined
  if (result?.kind !== 'ok') {
    const several = areaIn(first.value) === null ? field.several : 'whichArea'
    const problem = result?.kind === 'wrong' ? result.why : several
    return { found: result ? null : event.options, query: null, wanted, problem }
  }
  const known = context.query === null ? { known: true as const } : {}
  const said = { field: field.id, value: result.value, label: result.label, ...known }
  return { given: [...context.given, said], found: null, query: null, wanted, problem: null }
}
export const takeFound = booking.assign(foundIn)

/** The same way by the other vehicle, which has another price. */
export const takeOther = booking.assign(({ context: { line, given } }) => ({
  given: [...toOther(lineOf(line), given)],
  quote: null,
  problem: null,
}))
/** Something else as well: what makes up a basket is asked for again. */
export const askForMore = booking.assign(({ context }) => ({
  lacking: null,
  given: [...context.given, { field: 'more', value: 'yes', label: '' }],
  found: null,
  query: null,
  quote: null,
  problem: null,
}))
const less = ({ context, event }: In) =>
  event.type === 'UNHELD' && event.lacking
    ? (lineOf(context.line).less?.(context.given, event.lacking) ?? null)
    : null
/** There is too little of something, but not nothing. */
export const isLess = (is: In): boolean => less(is) !== null
/** What there is has another price, which has to be agreed to anew. */
export const askForLess = booking.assign((is) => {
  const { given = [], wanted = [] } = less(is) ?? {}
  const lacking = (is.event.type === 'UNHELD' && is.event.lacking) || null
  const anew = { found: null, query: null, quote: null, cash: false, problem: null }
  return { ...anew, lacking, given: [...given], wanted: [...wanted] }
})
export const takeBack = booking.assign(({ context }) => ({
  lacking: null,
  given: context.given.slice(
    0,
    Math.max(
      0,
      context.given.findLastIndex(({ known }) => !known),
    ),
  ),
  found: null,
  query: null,
  quote: null,
  problem: null,
  wanted: [],
}))
/** The question that comes next, unless the answer to it was said in advance. A turn that answers drops this. */
export const showQuestion = booking.enqueueActions(({ context, enqueue }) => {
  const isAsked = fieldOf(context) && wantedText(context) === undefined && !lacksChoices(context)
  if (isAsked) enqueue({ type: 'show', params: showMe.params({ context }) })
})
