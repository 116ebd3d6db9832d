/** The simulated Airtel wallet with a gateway to call back, and providers that talk to it over real HTTP. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CLIENT, HASH_KEY, PIN, PIN_PUBLIC_KEY } from '../../simulators/airtel/keys.ts'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../src/core/base/http.ts'
import type { Log } from '../../src/core/base/log.ts'
import { silent } from '../../src/core/base/log.ts'
import { type Msisdn, parsePhone } from '../../src/core/base/phone.ts'
import type {
  Collection,
  PaymentFault,
  PaymentProvider,
  PaymentUpdate,
  Payout,
  RefundOrder,
} from '../../src/core/pay/provider.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { type AirtelOptions, airtel } from '../../src/integrations/payments/airtel/index.ts'

/** Longer than a simulated payer takes. */
export const THINKING_MS = 2_500
export const TOKEN_MS = 180_000

export const pending: PaymentUpdate = { status: 'pending' }
export const absent: PaymentUpdate = { status: 'absent' }
export const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })
export const PAGE =
  '<html><head><title>Request Rejected</title></head><body>Your support ID is: 823</body></html>'

export const answer = (status: number, body: unknown): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

let serial = 0

export function phone(text: string): Msisdn {
  const parsed = parsePhone(text)
  assert.ok(parsed, text)
  return parsed
}

/** A number that no other test uses, and that the simulator has no plan for; or one with those last three digits. */
export const fresh = (end = '500'): string => `+25072${String(1000 + ++serial)}${end}`

/** A new order; every one has a phone of its own unless it is given. */
export const orderOf = (payer = fresh()): Collection => ({
  reference: randomUUID(),
  handle: null,
  money: { amountMinor: 1150, currency: 'RWF' },
  payer: phone(payer),
  memo: 'Moto trip 4821',
})

export function payoutOf(payee?: string): Payout {
  const { payer, ...order } = orderOf(payee)
  return { ...order, payee: payer }
}

/** A refund of so much of what was collected. */
export const refundOf = (collection: Collection, transaction: string, amountMinor = 1150): RefundOrder => ({
  ...collection,
  reference: randomUUID(),
  money: { amountMinor, currency: 'RWF' },
  of: { reference: collection.reference, handle: null, transaction, money: collection.money },
})

/** The number of a settled movement. */
export function paidIn(update: PaymentUpdate, amountMinor = 1150): string {
  assert.equal(update.status, 'settled')
  if (update.status !== 'settled') return ''
  assert.deepEqual(update.paid, { amountMinor, currency: 'RWF' })
  return update.transaction
}

export type Entry = {
  readonly kind: string
  readonly reference: string
  readonly msisdn: string
  readonly amount: string
  readonly currency: string
  readonly status: string
}

const isEntries = (rows: unknown): rows is Entry[] =>
  Array.isArray(rows) && rows.every((row) => typeof row.kind === 'string' && typeof row.msisdn === 'string')

export function createAirtelWallet() {
  const heard: { url: string; body: Buffer }[] = []
  const http = createHttp({ log: silent, allowPrivate: true })
  const gateway: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    heard.push({ url: request.url ?? '', body: Buffer.concat(chunks) })
    response.end()
  })
  let simulators: Simulators

  const post = async (path: string, body: object) => {
    const response = await fetch(simulators.url + path, { method: 'POST', body: JSON.stringify(body) })
    assert.equal(response.status, 200, await response.text())
  }
  const advance = (advanceMs: number) => post('/_clock', { advanceMs })
  const digits = (order: Collection | Payout) => ('payee' in order ? order.payee : order.payer).slice(1)

  return {
    heard,
    advance,
    demandSignatures: (required: boolean) => post('/airtel/_signing', { required }),
    scenario: (order: Collection | Payout | '*', rule: object) =>
      post('/airtel/_scenario', { msisdn: order === '*' ? order : digits(order), ...rule }),
    start: async () => {
      gateway.listen(0, '127.0.0.1')
      simulators = await startSimulators({
        port: 0,
        gatewayUrl: () => `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
        hookSecret: 'dev',
        whatsappAppSecret: 'app',
        phoneNumberId: '1',
        seed: 7,
      })
    },
    stop: async () => {
      await simulators.stop()
      gateway.closeAllConnections()
      gateway.close()
    },
    /** What the wallet's own books hold of that person. */
    books: async (order: Collection | Payout): Promise<Entry[]> => {
      const rows: unknown = await (
        await fetch(`${simulators.url}/airtel/_ledger?to=%2B${digits(order)}`)
      ).json()
      assert.ok(isEntries(rows))
      return rows
    },
    /** Lets the payer decide, and asks. */
    settle: async (momo: PaymentProvider, order: Collection) => {
      await advance(THINKING_MS)
      return momo.inspect(order)
    },
    /** A provider, the requests it makes, what it logs, and a clock of its own. */
    provider: (options: Partial<AirtelOptions> = {}) => {
      const requests: HttpRequest[] = []
      const lines: string[] = []
      const note = (fields: object, event: string) => void lines.push(`${event} ${JSON.stringify(fields)}`)
      const log: Log = { info: note, warn: note, error: note }
      const time = { now: 1_000_000 }
      const recording: Http = (request) => {
        requests.push(request)
        return http(request)
      }
      const momo = airtel({
        baseUrl: `${simulators.url}/airtel`,
        country: 'RW',
        callingCode: '+250',
        currency: 'RWF',
        numbers: ['+25072', '+25073'],
        clientId: CLIENT.id,
        clientSecret: CLIENT.secret,
        secret: 'dev',
        hashKey: HASH_KEY,
        disbursement: { pin: PIN, publicKey: PIN_PUBLIC_KEY },
        isSigned: false,
        http: recording,
        clock: { now: () => time.now },
        log,
        timeoutMs: 2_000,
        ...options,
      })
      const sent = (part: string) => requests.filter(({ url }) => url.includes(part))
      return { momo, requests, sent, time, lines }
    },
  }
}
