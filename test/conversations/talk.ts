import { z } from 'zod'

const texts = z.array(z.string())

/**
 * One thing that somebody does, and what comes of it. At most one of the deeds; without any, somebody only listens.
 * Texts may hold `<id>` and `<code>` of the booking, `<journey>`, `<payment>` and `<escrow>` as the desk names them, and the rider's `<start>` code,
 * and the `<back>` code of what comes back; a second one is `<code 2>`. `<today>` is today, `<day>` tomorrow, `<day 2>` the day after,
 * `<ticket>` the digits that let the traveller aboard, `<until>` the moment by which they must answer.
 */
const step = z.strictObject({
  /** Why it matters, for whoever reads the talk. */
  note: z.string().optional(),
  /** By name, a rider, an agent or one of the others; the traveller when nobody is named. */
  rider: z.string().optional(),
  /** Where they do it, when not on the talk's own channel, or for others than the traveller not by SMS. */
  on: z.enum(['ussd', 'sms', 'whatsapp', 'voice']).optional(),
  /** Opens a USSD session. */
  dial: z.string().optional(),
  /** Leaves the session or the call as it is. */
  hangUp: z.literal(true).optional(),
  /** Chooses what the screen has under that label, on whatever page: before anything else where a menu has just opened. */
  choose: z.string().optional(),
  /** Keys, digits or a text. */
  in: z.string().optional(),
  /** Taps what the last WhatsApp message offered under that title. */
  tap: z.string().optional(),
  /** Sends a WhatsApp location: latitude, longitude. */
  pin: z.tuple([z.number(), z.number()]).optional(),
  /** Rings us, is not answered, and takes the call that comes back. */
  ring: z.literal(true).optional(),
  /** Logs their app in: a code by SMS, read and typed. */
  logIn: z.literal(true).optional(),
  /** What the app asks, `POST /v1/bookings`; `<id>` is the booking's. */
  ask: z.string().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  /** How the traveller's wallet will answer from now on. */
  wallet: z.string().optional(),
  /** The card they pay with on the page that they were last sent to. */
  card: z.string().optional(),
  /** Its operator calls this bus off. */
  callOff: z.string().optional(),
  /** Lets time go by, ms. */
  waitMs: z.int().positive().optional(),
  /** Lets time go by up to then, in Kigali: days after the talk began, hour, minute. */
  until: z.tuple([z.int(), z.int(), z.int()]).optional(),
  /** What a person of ours types at the desk. */
  desk: texts.optional(),
  /** The screen, what the voice said, or what the desk answers. */
  out: z.string().optional(),
  sms: texts.optional(),
  whatsapp: texts.optional(),
})
export type Step = z.infer<typeof step>

/** A whole talk, as it stands in a file. */
export const talk = z.strictObject({
  title: z.string(),
  channel: z.enum(['ussd', 'sms', 'whatsapp', 'voice', 'rest']),
  from: z.string().regex(/^\+(?:2507880\d{5}|23480388\d{5}|21355003\d{4}|92300003\d{4})$/),
  /** Who is on shift, by name; nobody else is. */
  riders: texts,
  /** The line whose drivers they are; riders when nothing is said. */
  drivers: z.string().optional(),
  /** Who else hears of it: phones by name. A step names them as it names riders. */
  others: z.record(z.string(), z.string()).optional(),
  /** Who may book for the traveller, by name; 3 % of a fare is theirs. */
  agents: z.record(z.string(), z.string()).optional(),
  /** Two buses leave from Kigali to Huye, or from Alger to Oran, tomorrow, at 07:30 and 13:00, and one the day after, at 07:30; nothing else goes. */
  buses: z.union([z.literal(true), z.literal('Alger')]).optional(),
  /** Seats of each of them. */
  seats: z.int().optional(),
  /** Two carriers have vehicles: Akagera Haulage in Kigali and Ibirunga Transport in Musanze, or Ravi Goods in Lahore and Indus Carriers in Karachi. */
  loads: z.union([z.literal(true), z.literal('Pakistan')]).optional(),
  /** The traveller's shop in Lagos; it may owe so much, in kobo, where that is said. What lies in the warehouses is as seeded but for `stock`. */
  shop: z
    .object({
      name: z.string(),
      segment: z.string().default('shop'),
      creditMinor: z.int().optional(),
      /** False where no distributor knows it. */
      isKnown: z.boolean().optional(),
      /** What is agreed with it on the way: so long after the talk begins, of a product, in kobo apiece. */
      contract: z
        .object({ inMs: z.int().positive(), product: z.int(), unitMinor: z.int().positive() })
        .optional(),
      /** Pieces in each warehouse, by product. */
      stock: z.record(z.string(), z.int()).optional(),
    })
    .optional(),
  steps: z.array(step).min(1),
})
export type Talk = z.infer<typeof talk>

/** Values that differ from run to run, in the order in which they came up. */
const NAMES = [
  'id',
  'journey',
  'payment',
  'escrow',
  'ticket',
  'code',
  'start',
  'back',
  'until',
  'today',
  'day',
] as const
export type Known = Readonly<Record<(typeof NAMES)[number], string[]>>

const mark = (name: string, index: number): string => (index === 0 ? `<${name}>` : `<${name} ${index + 1}>`)

/** As the voice reads digits, in pairs. */
const spoken = (digits: string): string => digits.replace(/\d\d(?=\d)/g, '$& ')

/** A text of the file as this run should say it. */
export const filled = (text: string, known: Known, isSpoken = false): string =>
  NAMES.reduce(
    (all, name) =>
      known[name].reduce(
        (said, value, index) => said.replaceAll(mark(name, index), isSpoken ? spoken(value) : value),
        all,
      ),
    text,
  )

const DATE = /\b20\d\d-\d\d-\d\d\b/g
/** Whoever buys on credit first has the first number. */
const INVOICE = /\b20\d\d-\d{6}\b/g
export const LINK = /https?:\/\/\S+/g

/** What this run said as the file should hold it; a date of the calendar is another every day. */
export const marked = (text: string, known: Known): string =>
  NAMES.reduce(
    (all, name) =>
      known[name].reduce(
        (said, value, index) =>
          said.replace(new RegExp(`(?<!\\d)(?:${value}|${spoken(value)})(?!\\d)`, 'g'), mark(name, index)),
        all,
      ),
    text.replace(DATE, '<date>').replace(INVOICE, '<invoice>').replace(LINK, '<link>'),
  )
