/** Our adapters, as each provider's simulator knows us. */
import { CLIENT, HASH_KEY, PIN, PIN_PUBLIC_KEY } from '../../simulators/airtel/keys.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Money } from '../../src/core/base/money.ts'
import type { PaymentProvider } from '../../src/core/pay/provider.ts'
import type { Filed } from '../../src/core/pay/statement.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { airtel } from '../../src/integrations/payments/airtel/index.ts'
import { mpesa } from '../../src/integrations/payments/mpesa/index.ts'
import { mtnMomo } from '../../src/integrations/payments/mtn/index.ts'
import { satim } from '../../src/integrations/payments/satim/index.ts'
import { stripe } from '../../src/integrations/payments/stripe/index.ts'
import { createClaims } from '../payments/claims.ts'

/** Nobody hears callbacks there. */
export const NOWHERE = 'http://127.0.0.1:9'

type Around = { readonly base: string; readonly certificate: string; readonly filed: Filed }
type Desk = {
  readonly currency: Money['currency']
  /** A payer's number, without its last five digits. */
  readonly numbers: string
  /** The card that pays, where there is one. */
  readonly pan?: string
  readonly open: (around: Around) => PaymentProvider
}

const common = {
  secret: 'dev',
  publicUrl: NOWHERE,
  words: 'thanks',
  http: createHttp({ log: silent, allowPrivate: true }),
  clock: { now: Date.now },
  log: silent,
  timeoutMs: 5_000,
}

export const DESKS: Readonly<Record<string, Desk>> = {
  mtn: {
    ...{ currency: 'RWF', numbers: '+2507883' },
    open: ({ base: baseUrl }) =>
      mtnMomo({
        ...common,
        ...{ baseUrl, targetEnvironment: 'mtnrwanda', currency: 'RWF', numbers: ['+25078'] },
        ...{ apiUser: 'inzira', apiKey: 'inzira-key', collectionKey: 'key', disbursementKey: 'key' },
        callbackUrl: () => null,
      }),
  },
  airtel: {
    ...{ currency: 'RWF', numbers: '+2507333' },
    open: ({ base: baseUrl }) =>
      airtel({
        ...common,
        ...{ baseUrl, country: 'RW', callingCode: '+250', currency: 'RWF', numbers: ['+25073'] },
        ...{ clientId: CLIENT.id, clientSecret: CLIENT.secret, hashKey: HASH_KEY, isSigned: false },
        disbursement: { pin: PIN, publicKey: PIN_PUBLIC_KEY },
      }),
  },
  mpesa: {
    ...{ currency: 'KES', numbers: '+2547083' },
    open: ({ base: baseUrl, certificate, filed }) =>
      mpesa({
        ...common,
        ...{ baseUrl, consumerKey: 'inzira', consumerSecret: 'inzira-key' },
        ...{ claims: createClaims(), filed },
        merchant: {
          shortCode: '174379',
          passKey: 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919',
          till: null,
        },
        initiator: {
          ...{ name: 'inzira-operator', password: 'inzira-password', shortCode: '600000' },
          certificate,
        },
      }),
  },
  stripe: {
    ...{ currency: 'EUR', numbers: '+2507884', pan: '4242424242424242' },
    open: ({ base: baseUrl }) =>
      stripe({
        ...common,
        ...{ baseUrl, apiKey: 'sk_test_inzira', webhookSecret: 'whsec_dev', currencies: ['EUR'] },
      }),
  },
  satim: {
    ...{ currency: 'DZD', numbers: '+2135512', pan: '6280581110007215' },
    open: ({ base: baseUrl }) =>
      satim({
        ...common,
        ...{ baseUrl, userName: 'inzira', password: 'inzira-password', terminal: 'E010900222' },
        language: 'FR',
      }),
  },
}
