import { LIMITS } from '../../core/base/limits.ts'
import { formatMoney, share } from '../../core/base/money.ts'
import type { DriverClaims } from '../../core/move/drivers.ts'
import { type Place, type Places, type Position, roadMetres } from '../../core/move/places.ts'
import type { Till } from '../../core/pay/fiscal.ts'
import type { Draft } from '../../core/run/draft.ts'
import type { Happening } from '../../core/run/flow.ts'
import { ask, decide, type Errand, type Handlers, write } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { fareOf, type Tariffs } from '../../core/sell/fare.ts'
import type { Option } from '../../core/talk/prompt.ts'
import { given } from '../lines/field.ts'
import { beginPayment, type PaymentWorld } from '../payment/effects.ts'
import type { TrackingInput } from '../tracking/model.ts'
import { receiverOf } from './changes.ts'
import { type BookingContext, bookingContext, bookingEffects } from './model.ts'

export type BookingWorld = PaymentWorld & {
  readonly places: Places
  readonly tariffs: Tariffs
  /** Null where no tax device signs what is sold. */
  readonly till?: Till | null
}

type Tx = Ledgered & { readonly drivers: DriverClaims }

/** A price is good for this long; a later yes is asked again. */
const QUOTE_MS = 600_000

const PIN = /^@(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)$/

/** What a booking asks of the world, one handler an effect. */
export function bookingHandlers(world: BookingWorld): Handlers<Tx> {
  const { clock } = world
  return {
    lookUp: ask('booking', bookingEffects.lookUp, ({ text }) => lookUp(world, text)),
    requestQuote: ask('booking', bookingEffects.requestQuote, (params) =>
      quoteFor(world, params.line, params.given),
    ),
    reserve: decide('booking', bookingEffects.reserve, async (_, errand, draft) => {
      const about = await bookingOf(draft, errand)
      if (about?.state !== 'holding') return undefined
      const { owner, code, journey } = about.context
      draft.open(
        { flow: 'tracking', id: journey },
        { owner, code, root: about.context.id, input: journeyOf(about.context) },
        errand.id,
        clock.now(),
      )
      return undefined
    }),
    startPayment: decide('payment', bookingEffects.startPayment, async (params, errand, draft) => {
      const about = await bookingOf(draft, errand)
      if (about?.state !== 'paying') return undefined
      const { id } = about.context
      const wanted = { ...params, flow: 'booking', booking: id, root: id } as const
      const payment = await beginPayment(world, draft, wanted, errand.id)
      return payment === null
        ? { type: 'UNPAID', payment: null, fault: 'provider_down' }
        : { type: 'PAYING', payment }
    }),
    rate: write('bulk', bookingEffects.rate, async ({ driver, stars }, _errand, tx: Tx) => {
      await tx.drivers.rate(driver, stars)
      return undefined
    }),
  }
}

async function bookingOf(
  draft: Draft,
  { about }: Errand,
): Promise<{ readonly state: string; readonly context: BookingContext } | null> {
  const booking = about && (await draft.get(about))
  return booking ? { state: booking.state, context: bookingContext.parse(booking.context) } : null
}

const journeyOf = (context: BookingContext): TrackingInput => ({
  id: context.journey,
  booking: context.id,
  owner: context.owner,
  code: context.code,
  line: context.line,
  near: context.quote?.near ?? { lat: 0, lng: 0 },
  from: given(context.given, 'from')?.label ?? '',
  to: given(context.given, 'to')?.label ?? '',
  price: context.quote ? formatMoney(context.quote.price) : '',
  goods: goodsOf(context),
  go: context.paid,
})

const goodsOf = (context: BookingContext): TrackingInput['goods'] => {
  const [receiver, kg] = [receiverOf(context), given(context.given, 'weight')?.label]
  return receiver && kg ? { receiver, kg } : null
}

/** Places by what was said: nothing yet (the popular ones), a pin, a stage number, or a name. */
async function lookUp({ places }: BookingWorld, text: string | null): Promise<Happening> {
  if (text === null)
    return { type: 'FOUND', options: (await places.popular(LIMITS.lookupChoices)).map(optionOf), sure: false }
  const pin = positionIn(text)
  if (pin) {
    const nearest = await places.nearest(pin)
    return { type: 'FOUND', options: nearest ? [{ value: text, label: nearest.name }] : [], sure: true }
  }
  const found = await places.find(text, LIMITS.lookupChoices)
  return { type: 'FOUND', options: found.places.map(optionOf), sure: found.sure }
}

const optionOf = (place: Place): Option => ({ value: place.id, label: place.name, detail: place.area })

function positionIn(value: string): Position | undefined {
  const match = PIN.exec(value)
  return match ? { lat: Number(match[1]), lng: Number(match[2]) } : undefined
}

async function quoteFor(
  { places, tariffs, clock, till }: BookingWorld,
  line: string,
  said: BookingContext['given'],
): Promise<Happening> {
  const where = async (field: string) => {
    const value = given(said, field)?.value ?? ''
    return positionIn(value) ?? (await places.byId(value))
  }
  const now = clock.now()
  const [from, to, rules] = await Promise.all([where('from'), where('to'), tariffs.inForce(line, now)])
  if (!from || !to || !rules || (await till?.mustStop(now))) return { type: 'UNQUOTED' }
  const metres = roadMetres(from, to)
  const { lines, amountMinor, currency } = fareOf(rules, metres, given(said, 'weight')?.value)
  const price = { amountMinor, currency }
  const { amountMinor: commissionMinor } = share(price, rules.commissionBp, 'down')
  const near = { lat: from.lat, lng: from.lng }
  return {
    type: 'QUOTED',
    quote: { price, commissionMinor, lines: [...lines], metres, near, validUntil: now + QUOTE_MS },
  }
}
