import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { OwnPlace, Said, Usual } from '../people/habits.ts'
import type { Flow, Happening, Role, Snapshot } from '../run/flow.ts'
import type { Basket } from '../sell/basket.ts'
import type { Bidder, Load, Offering } from '../sell/loads.ts'
import type { Chrome, Option, Prompt } from './prompt.ts'

/** What a carrier asks, and until when: as it was typed, or in minor units and as a moment. */
export type Asking = { readonly amount: string | number; readonly until: string | Instant | null }

/** Which of the offers as they are shown, from 1, and what would be paid for it, as it was typed. */
export type Countering = { readonly nth: number; readonly amount: string }

/** How a conversation begins or turns, whatever words or keys said it. */
export type Intent =
  | { readonly name: 'menu' }
  | { readonly name: 'tell'; readonly key: 'help' | 'youAreWelcome' | 'badTicket' | 'bidHow' | 'counterHow' }
  | { readonly name: 'news'; readonly wanted: boolean }
  | {
      readonly name: 'book'
      readonly line: string
      readonly wanted: readonly { readonly field: string; readonly text: string }[]
      /** Whom an agent books it for. */
      readonly for?: Msisdn
      /** Answers that need no question: those of a journey made before. */
      readonly given?: readonly Said[]
    }
  /** An agent begins to book for somebody. */
  | { readonly name: 'serve'; readonly customer: Msisdn | null }
  | { readonly name: 'track'; readonly code: string | null }
  | { readonly name: 'cancel'; readonly code: string | null }
  /** What is booked, at another time; `text` is what was said of that. */
  | { readonly name: 'change'; readonly code: string | null; readonly text: string | null }
  | { readonly name: 'rate'; readonly code: string; readonly stars: string }
  /** Why it costs what it does. */
  | { readonly name: 'why'; readonly code: string | null }
  /** The invoice of that code, or the newest that is open. */
  | { readonly name: 'pay'; readonly code: string | null }
  | { readonly name: 'language'; readonly language: string }
  | { readonly name: 'shift'; readonly on: boolean; readonly place: string | null }
  | { readonly name: 'myJob' }
  /** The last journey once more. */
  | { readonly name: 'again' }
  /** A place by what it is to the person, from now on. */
  | { readonly name: 'save'; readonly as: OwnPlace; readonly place: string }
  /** A basket by a name of the person's own: what was typed, or what they ordered last. */
  | { readonly name: 'saveBasket'; readonly as: string; readonly basket: Basket | null }
  /** A carrier's price for the load of that code. */
  | ({ readonly name: 'bid'; readonly code: string } & Asking)
  /** A carrier chose a load, and is asked what they want for it. */
  | { readonly name: 'offer'; readonly load: Offering }
  | { readonly name: 'withdraw'; readonly code: string }
  /** A shipper's own price for the n-th offer of their load. */
  | ({ readonly name: 'counter'; readonly code: string } & Countering)
  /** Loads that can be bid for, from a town or from anywhere. */
  | { readonly name: 'loads'; readonly place: string | null }
  /** A driver about the job of that code. */
  | {
      readonly name: 'job'
      /** `yes`, `no`, `drop`, `return`, or the milestone that is passed. */
      readonly verb: string
      readonly code: string
      readonly proof: string | null
    }

/** What was read in a text: the intent, and the language its keyword belongs to. */
export type Reading = { readonly intent: Intent; readonly language: string }

/** A language by its two-letter code and as those who speak it call it. */
export type Spoken = { readonly code: string; readonly name: string }

/** The words and the first screen of what is sold here; the core knows how to talk, not what about. */
export interface Script {
  readonly defaultLanguage: string
  /** Every language spoken, by its own name: whoever writes the name is spoken to in it. */
  readonly languages: readonly Spoken[]
  /**
   * @param usual what they usually do, on top; null on the plain menu
   * @param spoken the languages that it offers besides
   */
  menu(language: string, as: Role, usual: Usual | null, spoken: readonly string[]): Prompt
  /** What an agent is asked before anything is booked: for whom, and then what. */
  counter(customer: Msisdn | null, language: string): Prompt
  /** What a choice on that menu means. */
  chosen(value: string, usual: Usual | null): Intent
  /** A keyword message such as `RIDE Remera to Kacyiru` or `YES 4821`; null when it is none. */
  read(text: string): Reading | null
  /** What was begun and not yet agreed: `empty` when nothing was said, null when it is past that. */
  draft(flow: Flow, snapshot: Snapshot, language: string): { readonly summary: string } | 'empty' | null
  /** Whether it is for another day: then whoever dials a short-cut means something else by it. */
  isForLater(flow: Flow, snapshot: Snapshot): boolean
  resume(summary: string, language: string): Prompt
  /** A text by key, with nothing to answer. */
  told(key: string, args: Readonly<Record<string, string>>, language: string): Prompt
  /** What somebody hears of a booking that is another's but carried to them; null when it is not theirs to know. */
  followed(
    booking: Snapshot,
    person: string,
  ): { readonly key: string; readonly args: Readonly<Record<string, string>> } | null
  /** What is ordered by a booking; null where nothing is. */
  ordered(booking: Snapshot): Basket | null
  /** Why a booking costs what it does; null while it costs nothing yet. */
  explained(
    booking: Snapshot,
    language: string,
  ): { readonly key: string; readonly args: Readonly<Record<string, string>> } | null
  unclear(language: string): string
  /** Said to a picture or a voice note. */
  unreadable(language: string): string
  /** Said where a phone number was asked for. */
  wrongPhone(language: string): string
  chrome(language: string): Chrome
  /** What a carrier's price means to a load; null when it is no price. */
  bidFor(
    load: Snapshot,
    bidder: Bidder,
    said: Asking,
    at: Instant,
  ): {
    readonly event: Happening
    readonly key: 'bidTaken' | 'bidTakenUntil'
    /** Said instead where it means nothing to the load. */
    readonly unheard: 'bidTooDear' | 'loadGone'
    readonly args: Readonly<Record<string, string>>
  } | null
  /** What a shipper's own price means to their load; null when it is no price. */
  counterFor(
    load: Snapshot,
    said: Countering,
  ): { readonly event: Happening; readonly args: Readonly<Record<string, string>> } | null
  /** What a carrier wants for it. */
  askBid(load: Offering, language: string): Prompt
  /** Said where that is no amount. */
  badAmount(language: string): string
  /** A line each, as a carrier reads them. */
  listed(loads: readonly Load[]): string
  /** What a driver's keyword means to a journey. @param proof the code that goes with it, when there is one */
  driverSays(verb: Extract<Intent, { name: 'job' }>['verb'], proof: string | null, driver: string): Happening
}

/** A text that can be answered after all, because the person came back to it. */
export function reopened(prompt: Prompt): Prompt {
  const options: readonly Option[] = prompt.kind === 'tell' ? (prompt.options ?? []) : []
  return prompt.kind === 'tell' && options.length > 0
    ? { kind: 'choose', id: prompt.id, say: prompt.say, options }
    : prompt
}
