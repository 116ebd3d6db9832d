import type { Wish } from '../lines/wish.ts'
import { isKept, tracking } from './changes.ts'
import type { TrackingContext, TrackingEvent } from './model.ts'

/** What becomes of seats on what goes by a timetable: waited for, changed, called off, late, reminded of. */
type Is = { readonly context: TrackingContext; readonly event: TrackingEvent }
type Of = Pick<Is, 'context'>

/** Too little is left of what they wish for, and they may wait for more. */
export const isFull = ({ context, event }: Is): boolean =>
  event.type === 'NOBODY' && event.why === 'busFull' && context.wish?.kind === 'seats'
/** They said that they would. */
export const isPatient = ({ context: { wish } }: Of): boolean => wish?.kind === 'seats' && wish.wait === true
export const beginWaiting = tracking.assign(({ context: { wish } }) =>
  wish?.kind === 'seats' ? { wish: { ...wish, wait: true as const } } : {},
)
export const stopWaiting = tracking.assign(({ context: { wish } }) => {
  if (wish?.kind !== 'seats') return {}
  const { wait: _, ...served } = wish
  return { wish: served }
})
/** What is paid, and not begun, may be had at another time. */
export const mayMove = (now: Of): boolean => isKept(now) && now.context.go && now.context.passed === 0
export const move = tracking.enqueueActions(({ event, enqueue }) => {
  if (event.type === 'MOVE') enqueue({ type: 'move', params: { to: event.to, price: event.price } })
})
/** Other seats, other digits that let aboard, other hours to remind of. */
export const takeMoved = tracking.assign(({ event }) =>
  event.type === 'MOVED' || event.type === 'RESEATED'
    ? { driver: event.driver, wish: event.wish, reminded: 0 }
    : {},
)
/** What leaves by a timetable; undefined where nothing does. */
const departureOf = (wish: Wish): string | undefined => (wish.kind === 'seats' ? wish.departure : undefined)
export const tellMoved = tracking.enqueueActions(({ context, event, enqueue }) => {
  const to = { flow: 'booking', id: context.booking } as const
  if (event.type === 'UNMOVED') enqueue({ type: 'tell', params: { to, event: { ...event } } })
  if (event.type !== 'MOVED' || event.wish.kind !== 'seats') return
  const { driver: carrier, commissionMinor, wish } = event
  const told = { type: 'MOVED', carrier, departure: departureOf(wish), commissionMinor }
  enqueue({ type: 'tell', params: { to, event: told } })
})
export const reseat = tracking.enqueueActions(({ context: { wish }, enqueue }) => {
  if (wish?.kind === 'seats') enqueue({ type: 'reseat', params: { departure: wish.departure } })
})
export const tellReseated = tracking.enqueueActions(({ context, event, enqueue }) => {
  if (event.type !== 'RESEATED') return
  const told = { type: 'RESEATED', carrier: event.driver, departure: departureOf(event.wish) }
  enqueue({ type: 'tell', params: { to: { flow: 'booking', id: context.booking }, event: told } })
})
export const retime = { type: 'retime', params: {} } as const
/** The same seats at another hour, which is reminded of anew. */
export const takeRetimed = tracking.assign(({ event }) =>
  event.type === 'RETIMED' ? { driver: event.driver, reminded: 0 } : {},
)
/** Said of what it goes by, and not of what it went by before. */
export const isOfIt = ({ context, event }: Is): boolean =>
  (event.type === 'CALLED_OFF' || event.type === 'DELAYED') &&
  context.wish?.kind === 'seats' &&
  (event.departure ?? context.wish.departure) === context.wish.departure
export const isReminderDue = ({ context, event }: Is): boolean => {
  const next = context.driver?.passage?.remindAt[context.reminded]
  return context.go && next !== undefined && event.at >= next
}
export const countReminder = tracking.assign(({ context }) => ({ reminded: context.reminded + 1 }))
/** It has long left, and whose seats these are did not come: they were kept all the same. */
export const isMissed = ({ context, event }: Is): boolean =>
  context.go && event.at > (context.driver?.passage?.leavesAt ?? Number.POSITIVE_INFINITY)
