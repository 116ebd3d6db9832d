import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Agent } from '../../core/people/agents.ts'
import { type Said, said } from '../../core/people/habits.ts'
import type { Bid } from '../../core/sell/bids.ts'
import { type Waited, waited, waitingTerms } from '../../core/sell/waiting.ts'
import type { Option } from '../../core/talk/prompt.ts'
import {
  type Carrier,
  carrier,
  type Lacking,
  lacking,
  money,
  msisdn,
  position,
  shared,
  wordKey,
} from '../effects.ts'
import { LOOK_UPS } from '../lines/field.ts'
import type { WordKey } from '../words/index.ts'

export const answer = said.extend({
  /** It was never asked: we knew it. Going back passes over it. */
  known: z.literal(true).exactOptional(),
})
export const option: z.ZodType<Option> = z.object({
  value: z.string(),
  label: z.string(),
  detail: z.string().exactOptional(),
  synonyms: z.array(z.string()).exactOptional(),
})

/** What it costs and how that was made up; a price holds until `validUntil`, epoch ms. */
export const quote = z.object({
  price: money,
  /** The operator's part of it; a price of before there was one has none. */
  commissionMinor: z.int().nonnegative().exactOptional(),
  /** `of` is what of the things that are bought a line is about, where it is about one. */
  lines: z.array(z.object({ what: z.string(), amountMinor: z.int(), of: z.string().exactOptional() })),
  /** Whose goods it pays for, and with how much; the rest is of whoever brings them. */
  seller: z.object({ id: z.string(), amountMinor: z.int().nonnegative() }).exactOptional(),
  /** What letting the driver wait costs, where that costs anything; it is not part of the price. */
  waiting: waitingTerms.extend({ roundToMinor: z.int().positive() }).exactOptional(),
  /** What it would cost by the line's other vehicle. */
  other: money.exactOptional(),
  /** Nothing is sold besides. */
  bare: z.literal(true).exactOptional(),
  metres: z.int(),
  near: position,
  validUntil: z.number(),
})

/** Who books it for its owner. */
const agent = z.object({
  /** Whose account the commission goes to. */
  id: z.string(),
  phone: msisdn,
  name: z.string(),
  commissionBp: z.int().nonnegative(),
  /** `filling`: the form is the agent's. `asked`: the owner was asked to confirm, and all else is theirs. */
  stage: z.enum(['filling', 'asked', 'agreed']),
})

/** What is asked for a load, and with which vehicle, while it stands. */
export const bid: z.ZodType<Bid> = z.object({
  partner: z.string(),
  name: z.string(),
  phone: msisdn,
  vehicle: z.string(),
  plate: z.string(),
  stars: z.int().nullable(),
  amountMinor: z.int().positive(),
  counterMinor: z.int().positive().exactOptional(),
  madeAt: z.number(),
  validUntil: z.number(),
})

export const bookingContext = z.object({
  id: z.string(),
  owner: msisdn,
  agent: agent.nullable(),
  code: z.string(),
  line: z.string(),
  journey: z.string(),
  given: z.array(answer),
  /** Answers that came before they were asked for, such as `RIDE Remera to Kacyiru`. */
  wanted: z.array(z.object({ field: z.string(), text: z.string() })),
  found: z.array(option).nullable(),
  query: z.string().nullable(),
  problem: wordKey.nullable(),
  quote: quote.nullable(),
  /** Offers for it: taken until then, chosen from until it closes; null before it is posted, or where nobody offers. */
  bids: z
    .object({
      offers: z.array(bid),
      /** Nobody sees one before all are in. */
      sealed: z.boolean(),
      until: z.number(),
      closesAt: z.number(),
      /** How many its owner heard of. */
      told: z.int(),
    })
    .nullable(),
  carrier: carrier.nullable(),
  payment: z.string().nullable(),
  /** The payment took too long: only its provider knows whether it will be paid. */
  unsure: z.boolean(),
  paid: z.boolean(),
  cash: z.boolean(),
  fault: wordKey.nullable(),
  /** What was paid ahead, where it costs something else by now; minor units. */
  paidMinor: z.int().nonnegative().exactOptional(),
  milestone: z.string().nullable(),
  /** So long the driver waited, where that costs something: theirs in cash, beside the price. */
  waited: waited.exactOptional(),
  stars: z.int().nullable(),
  /** What there was too little of, and how many are left. */
  lacking: lacking.nullable(),
  ended: wordKey.nullable(),
  /** The departure that was asked for instead, until the journey says whether it can be. */
  moving: z.string().nullable(),
  /** What was to leave does not: seats on another are theirs, and until then they may say whether they take them. */
  instead: z.object({ until: z.number() }).nullable(),
  /** Where else it would end, and for how much; both are agreed to at once, and until then nothing changes. */
  redirect: z.object({ to: answer.nullable(), quote: quote.nullable() }).nullable(),
  /** How often it was made to end elsewhere. */
  redirects: z.int().nonnegative(),
})
export type BookingContext = z.infer<typeof bookingContext>

export type BookingInput = {
  readonly id: string
  readonly owner: Msisdn
  /** Who books it for the owner, where that is somebody else. */
  readonly agent?: Agent
  readonly code: string
  readonly line: string
  readonly journey: string
  readonly wanted: readonly { readonly field: string; readonly text: string }[]
  /** What needs no question: the answers of a journey made before. */
  readonly given?: readonly Said[]
}

export type BookingEvent = { readonly at: number } & (
  | { readonly type: 'ANSWER'; readonly value: string }
  | { readonly type: 'BACK' }
  /** `by` where it is not the owner who calls it off. */
  | { readonly type: 'CANCEL'; readonly by?: 'agent' }
  /** The owner may be asked to confirm what an agent has filled in, or not. */
  | { readonly type: 'ASKED' }
  | { readonly type: 'UNASKED'; readonly why: WordKey }
  | { readonly type: 'FOUND'; readonly options: Option[]; readonly sure: boolean }
  /** `unsold`: what should go along does not, and is not in the price. */
  | { readonly type: 'QUOTED'; readonly quote: z.infer<typeof quote>; readonly unsold?: true }
  | { readonly type: 'UNQUOTED' }
  | { readonly type: 'BID'; readonly bid: Bid }
  | { readonly type: 'WITHDRAW'; readonly partner: string }
  /** The shipper would pay that carrier so much. */
  | { readonly type: 'COUNTER'; readonly partner: string; readonly amountMinor: number }
  | { readonly type: 'HELD'; readonly carrier: Carrier }
  | { readonly type: 'UNHELD'; readonly why?: WordKey; readonly lacking?: Lacking }
  | { readonly type: 'LEFT' }
  /** Nobody was found to carry on what is ready, however often they were sought. */
  | { readonly type: 'STRANDED' }
  | { readonly type: 'PAYING'; readonly payment: string }
  | { readonly type: 'PAID'; readonly payment: string }
  | { readonly type: 'UNPAID'; readonly payment: string | null; readonly fault: WordKey }
  | { readonly type: 'UNSURE'; readonly payment: string }
  | { readonly type: 'PASSED'; readonly milestone: string; readonly waited?: Waited }
  /** Nobody takes it: it comes back to who sent it. */
  | { readonly type: 'RETURNING' }
  /** `proven` is false where nobody gave the code: then the payer is asked. */
  | { readonly type: 'ARRIVED'; readonly proven?: boolean }
  /** What became of a price that waited: the carrier's, or divided by a person. */
  | { readonly type: 'RELEASED' | 'RULED' }
  | { readonly type: 'REMIND' }
  /** The traveller would leave at another time, or go elsewhere; `text` is what they said of it. */
  | { readonly type: 'CHANGE'; readonly text: string | null }
  | {
      readonly type: 'MOVED'
      readonly carrier: Carrier
      readonly departure: string
      readonly commissionMinor: number
    }
  | { readonly type: 'UNMOVED'; readonly why: WordKey }
  /** What was to leave does not, and these are theirs instead. */
  | { readonly type: 'RESEATED'; readonly carrier: Carrier; readonly departure: string }
  /** It leaves at another time. */
  | { readonly type: 'RETIMED'; readonly carrier: Carrier }
  | { readonly type: 'DEADLINE' }
)

/** What a booking wants done. */
export const bookingEffects = {
  ...shared,
  /** Choices that only the world knows, for whom and after what was said; `text` is null before anything was typed. */
  lookUp: z.object({
    of: z.enum(LOOK_UPS),
    text: z.string().nullable(),
    owner: msisdn.exactOptional(),
    line: z.string().exactOptional(),
    given: z.array(answer).default([]),
  }),
  /** Shows it to carriers, and tells those whom it suits best. */
  publish: z.object({}),
  /** Sets the price aside until it is delivered. */
  openEscrow: z.object({}),
  requestQuote: z.object({ line: z.string(), given: z.array(answer), owner: msisdn.exactOptional() }),
  /** Whether the owner may be asked by that agent; it is written down that they are. */
  askOwner: z.object({ agent: z.string(), owner: msisdn }),
  answered: z.object({ isYes: z.boolean() }),
  reserve: z.object({ journey: z.string() }),
  startPayment: z.object({ owner: msisdn, money, code: z.string() }),
  /** What they did, to be done again with fewer answers. */
  remember: z.object({ person: msisdn, line: z.string(), journey: z.array(answer), at: z.number() }),
  rate: z.object({ driver: msisdn, partner: z.string().nullable().default(null), stars: z.int() }),
  /** What was typed on the way to it, where it was not understood, becomes a name. */
  learn: z.object({}),
  /** The tax receipt of the sale; `payment` is null where it was paid in cash. */
  receipt: z.object({ line: z.string(), money, payment: z.string().nullable(), at: z.number() }),
} as const
