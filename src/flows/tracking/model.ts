import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import { type Carrier, carrier, msisdn, position, shared, wordKey } from '../effects.ts'
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
  /** What is carried, and to whom; null when that is the traveller. */
  goods: z.object({ receiver: msisdn, kg: z.string() }).nullable(),
  /** What is to be kept on what leaves by a timetable; null where somebody comes. */
  seats: z.object({ departure: z.string(), from: z.string(), to: z.string(), count: z.int() }).nullable(),
  /** How often the traveller was reminded. */
  reminded: z.int(),
  /** Counts offers: a YES that comes after its offer has passed is of an older one. */
  epoch: z.int(),
  /** Who was offered the job already. */
  asked: z.array(msisdn),
  driver: carrier.nullable(),
  /** The traveller has paid, or will pay cash: the driver may go. */
  go: z.boolean(),
  cash: z.boolean(),
  /** How many of the line's milestones are passed. */
  passed: z.int(),
  /** It could not be handed over and is on its way back. */
  returning: z.boolean(),
  wrongCodes: z.int(),
  problem: wordKey.nullable(),
})
export type TrackingContext = z.infer<typeof trackingContext>

export type TrackingInput = Pick<
  TrackingContext,
  'id' | 'booking' | 'owner' | 'code' | 'line' | 'near' | 'from' | 'to' | 'price' | 'goods' | 'seats' | 'go'
>

export type TrackingEvent = { readonly at: number } & (
  | { readonly type: 'OFFERED'; readonly driver: Carrier }
  | { readonly type: 'NOBODY'; readonly why?: WordKey }
  /** What was kept is sold, now that it is paid. */
  | { readonly type: 'KEPT'; readonly seats: number[] }
  /** What should leave does not. */
  | { readonly type: 'CALLED_OFF'; readonly by: string; readonly why: string }
  | { readonly type: 'ACCEPT' | 'DECLINE' | 'DROP'; readonly driver: Msisdn }
  | { readonly type: 'GO'; readonly cash: boolean }
  | {
      readonly type: 'PASS'
      readonly driver: Msisdn
      readonly milestone: string
      readonly code: string | null
    }
  /** Nobody takes it. */
  | { readonly type: 'RETURN'; readonly driver: Msisdn }
  /** A person's word on a journey that is locked: the driver may try again, or it has arrived, or never will. */
  | { readonly type: 'UNLOCK'; readonly by: string }
  | { readonly type: 'RULE'; readonly arrived: boolean; readonly by: string; readonly why: string }
  | { readonly type: 'CANCEL' }
  | { readonly type: 'DEADLINE' }
)

/** What a journey wants done. */
export const trackingEffects = {
  ...shared,
  /** Lets go of whoever was asked before and asks the nearest who was not. */
  seekDriver: z.object({ line: z.string(), near: position, except: z.array(msisdn) }),
  takeDriver: z.object({ driver: msisdn }),
  releaseDriver: z.object({}),
  /** Those it wants, for as long as a payment may take. */
  holdSeats: z.object({}),
  /** What was held is sold. */
  keepSeats: z.object({}),
  freeSeats: z.object({}),
} as const
