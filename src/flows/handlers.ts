import { z } from 'zod'
import type { DriverClaims } from '../core/move/drivers.ts'
import type { CreditOffice } from '../core/pay/credit.ts'
import type { FiscalBook } from '../core/pay/fiscal.ts'
import type { AgentRequests } from '../core/people/agents.ts'
import type { HabitNotes } from '../core/people/habits.ts'
import type { TravellerStars } from '../core/people/stars.ts'
import { call, decide, type Handlers } from '../core/run/handler.ts'
import type { Ledgered } from '../core/run/store.ts'
import type { Lane } from '../core/run/work.ts'
import type { LoadBoard } from '../core/sell/loads.ts'
import { type Messenger, speakParams } from '../core/talk/messenger.ts'
import { LANE_OF, PURPOSES, type Purpose } from '../core/talk/purpose.ts'
import { telling } from '../core/talk/view.ts'
import { type BookingWorld, bookingHandlers } from './booking/effects/index.ts'
import { msisdn, shared } from './effects.ts'
import { type InvoiceWorld, invoiceHandlers } from './invoice/effects.ts'
import { paymentHandlers } from './payment/effects.ts'
import { payoutHandlers } from './payout/effects.ts'
import { receiptHandlers } from './receipt/effects.ts'
import { trackingHandlers } from './tracking/effects/index.ts'
import type { SeatNouns } from './tracking/effects/seats.ts'
import type { StockNouns } from './tracking/effects/stock.ts'
import type { VehicleNouns } from './tracking/effects/vehicles.ts'
import { render } from './words/index.ts'

/** Who speaks for us; handed in after the engine stands, since speaking reads it. */
export type Voices = {
  readonly messenger: () => Messenger
  /** Rings a person who rang us. */
  readonly callBack: (person: z.infer<typeof msisdn>, id: string) => Promise<void>
}

type Tx = Ledgered &
  SeatNouns &
  VehicleNouns &
  StockNouns & {
    readonly drivers: DriverClaims
    readonly travellers: TravellerStars
    readonly agentRequests: AgentRequests
    readonly habits: HabitNotes
    readonly loads: LoadBoard
    readonly receipts: FiscalBook
    readonly credit: CreditOffice
  }

const meant = z.looseObject({ purpose: z.enum(PURPOSES) })

/** The lane of what is said, by what it is said for. */
const laneOf =
  (usual: Purpose) =>
  (params: unknown): Lane =>
    LANE_OF[meant.safeParse(params).data?.purpose ?? usual]

/** One handler for every effect of every machine. */
export function createHandlers(
  world: BookingWorld & InvoiceWorld & Parameters<typeof payoutHandlers>[0],
  voices: Voices,
): Handlers<Tx> {
  const { clock } = world
  return {
    ...bookingHandlers(world),
    ...trackingHandlers(world),
    ...paymentHandlers(world),
    ...payoutHandlers(world),
    ...invoiceHandlers(world),
    ...receiptHandlers(world),
    tell: decide('booking', shared.tell, async ({ to, event }, { id }, draft) => {
      await draft.apply(to, event, id, clock.now())
      return undefined
    }),
    say: call(laneOf('booking'), shared.say, async ({ to, phrase, ...meant }, { id, about }) => {
      const { purpose = 'booking', until = null } = meant
      const of = (language: string) =>
        telling({ kind: 'tell', id: phrase.key, say: render(phrase, language), next: 'end' }, language)
      await voices.messenger().say(id, to, of, { purpose, until, about })
      return undefined
    }),
    show: call(laneOf('booking'), shared.show, async ({ to, role, purpose = 'booking' }, { id, about }) => {
      if (about) await voices.messenger().show(id, to, about, role, purpose)
      return undefined
    }),
    speak: call(laneOf('answer'), speakParams, async (saying, { id, about }) => {
      await voices.messenger().speak({ id, about, ...saying })
      return undefined
    }),
    callBack: call('urgent', z.object({ person: msisdn }), async ({ person }, { id }) => {
      await voices.callBack(person, id)
      return undefined
    }),
  }
}
