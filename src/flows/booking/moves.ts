import { tellAgent } from './agent.ts'
import * as does from './changes.ts'
import * as earning from './earning.ts'
import * as guards from './guards.ts'
import type { BookingContext } from './model.ts'

/** Ways on that several states share. */
export const cancelled = { target: 'cancelled', actions: [does.endAs('cancelled'), tellAgent] } as const
export const lapsed = { target: 'lapsed', actions: [does.endAs('lapsed'), tellAgent] } as const

/** Everything held is let go: the rider, and a payment that may still come. */
export const letGo = [does.tellJourney('CANCEL'), does.tellPayment('ABANDON')] as const
export const nobody = [
  does.endFor(({ nobody, unbrought = nobody }, isReady) => (isReady ? unbrought : nobody)),
  does.sayEnd,
] as const
export const nobodyPaid = [
  does.endFor(({ nobodyPaid, unbroughtPaid = nobodyPaid }, isReady) =>
    isReady ? unbroughtPaid : nobodyPaid,
  ),
  does.sayEnd,
  earning.giveBack,
] as const
export const isPaid = ({ context }: { readonly context: BookingContext }): boolean => context.paid

/** Paid at the end: who comes may go, and what was held before is sold by now. */
export const isReadyForCash = ({ context }: { readonly context: BookingContext }): boolean =>
  context.cash && (context.carrier !== null || !guards.keepsFirst({ context }))

/** Who is to be assigned is looked for now; who has said yes may go. */
export const paid = [
  { guard: guards.isAssigned, target: 'holding', actions: does.setPaid },
  // What was kept while it was paid may be gone by now.
  {
    guard: guards.keepsFirst,
    target: 'holding',
    actions: [does.setPaid, earning.setAside, does.tellJourney('GO')],
  },
  { target: 'booked', actions: [does.setPaid, does.tellJourney('GO'), does.confirmBySms] },
] as const
