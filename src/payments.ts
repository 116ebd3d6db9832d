import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import type { Http } from './core/base/http.ts'
import type { Log } from './core/base/log.ts'
import type { CreditBook } from './core/pay/credit.ts'
import type { PaymentProvider } from './core/pay/provider.ts'
import type { Filed } from './core/pay/statement.ts'
import { say } from './flows/words/index.ts'
import { airtel } from './integrations/payments/airtel/index.ts'
import { credit } from './integrations/payments/credit/index.ts'
import { type Claims, mpesa } from './integrations/payments/mpesa/index.ts'
import { mtnMomo } from './integrations/payments/mtn/index.ts'
import { satim } from './integrations/payments/satim/index.ts'
import { stripe } from './integrations/payments/stripe/index.ts'

const TIMEOUT_MS = 15_000

type Surroundings = {
  readonly config: Config
  /** Where providers reach us. */
  readonly publicUrl: string
  /** Where a provider is simulated; null when it is not. */
  readonly simulated: (path: string) => string | null
  /** What was sent already to who cannot tell a repetition from a second wish. */
  readonly claims: Claims
  /** What is on statements, for who tells it nowhere else. */
  readonly filed?: Filed
  /** Who may buy now and pay later. */
  readonly credit: CreditBook
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
}

/** Each way to pay, made from its settings. */
const RAILS = {
  mtn: ({ config, publicUrl, simulated, http, clock, log }) =>
    mtnMomo({
      baseUrl: config.MTN_URL ?? simulated('/mtn') ?? 'https://proxy.momoapi.mtn.co.rw',
      targetEnvironment: config.MTN_TARGET_ENVIRONMENT,
      currency: 'RWF',
      numbers: config.MTN_NUMBERS,
      apiUser: config.MTN_API_USER,
      apiKey: config.MTN_API_KEY,
      collectionKey: config.MTN_COLLECTION_KEY,
      disbursementKey: config.MTN_DISBURSEMENT_KEY,
      callbackUrl: (reference) => `${publicUrl}/hooks/payments/mtn/${config.HOOK_SECRET}/${reference}`,
      secret: config.HOOK_SECRET,
      http,
      clock,
      log,
      timeoutMs: TIMEOUT_MS,
      statusRps: config.MTN_STATUS_RPS,
    }),
  airtel: ({ config, simulated, http, clock, log }) =>
    airtel({
      baseUrl: config.AIRTEL_URL ?? simulated('/airtel') ?? 'https://openapi.airtel.co.rw',
      country: 'RW',
      callingCode: '+250',
      currency: 'RWF',
      numbers: config.AIRTEL_NUMBERS,
      clientId: config.AIRTEL_CLIENT_ID,
      clientSecret: config.AIRTEL_CLIENT_SECRET,
      secret: config.HOOK_SECRET,
      hashKey: config.AIRTEL_HASH_KEY ?? null,
      disbursement:
        config.AIRTEL_PIN && config.AIRTEL_PIN_KEY
          ? { pin: config.AIRTEL_PIN, publicKey: config.AIRTEL_PIN_KEY }
          : null,
      isSigned: config.AIRTEL_SIGNED === 'on',
      http,
      clock,
      log,
      timeoutMs: TIMEOUT_MS,
    }),
  mpesa: ({ config, publicUrl, simulated, ...around }) =>
    mpesa({
      ...around,
      baseUrl: config.MPESA_URL ?? simulated('/mpesa') ?? 'https://api.safaricom.co.ke',
      consumerKey: config.MPESA_KEY,
      consumerSecret: config.MPESA_SECRET,
      merchant: {
        shortCode: config.MPESA_SHORT_CODE,
        passKey: config.MPESA_PASS_KEY,
        till: config.MPESA_TILL ?? null,
      },
      initiator: initiatorOf(config),
      publicUrl,
      secret: config.HOOK_SECRET,
      timeoutMs: TIMEOUT_MS,
    }),
  stripe: ({ config, publicUrl, simulated, http, clock, log }) =>
    stripe({
      baseUrl: config.STRIPE_URL ?? simulated('/stripe') ?? 'https://api.stripe.com',
      apiKey: config.STRIPE_KEY,
      webhookSecret: config.STRIPE_WEBHOOK_SECRET,
      currencies: config.STRIPE_CURRENCIES,
      publicUrl,
      secret: config.HOOK_SECRET,
      words: say(config.DEFAULT_LANGUAGE, 'paidBack'),
      http,
      clock,
      log,
      timeoutMs: TIMEOUT_MS,
    }),
  satim: ({ config, publicUrl, simulated, http, log }) =>
    satim({
      baseUrl: config.SATIM_URL ?? simulated('/satim') ?? 'https://satim.dz/payment/rest',
      userName: config.SATIM_USER,
      password: config.SATIM_PASSWORD,
      terminal: config.SATIM_TERMINAL,
      language: 'FR',
      publicUrl,
      secret: config.HOOK_SECRET,
      // SATIM wants its hotline named.
      words: `${say('fr', 'paidBack')} SATIM: 3020`,
      http,
      log,
      timeoutMs: TIMEOUT_MS,
    }),
  credit: ({ credit: book, log }) => credit({ book, log }),
} as const satisfies Readonly<Record<string, (around: Surroundings) => PaymentProvider>>

function initiatorOf(config: Config) {
  const { MPESA_INITIATOR: name, MPESA_INITIATOR_PASSWORD: password, MPESA_CERTIFICATE: certificate } = config
  const { MPESA_INITIATOR_SHORT_CODE: shortCode } = config
  return name && password && certificate && shortCode ? { name, password, certificate, shortCode } : null
}

/** Those that are offered, in the order in which they are. */
export const createPayments = (around: Surroundings): readonly PaymentProvider[] =>
  around.config.PAYMENTS.map((name) => RAILS[name](around))
