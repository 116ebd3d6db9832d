import { z } from 'zod'
import { isTimeZone } from './calendar.ts'
import { carrierSettings, SMS_NEEDS } from './carrier.ts'
import { CHANNEL_NEEDS, channelSettings, USSD_UNSAID, type UssdGateway } from './channels.ts'
import { clearanceSettings } from './clearance-settings.ts'
import { LANGUAGES } from './languages.ts'
import { list } from './list.ts'
import { messageSettings } from './message-settings.ts'
import { PAYMENTS_UNSAID, RAIL_NEEDS, type Rail, railSettings } from './rails.ts'
import { FISCAL_NEEDS, fiscalSettings } from './receipts.ts'
import { DOOR_SECRETS, type DoorSecret, doorSecrets, type Renewed } from './secrets.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['on', 'off'])
/** Without a protocol `localhost:5432` would be read as a place of the protocol `localhost:`. */
const address = (protocol: RegExp, example: string) =>
  z.url({ protocol, hostname: /./, error: `must be an address such as ${example}` })
const web = address(/^https?$/, 'https://host')
const smsc = address(/^s?smpp$/, 'smpp://host:2775')

/** Everything that may be set from outside. Defaults stand here and nowhere else. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  ROLE: z.enum(['all', 'gateway', 'worker']).default('all'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** A file for the log; standard output when not given, but for a terminal that shows a demo. */
  LOG_FILE: z.string().optional(),
  PORT: port.default(3000),
  INTERNAL_PORT: port.default(9464),
  SIM_PORT: port.default(3900),
  SIM_SMPP_PORT: port.default(2775),
  /** How long a gateway that is told to end (SIGTERM) says so by `/readyz`, before it takes no more calls. */
  NOTICE_MS: z.coerce.number().int().min(0).max(5_000).default(3_000),
  /** The providers' stand-ins; off in production. */
  SIMULATORS: flag.optional(),
  /** Kigali with 20 riders; off in production. */
  DEMO: flag.optional(),
  /** Without it a PostgreSQL of our own is started. */
  DATABASE_URL: address(/^postgres(?:ql)?$/, 'postgres://user:password@host:5432/name').optional(),
  REDIS_URL: address(/^rediss?$/, 'redis://host:6379').optional(),
  DATA_DIR: z.string().default('.data'),
  CACHE_DIR: z.string().default('.cache'),
  /** Where providers reach us. */
  PUBLIC_URL: web.optional(),
  /** Proxies of our own in front of us, whose word on the caller's address counts. */
  PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** The path segment that only our providers know. `new,old` while not all of them have heard of the new one. */
  HOOK_SECRET: z.string().optional(),
  /** Signs access tokens and hashes one-time codes. */
  TOKEN_SECRET: z.string().optional(),
  /** Where the operator's days and weeks begin, by the IANA's name. */
  TIME_ZONE: z.string().refine(isTimeZone, 'is no IANA time zone').default('Africa/Kigali'),
  /** Earnings below this wait for the next week's payout; the currency's smallest unit. */
  PAYOUT_LEAST_MINOR: z.coerce.number().int().positive().default(500),
  /** Refunds above this wait for a second person; 0 holds all of them. */
  REFUND_LIMIT_MINOR: z.coerce.number().int().nonnegative().default(100_000),
  /** How the numbers begin that may be sent a one-time code, `+250,+254`: each code costs a text. The demo's countries in a demo. */
  OTP_NUMBERS: list.pipe(z.array(z.string().regex(/^\+\d{1,14}$/)).min(1)).optional(),
  ...messageSettings,
  DEFAULT_LANGUAGE: z.enum(LANGUAGES).default('en'),
  ...channelSettings(web),
  ...carrierSettings(smsc, web),
  ...railSettings(web),
  ...fiscalSettings(web),
  RURA_URL: web.optional(),
  ...clearanceSettings(web),
})

type Raw = z.infer<typeof schema>

/** The settings with what follows from them worked out. */
export type Config = Omit<Raw, 'PAYMENTS' | 'OTP_NUMBERS' | 'USSD_GATEWAYS' | DoorSecret> & {
  readonly [name in DoorSecret]: string
} & {
  readonly RENEWED: readonly Renewed[]
  readonly USSD_GATEWAYS: readonly UssdGateway[]
  readonly TOKEN_SECRET: string
  readonly SIMULATORS: 'on' | 'off'
  readonly DEMO: 'on' | 'off'
  readonly VSDC: 'on' | 'off'
  readonly PAYMENTS: readonly Rail[]
  readonly OTP_NUMBERS: readonly string[]
}

/** The operator's own country; the demo sells in four. */
const OTP_UNSAID = { usual: ['+250'], demo: ['+250', '+213', '+92', '+234'] } as const

/** A hexadecimal or base64 text of this length holds at least 128 bits. */
const SECRET_CHARACTERS = 22

/**
 * Reads the settings once, at start. An empty one is refused and not taken for its default: it is what is left of a
 * secret or a variable that somebody else failed to fill in.
 * @throws Error with one line that names the setting and what is wrong with it
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of Object.keys(schema.shape))
    if (env[name]?.trim() === '') throw new Error(`${name}: is empty; give it a value or leave it out`)
  const result = schema.safeParse(env)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const raw = result.data
  const isProduction = raw.NODE_ENV === 'production'
  const SIMULATORS = raw.SIMULATORS ?? (isProduction ? 'off' : 'on')
  const DEMO = raw.DEMO ?? (isProduction ? 'off' : 'on')
  const isDemo = raw.NODE_ENV === 'development' && raw.ROLE === 'all' && SIMULATORS === 'on' && DEMO === 'on'
  const config = {
    ...raw,
    ...doorSecrets(raw),
    TOKEN_SECRET: raw.TOKEN_SECRET ?? 'dev',
    SIMULATORS,
    DEMO,
    OTP_NUMBERS: raw.OTP_NUMBERS ?? OTP_UNSAID[isDemo ? 'demo' : 'usual'],
    USSD_GATEWAYS: raw.USSD_GATEWAYS ?? USSD_UNSAID[isDemo ? 'demo' : 'usual'],
    PAYMENTS: raw.PAYMENTS ?? PAYMENTS_UNSAID[isDemo ? 'demo' : 'usual'],
    VSDC: raw.VSDC ?? (raw.VSDC_URL || isDemo ? 'on' : 'off'),
  } as const
  if (isProduction) refuseUnsafe(config)
  return config
}

/** Whether anything goes over a line of our own to a carrier. */
export const hasCarrier = ({ SMS_GATEWAY, SMPP_USSD }: Config): boolean =>
  SMS_GATEWAY === 'smpp' || SMPP_USSD === 'on'

function refuseUnsafe(config: Config): void {
  for (const name of [...DOOR_SECRETS, 'TOKEN_SECRET'] as const) {
    const all = [config[name], ...config.RENEWED.filter((one) => one.name === name).map(({ was }) => was)]
    if (all.some((one) => one.length < SECRET_CHARACTERS))
      throw new Error(`${name}: production needs at least 128 random bits (${SECRET_CHARACTERS} characters)`)
  }
  const rails = config.PAYMENTS.map((name) => RAIL_NEEDS[name])
  const texts = [SMS_NEEDS[config.SMS_GATEWAY], ...(config.SMPP_USSD === 'on' ? [SMS_NEEDS.smpp] : [])]
  for (const name of [
    'DATABASE_URL',
    'REDIS_URL',
    'PUBLIC_URL',
    ...rails.flatMap(({ urls }) => urls),
    ...(config.VSDC === 'on' ? (['VSDC_URL'] as const) : []),
    ...texts.flatMap(({ urls }) => urls),
  ] as const)
    if (config[name] === undefined) throw new Error(`${name}: production must say where it is`)
  const carriers: readonly string[] = [config.SMS_GATEWAY, config.VOICE_GATEWAY, config.SIM_SWAPS]
  const secrets = [
    ...(carriers.includes('africastalking') ? CHANNEL_NEEDS.africastalking : []),
    ...(carriers.includes('twilio') ? SMS_NEEDS.twilio.secrets : []),
    ...(config.USSD_GATEWAYS.includes('ideamart') ? CHANNEL_NEEDS.ideamart : []),
    ...rails.flatMap(({ secrets: own }) => own),
    ...(config.WHATSAPP === 'cloud' ? CHANNEL_NEEDS.cloud : []),
    ...(config.VSDC === 'on' ? FISCAL_NEEDS : []),
    ...texts.flatMap(({ secrets: own }) => own),
  ] as const
  // Whoever copies a default into another setting has not made a secret either.
  const known: ReadonlySet<unknown> = new Set(['dev', ...Object.values(schema.parse({}))])
  for (const name of secrets)
    if (known.has(config[name])) throw new Error(`${name}: production may not use the development value`)
}
