import { formatMoney } from '../../../core/base/money.ts'
import type { DriverClaims } from '../../../core/move/drivers.ts'
import { missesIn } from '../../../core/move/misses.ts'
import type { PlaceLessons } from '../../../core/move/places.ts'
import { account } from '../../../core/pay/accounts.ts'
import type { AgentRequests } from '../../../core/people/agents.ts'
import type { HabitNotes } from '../../../core/people/habits.ts'
import type { Draft } from '../../../core/run/draft.ts'
import { ask, decide, type Errand, type Handlers, write } from '../../../core/run/handler.ts'
import type { Ledgered } from '../../../core/run/store.ts'
import type { LoadBoard } from '../../../core/sell/loads.ts'
import type { EscrowInput } from '../../escrow/model.ts'
import { lookUp } from '../../lines/effects/look-ups.ts'
import { quoteFor } from '../../lines/effects/quotes.ts'
import type { LineWorld } from '../../lines/effects/world.ts'
import { areaIn, given } from '../../lines/field.ts'
import { lineOf } from '../../lines/index.ts'
import { otherOf } from '../../lines/vehicle.ts'
import { wishOf } from '../../lines/wish.ts'
import { beginPayment, type PaymentWorld } from '../../payment/effects.ts'
import type { TrackingInput } from '../../tracking/model.ts'
import { escrowOf } from '../earning.ts'
import { receiverOf } from '../facts.ts'
import { isAssigned } from '../guards.ts'
import { type BookingContext, bookingContext, bookingEffects } from '../model.ts'
import { publish } from './publish.ts'

export type BookingWorld = PaymentWorld & LineWorld

type Tx = Ledgered & {
  readonly drivers: DriverClaims
  readonly loads: LoadBoard
  readonly agentRequests: AgentRequests
  readonly lessons: PlaceLessons
  readonly habits: HabitNotes
}

/** Why somebody is not asked, as the agent is told. */
const UNASKED = { spared: 'customerSpared', flooding: 'agentFlooding' } as const

/** What a booking asks of the world, one handler an effect. */
export function bookingHandlers(world: BookingWorld): Handlers<Tx> {
  const { clock } = world
  return {
    lookUp: ask('booking', bookingEffects.lookUp, (wanted) => lookUp(world, wanted)),
    requestQuote: ask('booking', bookingEffects.requestQuote, ({ line, given: said, owner }) =>
      quoteFor(world, line, said, owner),
    ),
    askOwner: write('booking', bookingEffects.askOwner, async ({ agent, owner }, errand, tx: Tx, draft) => {
      const about = await bookingOf(draft, errand)
      if (about?.state !== 'confirming' || about.context.agent?.stage !== 'filling') return undefined
      const request = { booking: about.context.id, agent, customer: owner, at: clock.now() }
      const asked = await tx.agentRequests.ask(request)
      return asked === 'asked' ? { type: 'ASKED' } : { type: 'UNASKED', why: UNASKED[asked] }
    }),
    answered: write('bulk', bookingEffects.answered, async ({ isYes }, { about }, tx: Tx) => {
      if (about) await tx.agentRequests.answered(about.id, isYes)
      return undefined
    }),
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
    publish: write('booking', bookingEffects.publish, async (_, errand, tx: Tx, draft) => {
      const about = await bookingOf(draft, errand)
      if (about) await publish(about.context, errand, tx, draft, clock.now())
      return undefined
    }),
    openEscrow: decide('payment', bookingEffects.openEscrow, async (_, errand, draft) => {
      const about = await bookingOf(draft, errand)
      const input = about && escrowFor(about.context)
      if (!about || !input || (await draft.get({ flow: 'escrow', id: input.id }))) return undefined
      const { owner, code, id: root } = about.context
      draft.open({ flow: 'escrow', id: input.id }, { owner, code, root, input }, errand.id, clock.now())
      return undefined
    }),
    learn: write('bulk', bookingEffects.learn, async (_, { about }, tx: Tx) => {
      if (!about) return undefined
      const journal = await tx.journal(about)
      const owner = (await tx.instance(about))?.owner
      const misses = missesIn(
        journal.map(({ event }) => event),
        (value) => areaIn(value) === null,
      )
      if (owner) await tx.lessons.learn(misses, owner, clock.now())
      return undefined
    }),
    remember: write(
      'bulk',
      bookingEffects.remember,
      async ({ person, line, journey, at }, { about }, tx: Tx) => {
        if (about) await tx.habits.add(person, line, journey, at, about.id)
        return undefined
      },
    ),
    rate: write('bulk', bookingEffects.rate, async ({ driver, partner, stars }, _errand, tx: Tx) => {
      if (partner === null) await tx.drivers.rate(driver, stars)
      else await tx.loads.rate(partner, stars)
      return undefined
    }),
  }
}

/** What waits until a load is delivered; undefined where nothing does. */
function escrowFor(context: BookingContext): EscrowInput | undefined {
  const { terms, earns } = lineOf(context.line)
  const { carrier, quote, payment, owner, code } = context
  if (!terms || !carrier?.id || !quote || payment === null) return undefined
  return {
    ...{ id: escrowOf(context), booking: context.id, payment, owner, code },
    payee: { account: account(earns, carrier.id), phone: carrier.phone, name: carrier.name },
    money: quote.price,
    commissionMinor: quote.commissionMinor ?? 0,
    deliverWithinMs: terms.deliverWithinMs,
    objectWithinMs: terms.objectWithinMs,
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
  fee: feeOf(context),
  goods: goodsOf(context),
  wish: wishOf({ ...context, offers: context.bids?.offers ?? [] }, lineOf(context.line).reserve),
  // Who is simply assigned waits for no yes, and for no money that they take themselves.
  ...(isAssigned({ context }) && context.cash ? { go: true, cash: true } : { go: context.paid }),
  ...fleetOf(context),
  ...waitingOf(context),
})

/** Whose drivers come, where they are not the line's usual ones. */
const fleetOf = ({ line, given: said }: BookingContext): Pick<TrackingInput, 'fleet'> => {
  const other = otherOf(lineOf(line), said)
  return other ? { fleet: other.id } : {}
}

/** What is owed for waiting, where that costs anything. */
const waitingOf = ({ quote }: BookingContext): Pick<TrackingInput, 'waiting'> =>
  quote?.waiting ? { waiting: { terms: quote.waiting, fare: quote.price, since: null, waited: null } } : {}

/** What is left for who brings it, where that is not all of the price: goods are paid for, or it is agreed in terms. */
const feeOf = ({ quote, line }: BookingContext): string | null => {
  const { terms } = lineOf(line)
  const minor = quote?.seller?.amountMinor ?? (terms && (quote?.commissionMinor ?? 0))
  return quote && minor !== undefined
    ? formatMoney({ ...quote.price, amountMinor: quote.price.amountMinor - minor })
    : null
}

const journeyRef = ({ journey }: BookingContext) => ({ flow: 'tracking', id: journey }) as const

/** Who is not told from the traveller receives it. */
const goodsOf = (context: BookingContext): TrackingInput['goods'] => {
  const kg = given(context.given, 'weight')?.label ?? given(context.given, 'vehicle')?.label
  return kg ? { receiver: receiverOf(context) ?? context.owner, kg } : null
}
