import { formatMoney } from '../../core/base/money.ts'
import type { DriverClaims } from '../../core/move/drivers.ts'
import type { Draft } from '../../core/run/draft.ts'
import { ask, decide, type Errand, type Handlers, write } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { travellersIn } from '../lines/bus.ts'
import { type LineWorld, lookUp, quoteFor } from '../lines/effects.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { beginPayment, type PaymentWorld } from '../payment/effects.ts'
import type { TrackingInput } from '../tracking/model.ts'
import { receiverOf } from './changes.ts'
import { type BookingContext, bookingContext, bookingEffects } from './model.ts'

export type BookingWorld = PaymentWorld & LineWorld

type Tx = Ledgered & { readonly drivers: DriverClaims }

/** What a booking asks of the world, one handler an effect. */
export function bookingHandlers(world: BookingWorld): Handlers<Tx> {
  const { clock } = world
  return {
    lookUp: ask('booking', bookingEffects.lookUp, (wanted) => lookUp(world, wanted)),
    requestQuote: ask('booking', bookingEffects.requestQuote, ({ line, given: said }) =>
      quoteFor(world, line, said),
    ),
    reserve: decide('booking', bookingEffects.reserve, async (_, errand, draft) => {
      const about = await bookingOf(draft, errand)
      if (about?.state !== 'holding' || (await draft.get(journeyRef(about.context)))) return undefined
      const { owner, code } = about.context
      draft.open(
        journeyRef(about.context),
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
  seats: seatsOf(context),
  go: context.paid,
})

const journeyRef = ({ journey }: BookingContext) => ({ flow: 'tracking', id: journey }) as const

const seatsOf = (context: BookingContext): TrackingInput['seats'] => {
  const [departure, from, to] = ['departure', 'from', 'to'].map((field) => given(context.given, field)?.value)
  if (lineOf(context.line).reserve !== 'seats' || !departure || !from || !to) return null
  return { departure, from, to, count: travellersIn(context.given) }
}

const goodsOf = (context: BookingContext): TrackingInput['goods'] => {
  const [receiver, kg] = [receiverOf(context), given(context.given, 'weight')?.label]
  return receiver && kg ? { receiver, kg } : null
}
