/** The simulated card rails, our doors for them behind the real web server, and orders to pay. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import { createWebServer } from '../../src/app.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Money } from '../../src/core/base/money.ts'
import { type Msisdn, parsePhone } from '../../src/core/base/phone.ts'
import type {
  Collection,
  PaymentFault,
  PaymentProvider,
  PaymentUpdate,
  RefundOrder,
} from '../../src/core/pay/provider.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { freePort } from '../../src/integrations/process.ts'

export const SECRET = 'a-long-secret'
export const WORDS = 'Thank you'
export const PAGE =
  '<html><head><title>Request Rejected</title></head><body>Your support ID is: 823</body></html>'

export const pending: PaymentUpdate = { status: 'pending' }
export const absent: PaymentUpdate = { status: 'absent' }
export const notSent: PaymentUpdate = { status: 'not_sent' }
export const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

export const answer = (status: number, body: unknown): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

export function phone(text: string): Msisdn {
  const parsed = parsePhone(text)
  assert.ok(parsed, text)
  return parsed
}

export const orderOf = (money: Money, payer: Msisdn): Collection => ({
  reference: randomUUID(),
  handle: null,
  money,
  payer,
  memo: 'Moto trip',
})

/** A refund of `amountMinor` of what a settled update says was paid for that order. */
export function refundOf(order: Collection, update: PaymentUpdate, amountMinor: number): RefundOrder {
  assert.ok(update.status === 'settled', update.status)
  const { reference, handle, money } = order
  return {
    ...order,
    reference: randomUUID(),
    handle: null,
    money: { ...money, amountMinor },
    of: { reference, handle, transaction: update.transaction, money },
  }
}

/** The order as it is after that answer: with the handle, and the address the payer goes to. */
export function shown(
  order: Collection,
  update: PaymentUpdate,
): Collection & { url: string; handle: string } {
  assert.ok(update.status === 'pending' && update.handle && update.url, JSON.stringify(update))
  return { ...order, handle: update.handle, url: update.url }
}

const http = createHttp({ log: silent, allowPrivate: true })

/**
 * @param name the simulator, which is that of its routes
 * @param make a provider that talks to it; its doors are those of the gateway
 */
export function createRail(name: string, make: () => PaymentProvider) {
  const hints: [reference: string, handle?: string | undefined][] = []
  let gateway: Server
  let gatewayUrl = ''
  let simulators: Simulators

  const post = async (path: string, body: object) => {
    const response = await fetch(simulators.url + path, { method: 'POST', body: JSON.stringify(body) })
    const text = await response.text()
    assert.equal(response.status, 200, text)
    return JSON.parse(text)
  }

  return {
    hints,
    gatewayUrl: () => gatewayUrl,
    baseUrl: () => `${simulators.url}/${name}`,
    advance: (advanceMs: number) => post('/_clock', { advanceMs }),
    scenario: (body: object) => post(`/${name}/_scenario`, body),
    /** The payer tries a card. */
    card: (orderId: string, pan: string): Promise<{ paid: boolean; returnUrl: string }> =>
      post(`/${name}/_card`, { orderId, pan }),
    start: async () => {
      const port = await freePort()
      gatewayUrl = `http://127.0.0.1:${port}`
      const settings = { port: 0, gatewayUrl, hookSecret: SECRET, whatsappAppSecret: 'app' }
      simulators = await startSimulators({ ...settings, phoneNumberId: '1', seed: 7 })
      const doors = make().hooks(async (...hint) => {
        hints.push(hint)
      })
      gateway = createWebServer(doors, () => {}, silent, 0)
      await new Promise<void>((resolve) => gateway.listen(port, '127.0.0.1', resolve))
    },
    stop: async () => {
      await simulators.stop()
      gateway.closeAllConnections()
      gateway.close()
    },
    /** What the simulator's own books hold of a reference. */
    books: async (reference: string): Promise<Record<string, unknown>[]> => {
      const rows: unknown = await (await fetch(`${simulators.url}/${name}/_ledger`)).json()
      assert.ok(Array.isArray(rows))
      return rows.filter((row) => row.reference === reference)
    },
  }
}

/** An Http that remembers what was sent. */
export function recording(): { http: Http; requests: HttpRequest[] } {
  const requests: HttpRequest[] = []
  return {
    requests,
    http: (request) => {
      requests.push(request)
      return http(request)
    },
  }
}

/** Waits for something that happens soon, by itself. */
export async function soon<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return assert.fail('it did not happen')
}
