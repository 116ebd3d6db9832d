import { z } from 'zod'
import { isCurrency } from '../core/base/money.ts'
import { isMsisdn, type Msisdn } from '../core/base/phone.ts'
import { postParams } from '../core/run/draft.ts'
import { FLOW_NAMES, ROLES } from '../core/run/flow.ts'
import { PURPOSES } from '../core/talk/purpose.ts'
import { isWordKey, phraseSchema, type WordKey } from './words/index.ts'

export const msisdn = z.custom<Msisdn>((value) => typeof value === 'string' && isMsisdn(value))
export const money = z.object({ amountMinor: z.int().nonnegative(), currency: z.string().refine(isCurrency) })
export const wordKey = z.custom<WordKey>((value) => typeof value === 'string' && isWordKey(value))
export const position = z.object({ lat: z.number(), lng: z.number() })

/** Who carries a booking out, as the traveller is told. */
export const carrier = z.object({
  /** Whose account the fare goes to; who was found before there were accounts has none. */
  id: z.string().exactOptional(),
  phone: msisdn,
  name: z.string(),
  plate: z.string(),
  minutes: z.int(),
  startCode: z.string(),
  /** Where it can be fetched by who carries it on. */
  at: position.exactOptional(),
  /** Of the traveller's own, when what was sent comes back. */
  returnCode: z.string().exactOptional(),
  /** Where seats were kept on what leaves by a timetable. */
  passage: z
    .object({
      seats: z.array(z.int()),
      leavesAt: z.number(),
      arrivesAt: z.number(),
      /** When it was to leave as they booked it, where it is late. */
      wasAt: z.number().exactOptional(),
      zone: z.string(),
      /** The day and hour of leaving, as the clocks there show it. */
      when: z.string(),
      /** When the traveller is reminded. */
      remindAt: z.array(z.number()),
      /** What is typed to let them aboard. */
      ticket: z.string(),
    })
    .exactOptional(),
  /** Where a vehicle was kept for a load: when it must be loaded, and have arrived. */
  haul: z.object({ loadBy: z.number(), arriveBy: z.number() }).exactOptional(),
})
export type Carrier = z.infer<typeof carrier>

/** What there is too little of, and how many are left. */
export const lacking = z.object({ item: z.string(), left: z.string(), product: z.int().exactOptional() })
export type Lacking = z.infer<typeof lacking>

const ref = z.object({ flow: z.enum(FLOW_NAMES), id: z.string() })

/** Effects that every machine may use. */
export const shared = {
  /** One event of ours to another instance, applied in one transaction with this entry's end. */
  tell: z.object({ to: ref, event: z.looseObject({ type: z.string() }) }),
  /** One text to one person, in their language, where they last spoke; about their booking unless it says what for. */
  say: z.object({
    to: msisdn,
    phrase: phraseSchema,
    purpose: z.enum(PURPOSES).exactOptional(),
    /** A moment after which it is not worth saying. */
    until: z.number().exactOptional(),
  }),
  /** The instance's present screen to one person, who may answer it. An offer is shown until its state's deadline. */
  show: z.object({ to: msisdn, role: z.enum(ROLES), purpose: z.enum(PURPOSES).exactOptional() }),
  /** Money moved between two accounts, written in the transaction that decided it. */
  post: postParams,
} as const

/** The parameters of a machine's effects, by type. */
export type Params<E extends Readonly<Record<string, z.ZodType>>> = { readonly [T in keyof E]: z.infer<E[T]> }
