/** Simulated M-Pesa with a gateway that has our hooks, and providers that talk to it over real HTTP. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import type { Http, HttpRequest } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import { isMsisdn } from '../../src/core/base/phone.ts'
import type {
  Collection,
  OnHint,
  PaymentFault,
  PaymentProvider,
  PaymentUpdate,
  Payout,
  RefundOrder,
} from '../../src/core/pay/provider.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { type MpesaOptions, mpesa } from '../../src/integrations/payments/mpesa/index.ts'
import { createClaims } from './claims.ts'

/** Longer than a simulated payer takes. */
export const THINKING_MS = 2_500
const SECRET = 'desk-secret'
const PATH = /^\/hooks\/payments\/daraja\/([^/]+)\/([^/]+)$/

export const pending: PaymentUpdate = { status: 'pending' }
export const notSent: PaymentUpdate = { status: 'not_sent' }
export const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

let serial = 0

/** A new order of 1,150 shillings; every one has a phone of its own unless it is given. */
export function orderOf(phone = `+2547083${10_000 + ++serial}`): Collection {
  assert.ok(isMsisdn(phone), phone)
  const money = { amountMinor: 115_000, currency: 'KES' } as const
  return { reference: randomUUID(), handle: null, money, payer: phone, memo: 'Inzira trip K7QF2M' }
}

export function payoutOf(phone?: string): Payout {
  const { payer: payee, ...order } = orderOf(phone)
  return { ...order, payee, memo: 'Fares of the week' }
}

/** A refund of a collection that was settled as `transaction`; the whole unless told otherwise. */
export function refundOf(
  of: Collection,
  transaction: string,
  amountMinor = of.money.amountMinor,
): RefundOrder {
  const { reference, handle, money } = of
  return {
    ...of,
    reference: randomUUID(),
    handle: null,
    money: { ...money, amountMinor },
    of: { reference, handle, money, transaction },
  }
}

export const msisdnOf = (order: Collection | Payout): string =>
  ('payee' in order ? order.payee : order.payer).slice(1)

/** One line of M-Pesa's own books. */
export type Line = {
  readonly kind: string
  readonly id: string
  readonly reference: string
  readonly msisdn: string
  readonly amount: number
  readonly status: string
  readonly receipt?: string
  readonly resultCode?: string
  readonly of?: string
}

export function createDesk() {
  const http = createHttp({ log: silent, allowPrivate: true })
  const hints: { reference: string; handle: string | undefined }[] = []
  const bodies: string[] = []
  let hearing: PaymentProvider | undefined
  const onHint: OnHint = async (reference, handle) => void hints.push({ reference, handle })
  const gateway: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    bodies.push(body.toString('utf8'))
    const [, secret = '', reference = ''] = PATH.exec(request.url ?? '') ?? []
    const [hook] = hearing?.hooks(onHint) ?? []
    const params = { secret, reference }
    const answer = await hook?.answer({ method: 'POST', params, query: {}, headers: {}, body })
    response.writeHead(answer?.status ?? 404).end(answer?.body)
  })
  const gatewayUrl = () => `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  let simulators: Simulators
  let certificate = ''

  const post = async (path: string, body: object) => {
    const response = await fetch(simulators.url + path, { method: 'POST', body: JSON.stringify(body) })
    assert.equal(response.status, 200, await response.text())
  }
  const advance = (advanceMs: number) => post('/_clock', { advanceMs })
  const ledger = async (wanted: (line: Line) => boolean): Promise<Line[]> => {
    const rows: unknown = await (await fetch(`${simulators.url}/mpesa/_ledger`)).json()
    assert.ok(Array.isArray(rows))
    return rows.filter(wanted)
  }

  return {
    hints,
    bodies,
    advance,
    scenario: (body: object) => post('/mpesa/_scenario', body),
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
      certificate = await (await fetch(`${simulators.url}/mpesa/_certificate`)).text()
    },
    stop: async () => {
      await simulators.stop()
      gateway.closeAllConnections()
      gateway.close()
    },
    /** What M-Pesa's own books hold of a phone. */
    moved: (order: Collection | Payout) => ledger(({ msisdn }) => msisdn === msisdnOf(order)),
    /** The name that a callback told us for a reference. */
    hinted: (reference: string) => hints.findLast((hint) => hint.reference === reference)?.handle ?? null,
    /** Asks for the money and keeps the name that came back. */
    collect: async (provider: PaymentProvider, order: Collection): Promise<Collection> => {
      const update = await provider.collect(order)
      assert.equal(update.status, 'pending')
      assert.ok(update.status === 'pending' && update.handle, 'the push has a name')
      return { ...order, handle: update.handle }
    },
    /** Lets the payer decide, and asks. */
    settle: async (provider: PaymentProvider, order: Collection) => {
      await advance(THINKING_MS)
      return provider.inspect(order)
    },
    /** A provider whose hooks the gateway has, the requests it makes, and a clock of its own. */
    provider: (options: Partial<MpesaOptions> = {}) => {
      const requests: HttpRequest[] = []
      const time = { now: Date.now() }
      const recording: Http = (request) => {
        requests.push(request)
        return http(request)
      }
      const provider = mpesa({
        baseUrl: `${simulators.url}/mpesa`,
        consumerKey: 'inzira',
        consumerSecret: 'inzira-key',
        merchant: {
          shortCode: '174379',
          passKey: 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919',
          till: null,
        },
        initiator: {
          name: 'inzira-operator',
          password: 'inzira-password',
          shortCode: '600000',
          certificate,
        },
        publicUrl: gatewayUrl(),
        secret: SECRET,
        http: recording,
        clock: { now: () => time.now },
        log: silent,
        timeoutMs: 2_000,
        claims: createClaims(),
        ...options,
      })
      hearing = provider
      const sent = (part: string) => requests.filter(({ url }) => url.includes(part))
      return { provider, requests, sent, time }
    },
  }
}
