/** The simulated wallet with a gateway to call back, and providers that talk to it over real HTTP. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import type { Http, HttpRequest } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import type { Collection, PaymentFault, PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { type MtnMomoOptions, mtnMomo } from '../../src/integrations/payments/mtn/index.ts'

/** Longer than a simulated payer takes. */
export const THINKING_MS = 2_500

export const pending: PaymentUpdate = { status: 'pending' }
export const absent: PaymentUpdate = { status: 'absent' }
export const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

let serial = 0

/** A new order; every one has a phone of its own unless it is given. */
export function orderOf(phone = `+2507880${10_000 + ++serial}`): Collection {
  const payer = parsePhone(phone)
  assert.ok(payer, phone)
  return { reference: randomUUID(), money: { amountMinor: 1150, currency: 'RWF' }, payer, memo: 'Moto trip' }
}

export const msisdnOf = ({ payer }: Collection): string => payer.slice(1)

export function assertPaid(update: PaymentUpdate, amountMinor = 1150): void {
  assert.equal(update.status, 'settled')
  if (update.status !== 'settled') return
  assert.match(update.transaction, /^\d{9,12}$/)
  assert.deepEqual(update.paid, { amountMinor, currency: 'RWF' })
}

export function createWallet() {
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

  return {
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
      })
    },
    stop: async () => {
      await simulators.stop()
      gateway.closeAllConnections()
      gateway.close()
    },
    /** What the wallet's own books hold of a reference. */
    charges: async (reference: string): Promise<unknown[]> => {
      const rows: unknown = await (await fetch(`${simulators.url}/mtn/_ledger`)).json()
      assert.ok(Array.isArray(rows))
      return rows.filter((row) => row.reference === reference)
    },
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
        apiUser: 'inzira',
        apiKey: 'inzira-key',
        collectionKey: 'collection-key',
        disbursementKey: 'disbursement-key',
        callbackUrl: () => null,
        http: recording,
        clock: { now: () => time.now },
        log: silent,
        timeoutMs: 2_000,
        ...limit,
        ...options,
      })
      const sent = (part: string) => requests.filter(({ url }) => url.includes(part))
      return { momo, requests, sent, time }
    },
  }
}
