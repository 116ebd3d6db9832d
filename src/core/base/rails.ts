import { z } from 'zod'
import { list } from './list.ts'
import { CURRENCIES, type Currency } from './money.ts'

/** Ways to pay that we know. */
export const RAILS = ['mtn', 'airtel', 'mpesa', 'stripe', 'satim', 'credit'] as const
export type Rail = (typeof RAILS)[number]

/** Not UGX: it has no decimals, yet Stripe wants it with two, and its tables are not of one mind about that. */
const isCharged = (one: Currency): one is Exclude<Currency, 'UGX'> => one !== 'UGX'
const CARD_CURRENCIES = CURRENCIES.filter(isCharged)

/** What is offered where nothing is said; the demo sells in four countries. */
export const PAYMENTS_UNSAID = { usual: ['mtn'], demo: ['mtn', 'satim', 'stripe'] } as const

/** Settings of each way to pay. What has no default is not offered by our development values. */
export const railSettings = (address: z.ZodType<string>) => ({
  /** In the order in which they are offered. */
  PAYMENTS: list.pipe(z.array(z.enum(RAILS)).min(1)).optional(),
  MTN_URL: address.optional(),
  MTN_TARGET_ENVIRONMENT: z.string().default('mtnrwanda'),
  /** How the numbers begin that MTN serves; in Rwanda `+25078,+25079` where Airtel is offered too. */
  MTN_NUMBERS: list.default(['+250']),
  MTN_API_USER: z.string().default('inzira'),
  MTN_API_KEY: z.string().default('inzira-key'),
  MTN_COLLECTION_KEY: z.string().default('dev-collection'),
  MTN_DISBURSEMENT_KEY: z.string().default('dev-disbursement'),
  /** Status requests MTN takes from one process a second (momodevelopercommunity.mtn.com, best practices). */
  MTN_STATUS_RPS: z.coerce.number().int().min(1).default(10),
  AIRTEL_URL: address.optional(),
  AIRTEL_NUMBERS: list.default(['+25072', '+25073']),
  AIRTEL_CLIENT_ID: z.string().default('inzira'),
  AIRTEL_CLIENT_SECRET: z.string().default('inzira-secret'),
  /** Whether messages are signed: Airtel switches that on by country and product. */
  AIRTEL_SIGNED: z.enum(['on', 'off']).default('off'),
  AIRTEL_HASH_KEY: z.string().optional(),
  /** Both, or nothing is paid out and no part of a payment given back. */
  AIRTEL_PIN: z.string().optional(),
  AIRTEL_PIN_KEY: z.string().optional(),
  MPESA_URL: address.optional(),
  MPESA_KEY: z.string().default('inzira'),
  MPESA_SECRET: z.string().default('inzira-key'),
  MPESA_SHORT_CODE: z.string().default('174379'),
  /** The default is the one that Safaricom publishes for its sandbox. */
  MPESA_PASS_KEY: z.string().default('bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919'),
  MPESA_TILL: z.string().optional(),
  /** All four, or nothing is given back and paid out. */
  MPESA_INITIATOR: z.string().optional(),
  MPESA_INITIATOR_PASSWORD: z.string().optional(),
  MPESA_INITIATOR_SHORT_CODE: z.string().optional(),
  MPESA_CERTIFICATE: z.string().optional(),
  STRIPE_URL: address.optional(),
  /** What cards may be charged in here; where several ways take a currency, the first of PAYMENTS does. */
  STRIPE_CURRENCIES: list
    .pipe(z.array(z.enum(CARD_CURRENCIES)).min(1))
    .default(['RWF', 'KES', 'EUR', 'NGN', 'PKR']),
  STRIPE_KEY: z.string().default('sk_test_inzira'),
  STRIPE_WEBHOOK_SECRET: z.string().default('whsec_dev'),
  SATIM_URL: address.optional(),
  SATIM_USER: z.string().default('inzira'),
  SATIM_PASSWORD: z.string().default('inzira-password'),
  SATIM_TERMINAL: z.string().default('E010901234'),
})

/** What production must say of each way it offers: where it is, and secrets that are its own. */
export const RAIL_NEEDS = {
  mtn: { urls: ['MTN_URL'], secrets: ['MTN_API_KEY', 'MTN_COLLECTION_KEY', 'MTN_DISBURSEMENT_KEY'] },
  airtel: { urls: ['AIRTEL_URL'], secrets: ['AIRTEL_CLIENT_SECRET'] },
  mpesa: { urls: ['MPESA_URL'], secrets: ['MPESA_SECRET', 'MPESA_PASS_KEY'] },
  stripe: { urls: ['STRIPE_URL'], secrets: ['STRIPE_KEY', 'STRIPE_WEBHOOK_SECRET'] },
  satim: { urls: ['SATIM_URL'], secrets: ['SATIM_PASSWORD'] },
  credit: { urls: [], secrets: [] },
} as const satisfies Readonly<
  Record<(typeof RAILS)[number], { readonly urls: readonly string[]; readonly secrets: readonly string[] }>
>
