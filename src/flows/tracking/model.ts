import { z } from 'zod'
import type { Money } from '../../core/base/money.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import { waited, waitingTerms } from '../../core/sell/waiting.ts'
import { type Carrier, carrier, type Lacking, money, msisdn, position, shared, wordKey } from '../effects.ts'
import { type Wish, wish } from '../lines/wish.ts'
import type { WordKey } from '../words/index.ts'

export const trackingContext = z.object({
  id: z.string(),
  booking: z.string(),
  owner: msisdn,
  code: z.string(),
  line: z.string(),
  near: position,
  from: z.string(),
  to: z.string(),
  price: z.string(),
  /** What whoever carries it on is paid, where that is not the price. */
  fee: z.string().nullable(),
  /** What is carried, and to whom; null when that is the traveller. */
  goods: z.object({ receiver: msisdn, kg: z.string() }).nullable(),
  /** What is to be kept before it is paid; null where somebody comes. */
  wish: wish.nullable(),
  /** How often the traveller was reminded. */
  reminded: z.int(),
  /** Counts offers: a YES that comes after its offer has passed is of an older one. */
  epoch: z.int(),
  /** Who was offered the job already. */
  asked: z.array(msisdn),
  /** How often nobody was found to carry it on. */
  searches: z.int(),
  driver: carrier.nullable(),
  /** The traveller has paid, or will pay cash: the driver may go. */
  go: z.boolean(),
  cash: z.boolean(),
  /** How many of the line's milestones are passed. */
  passed: z.int(),
  /** It could not be handed over and is on its way back. */
  returning: z.boolean(),
  /** Delivered, as the driver says, and nobody gave the code. */
  claimed: z.boolean(),
  /** Whose drivers are sought, where they are not the line's own. */
  fleet: z.string().exactOptional(),
  /** Where waiting costs something: since when the traveller is waited for, and what came of it. */
  waiting: z
    .object({
      terms: waitingTerms.extend({ roundToMinor: z.int().positive() }),
      fare: money,
      since: z.number().nullable(),
      waited: waited.nullable(),
    })
    .exactOptional(),
  /** What of the price is taken in cash, where that is not what it was at first; what was waited for comes on top. */
  due: money.exactOptional(),
  /** Of whoever travelled, once the driver has said so. */
  stars: z.int().exactOptional(),
  wrongCodes: z.int(),
  problem: wordKey.nullable(),
})
export type TrackingContext = z.infer<typeof trackingContext>

export type TrackingInput = Pick<
  TrackingContext,
  | 'id'
  | 'booking'
  | 'owner'
  | 'code'
  | 'line'
  | 'near'
  | 'from'
  | 'to'
  | 'price'
  | 'fee'
  | 'goods'
  | 'wish'
  | 'go'
  | 'fleet'
  | 'waiting'
> &
  Partial<Pick<TrackingContext, 'cash'>>

export type TrackingEvent = { readonly at: number } & (
  | { readonly type: 'OFFERED'; readonly driver: Carrier }
  | { readonly type: 'NOBODY'; readonly why?: WordKey; readonly lacking?: Lacking }
  /** It is full: they would wait for it, they stand in line, and it may be their turn. */
  | { readonly type: 'WAIT' | 'QUEUED' | 'WAKE' }
  /** What was kept is sold, now that it is paid: the same, or as good. */
  | { readonly type: 'KEPT'; readonly driver: Carrier }
  /** The traveller would go by another that leaves, for no more than was paid. */
  | { readonly type: 'MOVE'; readonly to: string; readonly price: Money }
  /** What was sold is free again, and this is theirs instead; the operator's part of the price is what its carrier pays. */
  | {
      readonly type: 'MOVED'
      readonly driver: Carrier
      readonly wish: Wish
      readonly commissionMinor: number
    }
  | { readonly type: 'UNMOVED'; readonly why: WordKey }
  /** What they go by leaves at another time; and then. */
  | { readonly type: 'DELAYED'; readonly departure: string; readonly by: string; readonly why: string }
  | { readonly type: 'RETIMED'; readonly driver: Carrier }
  /** What should leave does not; who has moved to another is not meant. */
  | { readonly type: 'CALLED_OFF'; readonly departure?: string; readonly by: string; readonly why: string }
  /** For what was sold, as much is theirs on another that leaves later; or on none. */
  | { readonly type: 'RESEATED'; readonly driver: Carrier; readonly wish: Wish }
  | { readonly type: 'UNSEATED' }
  | { readonly type: 'ACCEPT' | 'DECLINE' | 'DROP'; readonly driver: Msisdn }
  /** Whoever accepted, or was assigned, may not drive any more. */
  | { readonly type: 'NOT_TAKEN'; readonly driver: Msisdn }
  | { readonly type: 'GO'; readonly cash: boolean }
  | {
      readonly type: 'PASS'
      readonly driver: Msisdn
      readonly milestone: string
      readonly code: string | null
    }
  /** They go elsewhere, for another price, of which so much is taken in cash. */
  | { readonly type: 'REDIRECT'; readonly to: string; readonly price: Money; readonly due: Money }
  /** How the driver found whoever travelled. */
  | { readonly type: 'RATE'; readonly driver: Msisdn; readonly stars: number }
  /** Nobody takes it. */
  | { readonly type: 'RETURN'; readonly driver: Msisdn }
  /** A person's word on a journey that is locked: the driver may try again, or it has arrived, or never will. */
  | { readonly type: 'UNLOCK'; readonly by: string }
  | { readonly type: 'RULE'; readonly arrived: boolean; readonly by: string; readonly why: string }
  /** A person has somebody sought once more. */
  | { readonly type: 'SEEK'; readonly by: string }
  /** A person ends what nobody came for. */
  | { readonly type: 'GIVE_UP'; readonly by: string; readonly why: string }
  | { readonly type: 'CANCEL' }
  | { readonly type: 'DEADLINE' }
)

/** What a journey wants done. */
export const trackingEffects = {
  ...shared,
  /** Lets go of whoever was asked before and asks the nearest who was not. */
  seekDriver: z.object({ line: z.string(), near: position, except: z.array(msisdn) }),
  takeDriver: z.object({ driver: msisdn }),
  rateTraveller: z.object({ person: msisdn, stars: z.int() }),
  releaseDriver: z.object({}),
  /** What it wishes for, for as long as a payment may take. */
  hold: z.object({}),
  /** What was held is sold. */
  keep: z.object({}),
  free: z.object({}),
  /** When what they go by leaves now. */
  retime: z.object({}),
  /** As much of the same on another, when that costs no more than was paid. */
  move: z.object({ to: z.string(), price: money }),
  /** As much of the same on the next that leaves, in place of that one, which does not. */
  reseat: z.object({ departure: z.string() }),
  /** What was sold is carried away. */
  leave: z.object({}),
  /** What was to be carried away stays after all. */
  putBack: z.object({}),
} as const
