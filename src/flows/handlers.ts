import { z } from 'zod'
import type { DriverClaims } from '../core/move/drivers.ts'
import type { CreditOffice } from '../core/pay/credit.ts'
import type { FiscalBook } from '../core/pay/fiscal.ts'
import { call, decide, type Handlers } from '../core/run/handler.ts'
import type { Ledgered } from '../core/run/store.ts'
import type { Departures, SeatClaims } from '../core/sell/seats.ts'
import { type Messenger, speakParams } from '../core/talk/messenger.ts'
import { telling } from '../core/talk/view.ts'
import { type BookingWorld, bookingHandlers } from './booking/effects.ts'
import { msisdn, shared } from './effects.ts'
import { type InvoiceWorld, invoiceHandlers } from './invoice/effects.ts'
import { paymentHandlers } from './payment/effects.ts'
import { payoutHandlers } from './payout/effects.ts'
import { receiptHandlers } from './receipt/effects.ts'
import { trackingHandlers } from './tracking/effects.ts'
import { render } from './words/index.ts'

/** Who speaks for us; handed in after the engine stands, since speaking reads it. */
export type Voices = {
  readonly messenger: () => Messenger
  /** Rings a person who rang us. */
  readonly callBack: (person: z.infer<typeof msisdn>, id: string) => Promise<void>
}

type Tx = Ledgered & {
  readonly drivers: DriverClaims
  readonly seats: SeatClaims
  readonly departures: Departures
  readonly receipts: FiscalBook
  readonly credit: CreditOffice
}

/** One handler for every effect of every machine. */
export function createHandlers(world: BookingWorld & InvoiceWorld, voices: Voices): Handlers<Tx> {
  const { clock } = world
  return {
    ...bookingHandlers(world),
    ...trackingHandlers(world),
    ...paymentHandlers(world),
    ...payoutHandlers(world.providers),
    ...invoiceHandlers(world),
    ...receiptHandlers(world),
    tell: decide('booking', shared.tell, async ({ to, event }, { id }, draft) => {
      await draft.apply(to, event, id, clock.now())
      return undefined
    }),
    say: call('message', shared.say, async ({ to, phrase }, { id }) => {
      await voices
        .messenger()
        .say(id, to, (language) =>
          telling({ kind: 'tell', id: phrase.key, say: render(phrase, language), next: 'end' }, language),
        )
      return undefined
    }),
    show: call('message', shared.show, async ({ to, role }, { id, about }) => {
      if (about) await voices.messenger().show(id, to, about, role)
      return undefined
    }),
    speak: call('message', speakParams, async ({ to, channel, shown }, { id }) => {
      await voices.messenger().speak(id, to, channel, shown)
      return undefined
    }),
    callBack: call('message', z.object({ person: msisdn }), async ({ person }, { id }) => {
      await voices.callBack(person, id)
      return undefined
    }),
  }
}
