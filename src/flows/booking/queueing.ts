import { lineOf } from '../lines/index.ts'
import { tellAgent } from './agent.ts'
import * as does from './changes.ts'
import { booking } from './changes.ts'
import { says } from './form.ts'
import type { BookingContext, BookingEvent } from './model.ts'
import { letGo, nobody } from './moves.ts'

type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** There was too little left, and one may wait for more. */
export const mayWait = ({ context, event }: In): boolean =>
  event.type === 'UNHELD' && event.why === 'busFull' && lineOf(context.line).words.wait !== undefined

const endOver = does.endFor(({ wait, nobody: none }) => wait?.over ?? none)
const givenUp = { target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo, tellAgent] } as const

/** Would they wait? */
export const full = booking.createStateConfig({
  entry: does.showMe,
  on: {
    ANSWER: [
      { guard: says('yes'), target: 'waiting', actions: does.tellJourney('WAIT') },
      { guard: says('no'), ...givenUp },
    ],
    CANCEL: givenUp,
    DEADLINE: { target: 'lapsed', actions: [does.endAs('lapsed'), ...letGo, tellAgent] },
  },
})

/** In line, as long as it may still come free. */
export const waiting = booking.createStateConfig({
  on: {
    HELD: { target: 'offered', actions: does.takeCarrier },
    UNHELD: { target: 'refused', actions: [...nobody] },
    CANCEL: givenUp,
  },
})

/** It came free and is kept for them: nothing is paid before they say so. */
export const offered = booking.createStateConfig({
  entry: does.showMe,
  on: {
    ANSWER: [
      { guard: says('yes'), target: 'paying' },
      { guard: says('no'), ...givenUp },
    ],
    UNHELD: { target: 'refused', actions: [...nobody] },
    CANCEL: givenUp,
    DEADLINE: { target: 'lapsed', actions: [endOver, ...letGo, does.sayEnd] },
  },
})
