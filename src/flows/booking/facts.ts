import { formatMoney, type Money } from '../../core/base/money.ts'
import { isMsisdn, type Msisdn } from '../../core/base/phone.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { HELP_PHONE } from '../words/index.ts'
import type { BookingContext } from './model.ts'

/** What it costs; nothing before there is a price. */
export const priceOf = ({ quote }: BookingContext): Money =>
  quote?.price ?? { amountMinor: 0, currency: 'RWF' }

/** What was paid ahead for what is; the price, unless that was another one then. */
export const paidOf = (context: BookingContext): Money => {
  const price = priceOf(context)
  return { ...price, amountMinor: context.paidMinor ?? price.amountMinor }
}

/** What of the price is paid to the driver in cash: all that was not paid ahead. */
export const handedOf = (context: BookingContext): Money => {
  const price = priceOf(context)
  const paidMinor = context.cash ? 0 : paidOf(context).amountMinor
  return { ...price, amountMinor: Math.max(0, price.amountMinor - paidMinor) }
}

/** What was paid ahead and is more than the price by now. */
export const overpaidOf = (context: BookingContext): Money => {
  const paid = paidOf(context)
  return { ...paid, amountMinor: Math.max(0, paid.amountMinor - priceOf(context).amountMinor) }
}

/** What is paid to the driver in cash: for the wait, and of the price. */
export const dueOf = (context: BookingContext): Money => {
  const { amountMinor, currency } = handedOf(context)
  return { amountMinor: amountMinor + (context.waited?.amountMinor ?? 0), currency }
}

/** The price and what was waited for. */
export const costOf = (context: BookingContext): Money => {
  const { amountMinor, currency } = priceOf(context)
  return { amountMinor: amountMinor + (context.waited?.amountMinor ?? 0), currency }
}

/** Delivered, as the carrier says. */
export const CLAIMED = 'claimed'

/** Once the traveller is on the way there is nothing left to cancel. */
export const isAboard = (context: BookingContext): boolean =>
  isReturned(context) ||
  context.milestone === CLAIMED ||
  lineOf(context.line).carry.some(({ id, aboard }) => aboard && id === context.milestone)

/** What was sent could not be handed over. */
export const isReturned = ({ line, milestone }: BookingContext): boolean =>
  milestone !== null && lineOf(line).back?.id === milestone

/** The milestone at which it was last handed on; null while it is with who had it first. */
export const relayedAt = ({ line, milestone }: BookingContext): string | null => {
  const { carry } = lineOf(line)
  const passed = carry.findIndex(({ id }) => id === milestone)
  return carry.findLast(({ relay }, n) => relay === true && n <= passed)?.id ?? null
}

/** Who is to get what is carried; undefined where nobody but the traveller is meant. */
export const receiverOf = ({ given: said }: BookingContext): Msisdn | undefined => {
  const number = given(said, 'receiver')?.value
  return number !== undefined && isMsisdn(number) ? number : undefined
}

/** The slots that news about a trip may fill. */
export const trip = (context: BookingContext) => ({
  code: context.code,
  // Once it is called off, what comes back is what was paid.
  price: formatMoney(context.ended === null ? priceOf(context) : paidOf(context)),
  driver: context.carrier?.name ?? given(context.given, 'offer')?.label ?? '',
  plate: context.carrier?.plate ?? '',
  phone: context.carrier?.phone ?? '',
  start: context.carrier?.startCode ?? '',
  back: context.carrier?.returnCode ?? '',
  minutes: String(context.carrier?.minutes ?? ''),
  from: given(context.given, 'from')?.label ?? '',
  to: given(context.given, 'to')?.label ?? '',
  receiver: receiverOf(context) ?? '',
  what: given(context.given, 'what')?.label ?? '',
  when:
    context.carrier?.passage?.when ??
    (given(context.given, 'when') ?? given(context.given, 'departure'))?.label ??
    '',
  seats: context.carrier?.passage?.seats.join(', ') ?? '',
  ticket: context.carrier?.passage?.ticket ?? '',
  sender: context.owner,
  customer: context.owner,
  agent: context.agent?.name ?? '',
  item: context.lacking?.item ?? '',
  left: context.lacking?.left ?? '',
  help: HELP_PHONE,
})

/** The slots of news about waiting. */
export const waitingWords = (context: BookingContext) => {
  const { quote, waited } = context
  const { currency } = priceOf(context)
  const { stepMinor = 0, stepMinutes = 1 } = quote?.waiting ?? {}
  return {
    free: String(quote?.waiting?.freeMinutes ?? ''),
    rate: `${formatMoney({ amountMinor: stepMinor, currency })}/${stepMinutes === 1 ? '' : `${stepMinutes} `}min`,
    waited: String(waited?.minutes ?? ''),
    waiting: formatMoney({ amountMinor: waited?.amountMinor ?? 0, currency }),
    due: formatMoney(dueOf(context)),
  }
}
