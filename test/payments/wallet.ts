/** The simulated wallet with a gateway to call back, and providers that talk to it over real HTTP. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import type { Http, HttpRequest } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import type {
  Collection,
  PaymentFault,
  PaymentProvider,
  PaymentUpdate,
  Payout,
  RefundOrder,
} from '../../src/core/pay/provider.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { type MtnMomoOptions, mtnMomo } from '../../src/integrations/payments/mtn/index.ts'

/** How the way there or back may be bad, and whether the wallet took the request all the same. */
export const BAD_WAYS: readonly (readonly [name: string, fault: object, isTaken: boolean])[] = [
  ['500 before the effect', { fault: 'error5xxBefore' }, false],
  ['503 before the effect', { fault: 'error5xxBefore', status: 503 }, false],
  ['500 after the effect', { fault: 'error5xxAfter' }, true],
  ['a page before the effect', { fault: 'html' }, false],
  ['a page after the effect', { fault: 'html', after: true }, true],
  ['a dropped request', { fault: 'drop' }, false],
  ['a dropped answer', { fault: 'drop', after: true }, true],
]

/** How an answer that only tells may be spoilt. */
export const BAD_ANSWERS = ['error5xxBefore', 'html', 'drop'] as const

/** Longer than a simulated payer takes. */
export const THINKING_MS = 2_500

export const pending: PaymentUpdate = { status: 'pending' }
export const absent: PaymentUpdate = { status: 'absent' }
export const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

const Row = z.object({
  kind: z.enum(['collect', 'refund', 'transfer']),
  reference: z.string(),
  amount: z.string(),
  status: z.string(),
})
export type Row = z.infer<typeof Row>

let serial = 0

/** A new order; every one has a phone of its own unless it is given. */
export function orderOf(phone = `+2507880${10_000 + ++serial}`): Collection {
  const payer = parsePhone(phone)
  assert.ok(payer, phone)
  const money = { amountMinor: 1150, currency: 'RWF' } as const
  return { reference: randomUUID(), handle: null, money, payer, memo: 'Moto trip' }
}

/** A new refund of the whole. */
export function refundOf(collection: Collection): RefundOrder {
  const { reference, handle, money } = collection
  return { ...collection, reference: randomUUID(), of: { reference, handle, money, transaction: '77' } }
}

/** A new payout; every one has a phone of its own unless it is given. */
export function payoutOf(phone?: string): Payout {
  const { payer: payee, ...order } = orderOf(phone)
  return { ...order, payee, memo: 'Fares of the week' }
}

export const msisdnOf = (order: Collection | Payout): string =>
  ('payee' in order ? order.payee : order.payer).slice(1)

export function assertPaid(update: PaymentUpdate, amountMinor = 1150): void {
  assert.equal(update.status, 'settled')
  if (update.status !== 'settled') return
  assert.match(update.transaction, /^\d{9,12}$/)
  assert.deepEqual(update.paid, { amountMinor, currency: 'RWF' })
}

/** @param mtnStatusRps status questions it answers a second; no limit when left out */
export function createWallet({ mtnStatusRps = 0 } = {}) {
  const calledBack: string[] = []
  const http = createHttp({ log: silent, allowPrivate: true })
  const gateway: Server = createServer((request, response) => {
    calledBack.push(`${request.method} ${request.url}`)
    response.end()
  })
  const gatewayUrl = () => `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  let simulators: Simulators

  const post = async (path: string, body: object) => {
    const response = await fetch(simulators.url + path, { method: 'POST', body: JSON.stringify(body) })
    assert.equal(response.status, 200, await response.text())
  }
  const advance = (advanceMs: number) => post('/_clock', { advanceMs })

  /** What the wallet's own books hold. */
  const books = async (): Promise<Row[]> => {
    const response = await fetch(`${simulators.url}/mtn/_ledger`)
    return z.array(Row).parse(await response.json())
  }

  return {
    http,
    calledBack,
    gatewayUrl,
    advance,
    scenario: (body: object) => post('/mtn/_scenario', body),
    start: async () => {
      gateway.listen(0, '127.0.0.1')
      simulators = await startSimulators({
        port: 0,
        gatewayUrl,
        hookSecret: 'dev',
        whatsappAppSecret: 'app',
        phoneNumberId: '1',
        seed: 7,
        mtnStatusRps,
      })
    },
    stop: async () => {
      await simulators.stop()
      gateway.closeAllConnections()
      gateway.close()
    },
    books,
    charges: async (reference: string) => (await books()).filter((row) => row.reference === reference),
    /** Puts so much, in whole units, into the account that refunds and payouts come out of. */
    fill: (amount: number) => post('/mtn/_float', { amount }),
    /** Lets the payer decide, and asks. */
    settle: async (momo: PaymentProvider, order: Collection) => {
      await advance(THINKING_MS)
      return momo.inspect(order)
    },
    /** A provider, the requests it makes, and a clock of its own. */
    provider: (
      options: Partial<MtnMomoOptions> = {},
      limit: Partial<MtnMomoOptions> = { mayInspect: async () => true },
    ) => {
      const requests: HttpRequest[] = []
      const time = { now: 1_000_000 }
      const recording: Http = (request) => {
        requests.push(request)
        return http(request)
      }
      const momo = mtnMomo({
        baseUrl: `${simulators.url}/mtn`,
        targetEnvironment: 'mtnrwanda',
        currency: 'RWF',
        numbers: ['+25078', '+25079'],
        apiUser: 'inzira',
        apiKey: 'inzira-key',
        collectionKey: 'collection-key',
        disbursementKey: 'disbursement-key',
        secret: 'dev',
        callbackUrl: () => null,
        http: recording,
        clock: { now: () => time.now },
        log: silent,
        timeoutMs: 2_000,
        ...limit,
        ...options,
      })
      const { payouts } = momo
      assert.ok(payouts)
      const sent = (part: string) => requests.filter(({ url }) => url.includes(part))
      return { momo, payouts, requests, sent, time }
    },
  }
}
