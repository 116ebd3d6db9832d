import { z } from 'zod'
import { isTimeZone } from './calendar.ts'
import { RAIL_NEEDS, railSettings } from './rails.ts'
import { FISCAL_NEEDS, fiscalSettings } from './receipts.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['on', 'off'])
/** Without a protocol `localhost:5432` would be read as a place of the protocol `localhost:`. */
const address = (protocol: RegExp, example: string) =>
  z.url({ protocol, hostname: /./, error: `must be an address such as ${example}` })
const web = address(/^https?$/, 'https://host')

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
  /** The path segment that only our providers know. */
  HOOK_SECRET: z.string().optional(),
  /** Signs access tokens and hashes one-time codes. */
  TOKEN_SECRET: z.string().optional(),
  /** Where the operator's days and weeks begin, by the IANA's name. */
  TIME_ZONE: z.string().refine(isTimeZone, 'is no IANA time zone').default('Africa/Kigali'),
  /** Earnings below this wait for the next week's payout; the currency's smallest unit. */
  PAYOUT_LEAST_MINOR: z.coerce.number().int().positive().default(500),
  /** Refunds above this wait for a second person; 0 holds all of them. */
  REFUND_LIMIT_MINOR: z.coerce.number().int().nonnegative().default(100_000),
  DEFAULT_LANGUAGE: z.enum(['en', 'rw', 'fr']).default('en'),
  DIAL_CODE: z
    .string()
    .regex(/^\*[\d*]+#$/)
    .default('*384*77#'),
  SMS_SENDER: z.string().default('3847'),
  VOICE_NUMBER: z.string().default('+250788384700'),
  AT_USERNAME: z.string().default('inzira'),
  AT_API_KEY: z.string().default('dev'),
  /** Null means the provider's own address; the simulators' in development. */
  AT_SMS_URL: web.optional(),
  AT_VOICE_URL: web.optional(),
  WHATSAPP: z.enum(['cloud', 'web', 'off']).default('cloud'),
  WHATSAPP_APP_SECRET: z.string().default('dev-app-secret'),
  WHATSAPP_VERIFY_TOKEN: z.string().default('dev-verify-token'),
  WHATSAPP_ACCESS_TOKEN: z.string().default('dev-access-token'),
  WHATSAPP_PHONE_NUMBER_ID: z.string().default('106540352242922'),
  WHATSAPP_GRAPH_URL: web.optional(),
  /** The browser that whatsapp-web.js drives. */
  CHROME_BIN: z.string().optional(),
  ...railSettings(web),
  ...fiscalSettings(web),
  RURA_URL: web.optional(),
})

type Raw = z.infer<typeof schema>

/** The settings with what follows from them worked out. */
export type Config = Raw & {
  readonly HOOK_SECRET: string
  readonly TOKEN_SECRET: string
  readonly SIMULATORS: 'on' | 'off'
  readonly DEMO: 'on' | 'off'
  readonly VSDC: 'on' | 'off'
}

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
    HOOK_SECRET: raw.HOOK_SECRET ?? 'dev',
    TOKEN_SECRET: raw.TOKEN_SECRET ?? 'dev',
    SIMULATORS,
    DEMO,
    VSDC: raw.VSDC ?? (raw.VSDC_URL || isDemo ? 'on' : 'off'),
  } as const
  if (isProduction) refuseUnsafe(config)
  return config
}

function refuseUnsafe(config: Config): void {
  for (const name of ['HOOK_SECRET', 'TOKEN_SECRET'] as const) {
    if (config[name].length < SECRET_CHARACTERS)
      throw new Error(`${name}: production needs at least 128 random bits (${SECRET_CHARACTERS} characters)`)
  }
  const rails = config.PAYMENTS.map((name) => RAIL_NEEDS[name])
  for (const name of [
    'DATABASE_URL',
    'REDIS_URL',
    'PUBLIC_URL',
    ...rails.flatMap(({ urls }) => urls),
    ...(config.VSDC === 'on' ? (['VSDC_URL'] as const) : []),
  ] as const)
    if (config[name] === undefined) throw new Error(`${name}: production must say where it is`)
  const whatsapp = ['WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_ACCESS_TOKEN'] as const
  const secrets = [
    'AT_API_KEY',
    ...rails.flatMap(({ secrets: own }) => own),
    ...(config.WHATSAPP === 'cloud' ? whatsapp : []),
    ...(config.VSDC === 'on' ? FISCAL_NEEDS : []),
  ] as const
  // Whoever copies a default into another setting has not made a secret either.
  const known: ReadonlySet<unknown> = new Set(['dev', ...Object.values(schema.parse({}))])
  for (const name of secrets)
    if (known.has(config[name])) throw new Error(`${name}: production may not use the development value`)
}
