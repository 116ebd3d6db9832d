import type { Field } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { booking, showMe } from './changes.ts'
import type { BookingContext, BookingEvent } from './model.ts'

type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** The question to ask now; undefined when everything is known. */
export const fieldOf = (context: BookingContext): Field | undefined =>
  lineOf(context.line).fields.find((field) => field.when(context.given))

/** What an answer means to the question that is open. */
export const parsed = ({ context, event }: In) =>
  event.type === 'ANSWER'
    ? fieldOf(context)?.parse(event.value, context.found ?? [], context.given)
    : undefined

export const says =
  (value: string) =>
  ({ event }: In) =>
    event.type === 'ANSWER' && event.value === value

/** What was said in advance for the question that is open. */
export const wantedText = (context: BookingContext): string | undefined =>
  context.wanted.find(({ field }) => field === fieldOf(context)?.id)?.text

/** What was said in advance can be taken as it is. */
export const canTakeWanted = (context: BookingContext): boolean =>
  fieldOf(context)?.of === null && wantedText(context) !== undefined

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
  const result = field.parse(text, [], context.given)
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
    given: context.given,
  }),
} as const
export const seekWanted = booking.assign(({ context }) => ({ query: wantedText(context) ?? null }))

/** Choices from the world: shown, or taken at once when they are plainly what was meant. */
export const takeFound = booking.assign(({ context, event }) => {
  const field = fieldOf(context)
  if (event.type !== 'FOUND' || !field) return {}
  const wanted = context.wanted.filter((one) => one.field !== field.id)
  const [first] = event.options
  if (context.query === null)
    return { found: event.options, wanted, problem: first ? context.problem : field.unknown }
  if (!first) return { found: null, query: null, wanted, problem: field.unknown }
  const result = event.sure ? field.parse(first.value, event.options, context.given) : undefined
  if (result?.kind !== 'ok') {
    const problem = result?.kind === 'wrong' ? result.why : field.several
    return { found: result ? null : event.options, query: null, wanted, problem }
  }
  const said = { field: field.id, value: result.value, label: result.label }
  return { given: [...context.given, said], found: null, query: null, wanted, problem: null }
})

export const takeBack = booking.assign(({ context }) => ({
  given: context.given.slice(0, -1),
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
