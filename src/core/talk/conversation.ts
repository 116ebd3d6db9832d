import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Usual } from '../people/habits.ts'
import type { InstanceRef, Role } from '../run/flow.ts'
import type { Offering } from '../sell/loads.ts'
import type { ChannelName } from './channel.ts'

/** What a person is looking at. */
export type Focus =
  /** `usual`: what the person usually does, as this menu shows it; null on the plain one, not yet known without. */
  | { readonly kind: 'menu'; readonly usual?: Usual | null }
  /** An agent who books for somebody: who is it, and then what? */
  | { readonly kind: 'counter'; readonly customer: Msisdn | null }
  /** A carrier who says what they want for a load. */
  | { readonly kind: 'bid'; readonly load: Offering }
  /** In front of one instance. `reopened`: they came back to it, so what it offers meanwhile is shown. */
  | { readonly kind: 'talk'; readonly about: InstanceRef; readonly role: Role; readonly reopened: boolean }
  /** Came back to a question left open: go on, or start again? */
  | { readonly kind: 'resume'; readonly about: InstanceRef; readonly role: Role }

/** The first screen. */
export const MENU: Focus = { kind: 'menu' }
/** The same for everybody: what a short-cut's keys mean must not change with what its owner does. */
export const PLAIN_MENU: Focus = { kind: 'menu', usual: null }

/** One per person, whatever phone, channel or provider session they speak through. */
export type Conversation = {
  readonly person: Msisdn
  /** Counts turns; a write against an older count is refused. */
  readonly seq: number
  readonly language: string
  /** Where they last spoke; where we speak to them. */
  readonly channel: ChannelName
  readonly focus: Focus
  readonly page: number
  /** The USSD session and what was heard in it, to find what is new in the next hop. */
  readonly session: string
  /** The session before: its hops may still be on their way. */
  readonly earlier: string
  readonly heard: string
  readonly heardAt: Instant
  /** They wrote STOP: only answers and messages about what they ordered reach them. */
  readonly optedOut: boolean
}

/** Somebody we have not heard of: `seq` 0 says that there is no row yet. */
export const newConversation = (
  person: Msisdn,
  channel: ChannelName,
  language: string,
  at: Instant,
): Conversation => ({
  person,
  channel,
  language,
  seq: 0,
  focus: { kind: 'menu' },
  page: 0,
  session: '',
  earlier: '',
  heard: '',
  heardAt: at,
  optedOut: false,
})
