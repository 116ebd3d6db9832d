import type { TariffRules } from '../../core/sell/fare.ts'
import type { Lacking } from '../effects.ts'
import type { Language, Phrase, WordKey } from '../words/index.ts'
import type { Field, Given } from './field.ts'
import type { Wanted } from './text.ts'

/** Something passed on the way. */
export type Milestone = {
  readonly id: string
  /** The word with which the driver reports it, as the driver's menu says it. */
  readonly verb: WordKey
  /** `code`: the code must be given that was sent to the traveller, or to who receives. */
  readonly prove: 'none' | 'code'
  /** What the driver is told once the milestone before it is passed, with the slots of an errand. */
  readonly ask: WordKey
  /** The same where money is taken then. */
  readonly askCash?: WordKey
  /** What is carried is on the way once this is passed. */
  readonly aboard: boolean
  /** Somebody else is then sought to carry it on: one of the line's drivers, who is offered it. */
  readonly relay?: true
  /** What the traveller, and who receives, are told when it is passed. */
  readonly tell: {
    readonly traveller?: WordKey
    readonly receiver?: WordKey
    readonly receiverPays?: WordKey
    /** Told the traveller instead, where from now on waiting is counted and may cost something. */
    readonly waiting?: WordKey
    /** Told the traveller where the wait that ends with it costs something. */
    readonly waited?: WordKey
  }
  /** From here on the traveller is waited for, until the next. */
  readonly waits?: true
}

/** What a booking says of itself on the way; all of it with the slots of `trip`. */
export type LineWords = {
  /** How the job is offered to a driver, where its way does not say it all. */
  readonly offer?: WordKey
  /** Somebody comes, and it is not paid yet: where it is offered first. */
  readonly found?: WordKey
  /** Paid, and somebody comes: the text that stays. */
  readonly paid: WordKey
  readonly cash?: WordKey
  /** A yes to the price that pays it at the end. */
  readonly yesCash?: WordKey
  /** That after a payment which did not come, where it is not who booked that pays. */
  readonly cashInstead?: WordKey
  /** The screen until it is on the way, and from then on. */
  readonly booked: WordKey
  readonly underway: WordKey
  readonly rating: WordKey
  /** While it is reserved. */
  readonly holding: WordKey
  /** Who was to come does not, and another is sought. */
  readonly left?: WordKey
  /** Nobody is there, or nothing is free: before it was paid, and afterwards. */
  readonly nobody: WordKey
  readonly nobodyPaid: WordKey
  /** Where one may wait for what is full: whether they would, that they do, and that something came free. */
  readonly wait?: {
    readonly ask: WordKey
    readonly in: WordKey
    readonly free: WordKey
    readonly over: WordKey
  }
  /** Something else as well, where that is not a product; and that some of what was wanted is gone. */
  readonly more?: WordKey
  readonly less?: WordKey
  /** Some time before it leaves. */
  readonly reminder?: WordKey
  /** It leaves later than was sold; and so much later that it may be given back. */
  readonly delayed?: WordKey
  readonly late?: WordKey
  /** Where one may leave at another time: which one, and that it is so. */
  readonly which?: WordKey
  readonly moved?: WordKey
  /** It is ready, and somebody is sought to carry it on; then who does, where it is paid, or not yet. */
  readonly seeking?: WordKey
  readonly carried?: WordKey
  readonly carriedCash?: WordKey
  /** It is ready, and nobody was found to carry it on; and the end of that, where it was not paid yet, or was. */
  readonly stranded?: WordKey
  readonly unbrought?: WordKey
  readonly unbroughtPaid?: WordKey
  /** It is on its way back; and the question for stars then. */
  readonly returning?: WordKey
  /** The same where it is paid then. */
  readonly returningUnpaid?: WordKey
  readonly returned?: WordKey
  /** What who received it is told afterwards, where that is somebody else. */
  readonly handed?: WordKey
}

/**
 * What it costs. `tariff`: by the way and the weight. `seats`: by the fares and rules of whoever runs it. `offers`: as
 * those say who want to carry it. `basket`: by the price lists of whoever sells it.
 */
export const PRICES = ['tariff', 'seats', 'offers', 'basket'] as const
export type Price = (typeof PRICES)[number]

/**
 * What is kept while it is paid, and sold afterwards. `seats`: on what leaves by a timetable. `carrier`: whose offer was
 * taken. `stock`: in a warehouse.
 */
export const KEPT = ['seats', 'carrier', 'stock'] as const
export type Kept = (typeof KEPT)[number]

/** `offer`: a driver says yes before it is paid. `assign`: the nearest gets it as soon as it is paid. */
export type Reserve = 'offer' | 'assign' | Kept

export const isKept = (reserve: Reserve): reserve is Kept => KEPT.some((one) => one === reserve)

/** What both sides agree to when an offer is taken; its price waits in escrow until delivery. */
export type Terms = {
  /** So long offers are taken. */
  readonly openMs: number
  /** What the operator keeps of the price; hundredths of a percent. */
  readonly commissionBp: number
  /** Nothing delivered for so long: a person must look. */
  readonly deliverWithinMs: number
  /** So long the payer may object to a delivery that was only said. */
  readonly objectWithinMs: number
}

/** A vehicle that one may want instead of the usual one; its drivers and its tariff go by its name. */
export type OtherVehicle = {
  readonly id: string
  /** How it is asked for in place of the usual one, and the usual one in place of it. */
  readonly want: WordKey
  readonly usual: WordKey
  /** Where a booking says something else of it. */
  readonly words: Partial<LineWords>
}

/** As much as there is. */
export type Less = { readonly given: Given; readonly wanted: readonly Wanted[] }

/** A service line is data: a form, and policies that the same three machines read. */
export interface ServiceLine {
  readonly id: string
  readonly menu: WordKey
  readonly fields: readonly Field[]
  /** What is never asked, but may be said in advance. */
  readonly asides?: readonly Field[]
  /** What may be said to the price besides yes and no: to pay at the end, to want something else as well, to ask why. */
  readonly besides?: readonly ('cash' | 'more' | 'why')[]
  readonly price: Price
  /** Said in advance, or to the price. */
  readonly other?: OtherVehicle
  /** What it costs by the way until an operator sets a tariff with a date; an operator's always goes first. */
  readonly tariff?: TariffRules
  readonly reserve: Reserve
  /** The line whose drivers carry it out; its own where there are none. */
  readonly drivers: string
  /** The driver, too, is asked how it was. */
  readonly rates?: true
  /** Whose the fare is. */
  readonly earns: 'driver' | 'partner'
  /** The field that says where it ends, where that may be changed until it has ended. */
  readonly redirect?: string
  /** So long before leaving nothing can be called off any more; null where it does not leave by a timetable. */
  readonly cancelUntilMs: number | null
  readonly pay: readonly ('before' | 'cash')[]
  /** Where the price is not earned by arriving alone. */
  readonly terms?: Terms
  readonly carry: readonly Milestone[]
  /** Instead of the last milestone, where it cannot be handed over; null where there is nothing to take back. */
  readonly back: Milestone | null
  readonly words: LineWords
  /** What the law of taxes calls it: a service of the table that an accountant keeps. */
  readonly taxedAs: string
  /** Words that begin a text about it, by language, with spaces between. */
  readonly keywords: Readonly<Record<Language, string>>
  /** What the rest of such a text says. */
  read(tail: string): Wanted[]
  /** What of the form makes the same journey again, and how the menu says it; null where that is never wanted. */
  readonly again: {
    readonly fields: readonly string[]
    readonly say: WordKey
    /** What was said, each field once, where that is more than the last answer to each. */
    readonly whole?: (said: Given) => Given
  } | null
  /** What stays said where there is too little of it, and what is wanted instead; null where nothing would be left. */
  readonly less?: (said: Given, lacking: Lacking) => Less | null
  /** What is being booked, in a few words; the draft's name while too little is known. */
  summary(said: Given): Phrase
  /** What goes along with it, each in a few words. */
  readonly along?: (said: Given) => readonly Phrase[]
}
