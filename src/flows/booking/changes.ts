import { setup } from 'xstate'
import { formatMoney, type Money } from '../../core/base/money.ts'
import { account } from '../../core/pay/accounts.ts'
import type { Params } from '../effects.ts'
import { type Field, given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { HELP_PHONE, type Phrase, phrase, type WordKey } from '../words/index.ts'
import type { BookingContext, BookingEvent, BookingInput, bookingEffects } from './model.ts'

type Does = Params<typeof bookingEffects>
type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** Only effects stand in `actions`; changes of context are made below, so that the types tell the two apart. */
export const booking = setup({
  types: { context: {} as BookingContext, events: {} as BookingEvent, input: {} as BookingInput },
  actions: {
    lookUp: (_, _params: Does['lookUp']) => {},
    requestQuote: (_, _params: Does['requestQuote']) => {},
    reserve: (_, _params: Does['reserve']) => {},
    startPayment: (_, _params: Does['startPayment']) => {},
    rate: (_, _params: Does['rate']) => {},
    receipt: (_, _params: Does['receipt']) => {},
    tell: (_, _params: Does['tell']) => {},
    say: (_, _params: Does['say']) => {},
    show: (_, _params: Does['show']) => {},
    post: (_, _params: Does['post']) => {},
  },
})

/** The question to ask now; undefined when everything is known. */
export const fieldOf = (context: BookingContext): Field | undefined =>
  lineOf(context.line).fields.find((field) => field.when(context.given))

export const priceOf = ({ quote }: BookingContext): Money =>
  quote?.price ?? { amountMinor: 0, currency: 'RWF' }

/** Once the traveller is on the way there is nothing left to cancel. */
export const isAboard = (context: BookingContext): boolean =>
  lineOf(context.line).carry.some(({ id, aboard }) => aboard && id === context.milestone)

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

/** The question that is open is answered from a list that we do not have yet. */
export const lacksChoices = (context: BookingContext): boolean =>
  context.found === null && fieldOf(context)?.of !== null

/** The slots that news about a trip may fill. */
export const trip = (context: BookingContext) => ({
  code: context.code,
  price: formatMoney(priceOf(context)),
  driver: context.carrier?.name ?? '',
  plate: context.carrier?.plate ?? '',
  phone: context.carrier?.phone ?? '',
  start: context.carrier?.startCode ?? '',
  minutes: String(context.carrier?.minutes ?? ''),
  from: given(context.given, 'from')?.label ?? '',
  to: given(context.given, 'to')?.label ?? '',
  help: HELP_PHONE,
})

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
export const seekWanted = booking.assign(({ context }) => ({ query: wantedText(context) ?? null }))

/** Choices from the world: shown, or taken at once when they are plainly what was meant. */
export const takeFound = booking.assign(({ context, event }) => {
  const field = fieldOf(context)
  if (event.type !== 'FOUND' || !field) return {}
  const wanted = context.wanted.filter((one) => one.field !== field.id)
  const [first] = event.options
  if (context.query === null) return { found: event.options, wanted }
  if (!first) return { found: null, query: null, wanted, problem: 'unknownPlace' as const }
  const result = event.sure ? field.parse(first.value, event.options, context.given) : undefined
  if (result?.kind !== 'ok') {
    const problem = result?.kind === 'wrong' ? result.why : ('whichPlace' as const)
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
export const takeQuote = booking.assign(({ event, context }) => {
  if (event.type !== 'QUOTED') return {}
  return { quote: event.quote, problem: context.quote === null ? null : ('priceChanged' as const) }
})
export const takeCarrier = booking.assign(({ event }) =>
  event.type === 'HELD' ? { carrier: event.carrier, milestone: null } : {},
)
export const dropCarrier = booking.assign({ carrier: null, milestone: null })
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
/** Said of the present payment, for the first time. */
export const isNewDoubt = ({ context, event }: In): boolean =>
  event.type === 'UNSURE' && event.payment === context.payment && !context.unsure
export const setUnsure = booking.assign({ unsure: true })
export const setCash = booking.assign({ cash: true, fault: null })
export const takeMilestone = booking.assign(({ event }) =>
  event.type === 'PASSED' ? { milestone: event.milestone } : {},
)
export const takeStars = booking.assign(({ event }) =>
  event.type === 'ANSWER' ? { stars: Number(event.value) } : {},
)
export const endAs = (ended: WordKey) => booking.assign({ ended })

type Of = { readonly context: BookingContext }

export const sayTo = (of: (context: BookingContext) => Phrase) =>
  booking.enqueueActions(({ context, enqueue }) => {
    enqueue({ type: 'say', params: { to: context.owner, phrase: of(context) } })
  })
export const showMe = {
  type: 'show',
  params: ({ context }: Of) => ({ to: context.owner, role: 'traveller' as const }),
} as const

/** The question that comes next, unless the answer to it was said in advance. A turn that answers drops this. */
export const showQuestion = booking.enqueueActions(({ context, enqueue }) => {
  const isAsked = fieldOf(context) && wantedText(context) === undefined && !lacksChoices(context)
  if (isAsked) enqueue({ type: 'show', params: showMe.params({ context }) })
})

/** The rider is told to go, or that it is over. */
export const tellJourney = (type: 'CANCEL' | 'GO') =>
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

/** What was bought, who comes and with which code; nothing while nobody comes. */
export const confirmBySms = booking.enqueueActions(({ context, enqueue }) => {
  if (context.carrier === null) return
  enqueue({
    type: 'say',
    params: { to: context.owner, phrase: phrase(context.cash ? 'cashTrip' : 'receipt', trip(context)) },
  })
})

/**
 * Once the service was given, the fare is the driver's but for the operator's part. Of a fare in cash the driver has
 * all in hand and owes that part.
 */
export const earn = booking.enqueueActions(({ context, event: { at }, enqueue }) => {
  const { paid, cash, carrier, quote, line, payment } = context
  if (!paid && !cash) return
  const { amountMinor, currency } = priceOf(context)
  const driver = carrier?.id === undefined ? null : account('driver', carrier.id)
  const commissionMinor = driver ? (quote?.commissionMinor ?? 0) : 0
  const post = (kind: string, debit: string, credit: string, amount: number) => {
    if (amount > 0) enqueue({ type: 'post', params: { kind, debit, credit, amountMinor: amount, currency } })
  }
  if (paid) post('earned', 'unearned', driver ?? 'earned', amountMinor - commissionMinor)
  if (driver) post('commission', paid ? 'unearned' : driver, 'commission', commissionMinor)
  enqueue({ type: 'receipt', params: { line, money: priceOf(context), payment: paid ? payment : null, at } })
})
export const rateDriver = booking.enqueueActions(({ context, event, enqueue }) => {
  if (event.type === 'ANSWER' && context.carrier)
    enqueue({ type: 'rate', params: { driver: context.carrier.phone, stars: Number(event.value) } })
})
/** Cancelled before it began: the whole price goes back. */
export const giveBack = booking.enqueueActions(({ context, enqueue }) => {
  if (!context.paid || context.payment === null) return
  enqueue({
    type: 'tell',
    params: { to: { flow: 'payment', id: context.payment }, event: { type: 'REFUND' } },
  })
})
