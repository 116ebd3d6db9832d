import { z } from 'zod'

/** Who carries our texts. */
export const SMS_GATEWAYS = ['africastalking', 'smpp', 'twilio', 'infobip'] as const

/**
 * How an SMSC writes a message's id: in its answer to `submit_sm`, then in its report. Some write it in hexadecimal
 * here and in decimal there; `text` means that both are the same.
 */
export const ID_FORMS = ['text', 'hex-decimal', 'decimal-hex', 'hex-hex', 'decimal-decimal'] as const
export type IdForm = (typeof ID_FORMS)[number]

/** What `ussd_service_op` says, which not all carriers write alike (SMPP 3.4, §5.3.2.44). */
export type UssdOps = {
  /** From the phone: it dialled, answered, or hung up. */
  readonly begin: number
  readonly answer: number
  readonly abort: number
  /** To the phone: a screen that asks, or the last one. */
  readonly ask: number
  readonly end: number
}

const hexOctet = z.string().regex(/^[\da-f]{2}$/i)
const fiveOps = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.tuple([hexOctet, hexOctet, hexOctet, hexOctet, hexOctet], 'must be five octets as 01,12,81,02,11'))
  .transform((octets): UssdOps => {
    const [begin, answer, abort, ask, end] = octets.map((octet) => Number.parseInt(octet, 16))
    return { begin: begin ?? 0, answer: answer ?? 0, abort: abort ?? 0, ask: ask ?? 0, end: end ?? 0 }
  })

/** What production must say and keep secret of who carries our texts. */
export const SMS_NEEDS = {
  africastalking: { urls: [], secrets: [] },
  smpp: { urls: ['SMPP_URL'], secrets: ['SMPP_PASSWORD'] },
  twilio: { urls: [], secrets: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'] },
  infobip: { urls: ['INFOBIP_URL'], secrets: ['INFOBIP_API_KEY'] },
} as const

/** Settings of who carries our texts. Lengths on a line of our own are those that SMPP has room for. */
export const carrierSettings = (smsc: z.ZodType<string>, web: z.ZodType<string>) => ({
  SMS_GATEWAY: z.enum(SMS_GATEWAYS).default('africastalking'),
  /** Its own host where nothing is said, or a simulator's. */
  TWILIO_URL: web.optional(),
  TWILIO_ACCOUNT_SID: z.string().default('ACdev'),
  TWILIO_AUTH_TOKEN: z.string().default('dev-twilio-token'),
  /** Every account has a host of its own. */
  INFOBIP_URL: web.optional(),
  INFOBIP_API_KEY: z.string().default('dev-infobip-key'),
  /** `smpp://host:2775`, or `ssmpp://host:3550` within TLS. */
  SMPP_URL: smsc.optional(),
  SMPP_SYSTEM_ID: z.string().max(15).default('inzira'),
  SMPP_PASSWORD: z.string().max(8).default('secret'),
  SMPP_SYSTEM_TYPE: z.string().max(12).optional(),
  /** Messages that may be unanswered at once, and how many a second were agreed. */
  SMPP_WINDOW: z.coerce.number().int().min(1).max(1_000).default(10),
  SMPP_TPS: z.coerce.number().int().min(1).max(10_000).default(50),
  SMPP_MESSAGE_IDS: z.enum(ID_FORMS).default('text'),
  /** Whether the carrier brings USSD on the same line. */
  SMPP_USSD: z.enum(['on', 'off']).default('off'),
  /** In hexadecimal: dialled, answered, hung up; asks, ends. Some carriers end with 17. */
  SMPP_USSD_OPS: fiveOps.default({ begin: 0x01, answer: 0x12, abort: 0x81, ask: 0x02, end: 0x11 }),
  /** The parameter that names a session, in hexadecimal; `source` where only the phone does. */
  SMPP_USSD_SESSION: z
    .union(
      [z.literal('source'), z.string().regex(/^[\da-f]{4}$/i)],
      'must be four hexadecimal digits or source',
    )
    .transform((text) => (text === 'source' ? null : Number.parseInt(text, 16)))
    .default(0x1383),
})
