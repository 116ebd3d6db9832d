import { setup } from 'xstate'
import { formatMoney, type Money } from '../../core/base/money.ts'
import { isMsisdn, type Msisdn } from '../../core/base/phone.ts'
import { account } from '../../core/pay/accounts.ts'
import type { Params } from '../effects.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import type { LineWords } from '../lines/line.ts'
import { HELP_PHONE, type Phrase, type WordKey } from '../words/index.ts'
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

export const priceOf = ({ quote }: BookingContext): Money =>
  quote?.price ?? { amountMinor: 0, currency: 'RWF' }

/** Once the traveller is on the way there is nothing left to cancel. */
export const isAboard = (context: BookingContext): boolean =>
  isReturned(context) ||
  lineOf(context.line).carry.some(({ id, aboard }) => aboard && id === context.milestone)

/** What was sent could not be handed over. */
export const isReturned = ({ line, milestone }: BookingContext): boolean =>
  milestone !== null && lineOf(line).back?.id === milestone

/** Who is to get what is carried; undefined where nobody but the traveller is meant. */
export const receiverOf = ({ given: said }: BookingContext): Msisdn | undefined => {
  const number = given(said, 'receiver')?.value
  return number !== undefined && isMsisdn(number) ? number : undefined
}

/** The slots that news about a trip may fill. */
export const trip = (context: BookingContext) => ({
  code: context.code,
  price: formatMoney(priceOf(context)),
  driver: context.carrier?.name ?? '',
  plate: context.carrier?.plate ?? '',
  phone: context.carrier?.phone ?? '',
  start: context.carrier?.startCode ?? '',
  back: context.carrier?.returnCode ?? '',
  minutes: String(context.carrier?.minutes ?? ''),
  from: given(context.given, 'from')?.label ?? '',
  to: given(context.given, 'to')?.label ?? '',
  receiver: receiverOf(context) ?? '',
  when: context.carrier?.passage?.when ?? '',
  seats: context.carrier?.passage?.seats.join(', ') ?? '',
  ticket: context.carrier?.passage?.ticket ?? '',
  sender: context.owner,
  help: HELP_PHONE,
})

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
/** The milestone that is to come is known: what was sent comes back. */
export const takeReturn = booking.assign(({ context }) => {
  const back = lineOf(context.line).back
  return back ? { milestone: back.id } : {}
})
export const takeStars = booking.assign(({ event }) =>
  event.type === 'ANSWER' ? { stars: Number(event.value) } : {},
)
/** The end as the line words it, or as whoever could not keep it says. */
export const endFor = (of: (words: LineWords) => WordKey) =>
  booking.assign(({ context, event }) => ({
    ended: (event.type === 'UNHELD' && !context.paid && event.why) || of(lineOf(context.line).words),
  }))
export const endAs = (ended: WordKey) => booking.assign({ ended })

type Of = { readonly context: BookingContext }

export const sayTo = (of: (context: BookingContext) => Phrase) =>
  booking.enqueueActions(({ context, enqueue }) => {
    enqueue({ type: 'say', params: { to: context.owner, phrase: of(context) } })
  })
export const sayEnd = sayTo((context) => ({ key: context.ended ?? 'refusedNobody', args: trip(context) }))
export const showMe = {
  type: 'show',
  params: ({ context }: Of) => ({ to: context.owner, role: 'traveller' as const }),
} as const

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

/** What a booking says of itself in the words of its line. */
const inWords = (of: (words: LineWords, context: BookingContext) => WordKey | undefined) =>
  booking.enqueueActions(({ context, enqueue }) => {
    const key = of(lineOf(context.line).words, context)
    // Nothing is said of who comes while nobody does.
    if (key && context.carrier !== null)
      enqueue({ type: 'say', params: { to: context.owner, phrase: { key, args: trip(context) } } })
  })
/** What was bought, who comes and with which code. */
export const confirmBySms = inWords(({ paid, cash }, context) => (context.cash ? cash : paid))
export const sayFound = inWords(({ found }) => found)

export const sayReminder = inWords(({ reminder }) => reminder)
export const sayReturn = inWords(({ returning }) => returning)

/** A milestone is told to whom its line says. */
export const tellPassed = booking.enqueueActions(({ context, event, enqueue }) => {
  const passed =
    event.type === 'PASSED' && lineOf(context.line).carry.find(({ id }) => id === event.milestone)
  if (!passed) return
  const receiver = receiverOf(context)
  for (const [key, to] of [
    [passed.tell.traveller, context.owner],
    [passed.tell.receiver, receiver],
  ] as const)
    if (key && to) enqueue({ type: 'say', params: { to, phrase: { key, args: trip(context) } } })
})
/** What leaves by a timetable is kept before it is paid, and sold afterwards. */
export const isSeated = ({ context }: Of): boolean => lineOf(context.line).reserve === 'seats'
/** Not once they are aboard, nor shortly before it leaves: the seat could not be sold again. */
export const mayCancel = ({ context, event }: In): boolean => {
  const { cancelUntilMs } = lineOf(context.line)
  const leavesAt = context.carrier?.passage?.leavesAt ?? Number.POSITIVE_INFINITY
  return !isAboard(context) && (cancelUntilMs === null || event.at < leavesAt - cancelUntilMs)
}
/** Whether the nearest driver simply gets it, once it is paid. */
export const isAssigned = ({ context }: Of): boolean => lineOf(context.line).reserve === 'assign'

/**
 * Once the service was given, the fare is the driver's or the partner's but for the operator's part. Of a fare in cash the driver has
 * all in hand and owes that part.
 */
export const earn = booking.enqueueActions(({ context, event: { at }, enqueue }) => {
  const { paid, cash, carrier, quote, line, payment } = context
  if (!paid && !cash) return
  const { amountMinor, currency } = priceOf(context)
  const driver = carrier?.id === undefined ? null : account(lineOf(line).earns, carrier.id)
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
/** What was paid goes back, all of it. */
export const giveBack = tellPayment('REFUND')
