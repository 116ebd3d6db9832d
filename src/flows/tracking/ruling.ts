import { type Is, isLocked, release, sayDriver, showDriver, tracking, unheld } from './changes.ts'

/** A person's word, with their name. */
export const isSaidBy = ({ event }: Is): boolean => 'by' in event && event.by.trim() !== ''
/** What a person says of a journey that is locked, with their name. */
export const isRuled = ({ context, event }: Is): boolean =>
  (event.type === 'UNLOCK' || event.type === 'RULE') && event.by.trim() !== '' && isLocked(context)
const unlock = tracking.assign({ wrongCodes: 0, problem: null })
/** A person's ruling on what is locked. */
export const ruled = [
  { guard: (now: Is) => isRuled(now) && now.event.type === 'RULE' && now.event.arrived, target: 'done' },
  { guard: isRuled, target: 'failed', actions: [sayDriver('jobCancelled'), unheld, release] },
] as const
export const unlocked = { guard: isRuled, actions: [unlock, showDriver] } as const
