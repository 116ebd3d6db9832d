import { setup } from 'xstate'
import { NO_EXTRAS } from '../../core/sell/extras.ts'
import type { Params } from '../effects.ts'
import { withExtras } from '../lines/bus-extras.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import type { LineWords } from '../lines/line.ts'
import { wordsOf } from '../lines/vehicle.ts'
import type { Phrase, WordKey } from '../words/index.ts'
import { isReturned, receiverOf, relayedAt, trip, waitingWords } from './facts.ts'
import { isLate, type Of } from './guards.ts'
import type { BookingContext, BookingEvent, BookingInput, bookingEffects } from './model.ts'

type Does = Params<typeof bookingEffects>

/** Only effects stand in `actions`; changes of context are made below, so that the types tell the two apart. */
export const booking = setup({
  types: { context: {} as BookingContext, events: {} as BookingEvent, input: {} as BookingInput },
  actions: {
    askOwner: (_, _params: Does['askOwner']) => {},
    answered: (_, _params: Does['answered']) => {},
    lookUp: (_, _params: Does['lookUp']) => {},
    requestQuote: (_, _params: Does['requestQuote']) => {},
    publish: (_, _params: Does['publish']) => {},
    openEscrow: (_, _params: Does['openEscrow']) => {},
    reserve: (_, _params: Does['reserve']) => {},
    startPayment: (_, _params: Does['startPayment']) => {},
    remember: (_, _params: Does['remember']) => {},
    rate: (_, _params: Does['rate']) => {},
    learn: (_, _params: Does['learn']) => {},
    receipt: (_, _params: Does['receipt']) => {},
    tell: (_, _params: Does['tell']) => {},
    say: (_, _params: Does['say']) => {},
    show: (_, _params: Does['show']) => {},
    post: (_, _params: Does['post']) => {},
  },
})

export const takeQuote = booking.assign(({ event, context }) => {
  if (event.type !== 'QUOTED') return {}
  const isFirst = context.quote === null
  const { words } = lineOf(context.line)
  const problem = isFirst ? context.lacking && (words.less ?? 'orderLeft') : 'priceChanged'
  if (!event.unsold) return { quote: event.quote, problem }
  return {
    quote: event.quote,
    given: [...withExtras(context.given, NO_EXTRAS)],
    problem: 'busNotSold' as const,
  }
})
export const takeCarrier = booking.assign(({ context, event }) =>
  event.type === 'HELD' ? { carrier: event.carrier, milestone: relayedAt(context) } : {},
)
export const takeRetimed = booking.assign(({ event }) =>
  event.type === 'RETIMED' ? { carrier: event.carrier } : {},
)
export const dropCarrier = booking.assign(({ context }) => ({
  carrier: null,
  milestone: relayedAt(context),
}))
export const takePayment = booking.assign(({ event }) =>
  event.type === 'PAYING' ? { payment: event.payment, unsure: false } : {},
)
/** A new try is a new payment; what the old one still says no longer counts, unless it says that it was paid. */
export const forgetPayment = booking.assign({ payment: null, fault: null })
export const takeFault = booking.assign(({ event }) =>
  event.type === 'UNPAID' ? { fault: event.fault, unsure: false } : {},
)
export const setPaid = booking.assign(({ event }) =>
  event.type === 'PAID'
    ? { paid: true, cash: false, payment: event.payment, fault: null, unsure: false }
    : {},
)
export const setUnsure = booking.assign({ unsure: true })
export const setCash = booking.assign({ cash: true, fault: null })
/** Whoever hands it on is done with it. */
export const takeMilestone = booking.assign(({ context, event }) => {
  if (event.type !== 'PASSED') return {}
  const { milestone } = event
  const isRelay = relayedAt({ ...context, milestone }) === milestone
  // Whoever sits in the other bus has taken it.
  const { waited } = event
  return { milestone, instead: null, ...(isRelay && { carrier: null }), ...(waited && { waited }) }
})
/** The milestone that is to come is known: what was sent comes back. */
export const takeReturn = booking.assign(({ context }) => {
  const back = lineOf(context.line).back
  return back ? { milestone: back.id } : {}
})
export const takeStars = booking.assign(({ event }) =>
  event.type === 'ANSWER' ? { stars: Number(event.value) } : {},
)
/** The end as the line words it, or as whoever could not keep it says. */
export const endFor = (of: (words: LineWords, isReady: boolean) => WordKey) =>
  booking.assign(({ context, event }) => ({
    ended:
      (event.type === 'UNHELD' && !context.paid && event.why) ||
      of(wordsOf(lineOf(context.line), context.given), relayedAt(context) !== null),
    lacking: (event.type === 'UNHELD' && event.lacking) || null,
  }))
export const endAs = (ended: WordKey) => booking.assign({ ended, problem: null })

export const sayTo = (of: (context: BookingContext) => Phrase) =>
  booking.enqueueActions(({ context, enqueue }) => {
    enqueue({ type: 'say', params: { to: context.owner, phrase: of(context) } })
  })
export const sayEnd = sayTo((context) => ({ key: context.ended ?? 'refusedNobody', args: trip(context) }))
/** To whoever has to answer: the owner, or for as long as it is being filled in their agent. */
export const showMe = {
  type: 'show',
  params: ({ context: { owner, agent } }: Of): Does['show'] =>
    agent?.stage === 'filling' ? { to: agent.phone, role: 'agent' } : { to: owner, role: 'traveller' },
} as const

/** The rider is told to go, or that it is over. */
export const tellJourney = (type: 'CANCEL' | 'GO' | 'WAIT') =>
  booking.enqueueActions(({ context, enqueue }) => {
    enqueue({
      type: 'tell',
      params: { to: { flow: 'tracking', id: context.journey }, event: { type, cash: context.cash } },
    })
  })

/** Money that is still on its way is no longer wanted, or money that came is given back. */
export const tellPayment = (type: 'ABANDON' | 'REFUND') =>
  booking.enqueueActions(({ context, enqueue }) => {
    if (context.payment !== null)
      enqueue({ type: 'tell', params: { to: { flow: 'payment', id: context.payment }, event: { type } } })
  })

/** What a booking says of itself in the words of its line. */
const inWords = (of: (words: LineWords, context: BookingContext) => WordKey | undefined) =>
  booking.enqueueActions(({ context, enqueue }) => {
    const key = of(lineOf(context.line).words, context)
    // Nothing is said of who comes while nobody does.
    if (key && context.carrier !== null)
      enqueue({ type: 'say', params: { to: context.owner, phrase: { key, args: trip(context) } } })
  })
/** What was bought, who comes and with which code. */
export const confirmBySms = inWords(({ paid, cash, carried, carriedCash }, context) => {
  if (relayedAt(context) !== null) return context.cash ? carriedCash : carried
  return context.cash ? cash : paid
})
export const sayFound = inWords(({ found }) => found)

export const sayReminder = inWords(({ reminder }) => reminder)
export const sayDelay = inWords(({ delayed, late }, context) => (isLate(context) ? late : delayed))
export const sayStranded = sayTo((context) => ({
  key: lineOf(context.line).words.stranded ?? 'driverLeft',
  args: trip(context),
}))
export const sayReturn = inWords(({ returning, returningUnpaid }, { cash }) =>
  cash ? returningUnpaid : returning,
)

/** Who was to come does not. */
export const sayLeft = sayTo(({ line, given: said }) => ({
  key: wordsOf(lineOf(line), said).left ?? 'driverLeft',
  args: {},
}))

/** A milestone is told to whom its line says. */
export const tellPassed = booking.enqueueActions(({ context, event, enqueue }) => {
  const passed =
    event.type === 'PASSED' && lineOf(context.line).carry.find(({ id }) => id === event.milestone)
  if (!passed) return
  const { traveller, receiver, waiting = traveller, waited } = passed.tell
  const args = { ...trip(context), ...waitingWords(context) }
  for (const [key, to] of [
    [context.quote?.waiting ? waiting : traveller, context.owner],
    [event.waited && waited, context.owner],
    [(context.cash && passed.tell.receiverPays) || receiver, receiverOf(context)],
  ] as const)
    if (key && to) enqueue({ type: 'say', params: { to, phrase: { key, args } } })
})

/** Who has been there knows what they meant. */
export const learn = { type: 'learn', params: {} } as const
/** A journey that was made is one that may be made again. */
export const remember = booking.enqueueActions(({ context, event: { at }, enqueue }) => {
  const { owner: person, line, given: all } = context
  const { again } = lineOf(line)
  if (!again || isReturned(context)) return
  const whole = again.whole?.(all) ?? all
  const journey = again.fields.flatMap((field) => given(whole, field) ?? [])
  enqueue({ type: 'remember', params: { person, line, journey, at } })
})
export const rateDriver = booking.enqueueActions(({ context, event, enqueue }) => {
  const { carrier, line } = context
  if (event.type !== 'ANSWER' || !carrier) return
  const partner = lineOf(line).price === 'offers' ? (carrier.id ?? null) : null
  enqueue({ type: 'rate', params: { driver: carrier.phone, partner, stars: Number(event.value) } })
})
