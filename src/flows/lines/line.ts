import type { Phrase, WordKey } from '../words/index.ts'
import type { Field, Given } from './field.ts'

/** Something passed on the way. */
export type Milestone = {
  readonly id: string
  /** The word with which the driver reports it, as the driver's menu says it. */
  readonly verb: WordKey
  /** `code`: the traveller's start code must be given. */
  readonly prove: 'none' | 'code'
  /** What the driver is told once the milestone before it is passed. */
  readonly ask: 'goPickUp' | 'atPickUp' | 'riding'
  /** The traveller is on the way once this is passed. */
  readonly aboard: boolean
  /** What the traveller is told when it is passed. */
  readonly tell: 'driverHere' | null
}

/** A service line is data: a form, and five policies that the same three machines read. */
export interface ServiceLine {
  readonly id: string
  readonly menu: WordKey
  readonly fields: readonly Field[]
  readonly price: 'tariff'
  readonly reserve: 'vehicle'
  readonly pay: readonly ('before' | 'cash')[]
  readonly carry: readonly Milestone[]
  readonly prove: 'code'
  /** What is being booked, in a few words; the draft's name while too little is known. */
  summary(said: Given): Phrase
}
