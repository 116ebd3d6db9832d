import type { Phrase, WordKey } from '../words/index.ts'
import type { Field, Given } from './field.ts'

/** Something passed on the way. */
export type Milestone = {
  readonly id: string
  /** The word with which the driver reports it, as the driver's menu says it. */
  readonly verb: WordKey
  /** `code`: the code must be given that was sent to the traveller, or to who receives. */
  readonly prove: 'none' | 'code'
  /** What the driver is told once the milestone before it is passed. */
  readonly ask:
    | 'goPickUp'
    | 'atPickUp'
    | 'riding'
    | 'collectParcel'
    | 'handOver'
    | 'takeBack'
    | 'boarding'
    | 'aboardNow'
  /** What is carried is on the way once this is passed. */
  readonly aboard: boolean
  /** What the traveller, and who receives, are told when it is passed. */
  readonly tell: { readonly traveller?: WordKey; readonly receiver?: WordKey }
}

/** What a booking says of itself on the way; all of it with the slots of `trip`. */
export type LineWords = {
  /** Somebody comes, and it is not paid yet: where it is offered first. */
  readonly found?: WordKey
  /** Paid, and somebody comes: the text that stays. */
  readonly paid: WordKey
  readonly cash?: WordKey
  /** The screen until it is on the way, and from then on. */
  readonly booked: WordKey
  readonly underway: WordKey
  readonly rating: WordKey
  /** While it is reserved. */
  readonly holding: WordKey
  /** Nobody is there, or nothing is free: before it was paid, and afterwards. */
  readonly nobody: WordKey
  readonly nobodyPaid: WordKey
  /** Some time before it leaves. */
  readonly reminder?: WordKey
  /** It is on its way back; and the question for stars then. */
  readonly returning?: WordKey
  readonly returned?: WordKey
  /** What who received it is told afterwards, where that is somebody else. */
  readonly handed?: WordKey
}

/** A service line is data: a form, and policies that the same three machines read. */
export interface ServiceLine {
  readonly id: string
  readonly menu: WordKey
  readonly fields: readonly Field[]
  /** `tariff`: by the way and the weight. `seats`: by the fares and rules of whoever runs it. */
  readonly price: 'tariff' | 'seats'
  /**
   * `offer`: a driver says yes before it is paid. `assign`: the nearest gets it as soon as it is paid. `seats`: so many
   * are kept on what leaves by a timetable, while it is paid.
   */
  readonly reserve: 'offer' | 'assign' | 'seats'
  /** The line whose drivers carry it out; its own where there are none. */
  readonly drivers: string
  /** Whose the fare is. */
  readonly earns: 'driver' | 'partner'
  /** So long before leaving nothing can be called off any more; null where it does not leave by a timetable. */
  readonly cancelUntilMs: number | null
  readonly pay: readonly ('before' | 'cash')[]
  readonly carry: readonly Milestone[]
  /** Instead of the last milestone, where it cannot be handed over; null where there is nothing to take back. */
  readonly back: Milestone | null
  readonly words: LineWords
  /** What is being booked, in a few words; the draft's name while too little is known. */
  summary(said: Given): Phrase
}
