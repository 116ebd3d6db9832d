import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { InstanceRef, Role } from '../run/flow.ts'
import type { ChannelName } from './channel.ts'

/** What a person is looking at. */
export type Focus =
  | { readonly kind: 'menu' }
  /** In front of one instance. `reopened`: they came back to it, so what it offers meanwhile is shown. */
  | { readonly kind: 'talk'; readonly about: InstanceRef; readonly role: Role; readonly reopened: boolean }
  /** Came back to a question left open: go on, or start again? */
  | { readonly kind: 'resume'; readonly about: InstanceRef; readonly role: Role }

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
  /** The USSD session and what it has said so far, to find what is new in the next hop. */
  readonly session: string
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
  heard: '',
  heardAt: at,
  optedOut: false,
})
