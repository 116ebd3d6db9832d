import type { Flow, Happening, Snapshot } from '../run/flow.ts'
import type { Chrome, Option, Prompt } from './prompt.ts'

/** How a conversation begins or turns, whatever words or keys said it. */
export type Intent =
  | { readonly name: 'menu' }
  | { readonly name: 'tell'; readonly key: 'help' | 'youAreWelcome' | 'badTicket' }
  | { readonly name: 'news'; readonly wanted: boolean }
  | {
      readonly name: 'book'
      readonly line: string
      readonly wanted: readonly { readonly field: string; readonly text: string }[]
    }
  | { readonly name: 'track'; readonly code: string | null }
  | { readonly name: 'cancel'; readonly code: string | null }
  | { readonly name: 'rate'; readonly code: string; readonly stars: string }
  /** The invoice of that code, or the newest that is open. */
  | { readonly name: 'pay'; readonly code: string | null }
  | { readonly name: 'language'; readonly language: string }
  | { readonly name: 'shift'; readonly on: boolean; readonly place: string | null }
  | { readonly name: 'myJob' }
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

/** The words and the first screen of what is sold here; the core knows how to talk, not what about. */
export interface Script {
  readonly defaultLanguage: string
  menu(language: string, isDriver: boolean): Prompt
  /** What a choice on the menu means. */
  chosen(value: string): Intent
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
  unclear(language: string): string
  chrome(language: string): Chrome
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
