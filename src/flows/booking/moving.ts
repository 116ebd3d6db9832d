import type { Option } from '../../core/talk/prompt.ts'
import type { Carrier } from '../effects.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { phrase } from '../words/index.ts'
import * as does from './changes.ts'
import { booking } from './changes.ts'
import { priceOf, trip } from './facts.ts'
import * as guards from './guards.ts'
import type { BookingContext, BookingEvent } from './model.ts'

type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** Another departure is being looked for, chosen, or asked for. */
export const isMoving = ({ found, problem, moving }: BookingContext): boolean =>
  found !== null || problem !== null || moving !== null

/** Whether what was bought can be had at another time: as long as it can be called off. */
export const canMove = ({ line, paid, carrier }: BookingContext): boolean =>
  paid && carrier !== null && lineOf(line).words.which !== undefined

const isMovable = ({ context }: In): boolean => canMove(context) && context.moving === null
const mayMove = (is: In): boolean => isMovable(is) && guards.mayCancel(is)

/** The one that is meant: chosen from the list, or plainly said. */
const meant = ({ context, event }: In): Option | undefined => {
  if (event.type === 'ANSWER') return context.found?.find(({ value }) => value === event.value)
  return event.type === 'FOUND' && event.sure ? event.options[0] : undefined
}

export const close = booking.assign({ found: null, problem: null, moving: null })
const choose = booking.assign(({ context, event }) => {
  if (event.type !== 'FOUND') return {}
  const isNone = event.options.length === 0
  return { found: isNone ? context.found : event.options, problem: isNone ? ('noBus' as const) : null }
})
const lookUpOthers = booking.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== 'ANSWER' && event.type !== 'CHANGE') return
  const { owner, given: said } = context
  const text = event.type === 'CHANGE' ? event.text : event.value
  enqueue({ type: 'lookUp', params: { of: 'departures', text, owner, given: said } })
})
const askJourney = booking.enqueueActions(({ context, event, enqueue }) => {
  const to = meant({ context, event })?.value
  const move = { type: 'MOVE', to, price: priceOf(context) }
  if (to) enqueue({ type: 'tell', params: { to: { flow: 'tracking', id: context.journey }, event: move } })
})
const takeMeant = booking.assign((is) => ({ moving: meant(is)?.value ?? null, found: null, problem: null }))
/** Other seats, on another departure, for what was paid. */
const seatedOn = (context: BookingContext, carrier: Carrier, departure: string) => {
  const had = given(context.given, 'departure')
  const has = { field: 'departure', value: departure, label: carrier.passage?.when ?? '' }
  return { carrier, given: context.given.map((one) => (one === had ? has : one)) }
}
const take = booking.assign(({ context, event }) =>
  event.type === 'MOVED'
    ? {
        ...seatedOn(context, event.carrier, event.departure),
        quote: context.quote && { ...context.quote, commissionMinor: event.commissionMinor },
        instead: null,
      }
    : {},
)
export const takeReseated = booking.assign(({ context, event }) =>
  event.type === 'RESEATED' ? seatedOn(context, event.carrier, event.departure) : {},
)
export const sayMoved = does.sayTo((context) => ({
  key: lineOf(context.line).words.moved ?? 'busMoved',
  args: trip(context),
}))
const sayWhy = booking.enqueueActions(({ context, event, enqueue }) => {
  if (event.type === 'UNMOVED')
    enqueue({
      type: 'say',
      params: { to: context.owner, phrase: { key: event.why, args: trip(context) } },
    })
})
const tooLate = {
  guard: isMovable,
  actions: [close, does.sayTo((context) => phrase('tooLateToMove', trip(context)))],
} as const
const asked = { actions: [askJourney, takeMeant] } as const

/** Another departure of the same way, for what was paid: what is theirs stays so until the other one is. */
export const moving = {
  CHANGE: [{ guard: mayMove, actions: [close, lookUpOthers] }, tooLate],
  FOUND: [
    { guard: (is: In) => mayMove(is) && meant(is) !== undefined, ...asked },
    { guard: mayMove, actions: [choose, does.showMe] },
    tooLate,
  ],
  ANSWER: [
    { guard: (is: In) => mayMove(is) && meant(is) !== undefined, ...asked },
    { guard: (is: In) => mayMove(is) && is.context.found !== null, actions: lookUpOthers },
    { guard: (is: In) => isMovable(is) && is.context.found !== null, actions: tooLate.actions },
  ],
  BACK: { guard: ({ context }: In) => context.found !== null, actions: close },
  MOVED: { guard: ({ context }: In) => canMove(context), actions: [take, close, sayMoved] },
  UNMOVED: { actions: [close, sayWhy] },
  DEADLINE: { guard: ({ context }: In) => isMoving(context), actions: close },
} as const
