import { z } from 'zod'
import { list } from './list.ts'

/** Aggregators of USSD that we know. */
export const USSD_GATEWAYS = [
  'africastalking',
  'hubtel',
  'arkesel',
  'nalo',
  'infobip',
  'madapi',
  'truroute',
  'airtel',
  'safaricom',
  'crossgate',
  'aat',
  'ideamart',
] as const
export type UssdGateway = (typeof USSD_GATEWAYS)[number]

/** Those with whom there is a contract where nothing is said; a demo has one with all of them. */
export const USSD_UNSAID = { usual: ['africastalking'], demo: USSD_GATEWAYS } as const

/** Who carries our calls. */
export const VOICE_GATEWAYS = ['africastalking', 'twilio'] as const

const code = z.string().regex(/^\*[\d*]+#$/)

/** Settings of the ways of talking. What has no default is the provider's own address, or a simulator's. */
export const channelSettings = (address: z.ZodType<string>) => ({
  /** The code that people are told to dial. */
  DIAL_CODE: code.default('*384*77#'),
  /** Codes that are answered besides it, `*928*1#,*714*5#`: each aggregator has its own. */
  USSD_CODES: list.pipe(z.array(code)).default([]),
  USSD_GATEWAYS: list.pipe(z.array(z.enum(USSD_GATEWAYS)).min(1)).optional(),
  /** What opens the doors of one channel alone; HOOK_SECRET where nothing is said. */
  USSD_SECRET: z.string().optional(),
  SMS_SECRET: z.string().optional(),
  VOICE_SECRET: z.string().optional(),
  IDEAMART_URL: address.optional(),
  IDEAMART_APP_ID: z.string().default('APP_000001'),
  IDEAMART_PASSWORD: z.string().default('dev'),
  SMS_SENDER: z.string().default('3847'),
  VOICE_GATEWAY: z.enum(VOICE_GATEWAYS).default('africastalking'),
  /** A folder of recordings, `<language>/<id>.mp3`; `npm run clips` names those that are missing. */
  VOICE_CLIPS: z.string().optional(),
  VOICE_NUMBER: z.string().default('+250788384700'),
  AT_USERNAME: z.string().default('inzira'),
  AT_API_KEY: z.string().default('dev'),
  /** Null means the provider's own address; the simulators' in development. */
  AT_SMS_URL: address.optional(),
  AT_VOICE_URL: address.optional(),
  WHATSAPP: z.enum(['cloud', 'web', 'off']).default('cloud'),
  WHATSAPP_APP_SECRET: z.string().default('dev-app-secret'),
  WHATSAPP_VERIFY_TOKEN: z.string().default('dev-verify-token'),
  WHATSAPP_ACCESS_TOKEN: z.string().default('dev-access-token'),
  WHATSAPP_PHONE_NUMBER_ID: z.string().default('106540352242922'),
  WHATSAPP_GRAPH_URL: address.optional(),
  /** The browser that whatsapp-web.js drives. */
  CHROME_BIN: z.string().optional(),
})

/** What production must keep secret of each provider it talks through. */
export const CHANNEL_NEEDS = {
  africastalking: ['AT_API_KEY'],
  ideamart: ['IDEAMART_PASSWORD'],
  cloud: ['WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_ACCESS_TOKEN'],
} as const
