import { formatMoney, type Money } from '../../core/base/money.ts'
import { isMsisdn, type Msisdn } from '../../core/base/phone.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { HELP_PHONE } from '../words/index.ts'
import type { BookingContext } from './model.ts'

/** What it costs; nothing before there is a price. */
export const priceOf = ({ quote }: BookingContext): Money =>
  quote?.price ?? { amountMinor: 0, currency: 'RWF' }

/** What is paid to the driver in cash: for the wait, and the price where that is not paid yet. */
const dueOf = ({ cash, waited, quote }: BookingContext): Money => {
  const { amountMinor, currency } = quote?.price ?? { amountMinor: 0, currency: 'RWF' as const }
  return { amountMinor: (cash ? amountMinor : 0) + (waited?.amountMinor ?? 0), currency }
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
  price: formatMoney(priceOf(context)),
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
