import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Http } from '../../src/core/base/http.ts'
import type { PaymentUpdate, Payout, Payouts } from '../../src/core/pay/provider.ts'
import { freePort } from '../../src/integrations/process.ts'
import {
  absent,
  assertPaid,
  BAD_ANSWERS,
  BAD_WAYS,
  createWallet,
  declined,
  msisdnOf,
  orderOf,
  payoutOf,
  pending,
  refundOf,
  THINKING_MS,
} from './wallet.ts'

const FLOAT = 5_000_000
const TOKEN_MS = 3_600_000
const rwf = (amountMinor: number) => ({ amountMinor, currency: 'RWF' }) as const

describe('mtn payouts', () => {
  const wallet = createWallet()
  const { provider, scenario, advance, charges, books, fill } = wallet
  before(wallet.start)
  after(wallet.stop)
  beforeEach(() => fill(FLOAT))

  const settle = async (payouts: Payouts, order: Payout) => {
    await advance(THINKING_MS)
    return payouts.inspectPayout(order)
  }

  describe('how they end', () => {
    const endings: readonly (readonly [outcome: string, wanted: PaymentUpdate])[] = [
      ['insufficient', declined('insufficient_funds')],
      ['internal', declined('insufficient_funds')],
      ['limit', declined('payer_limit')],
      ['not_found', declined('unknown_payer')],
      ['not_allowed', declined('unknown_payer')],
      ['decline', declined('payer_declined')],
      ['expire', declined('payer_timeout')],
      ['ongoing', pending],
    ]
    for (const [outcome, wanted] of endings)
      for (const reasonAs of ['string', 'object'])
        it(`${outcome}, its reason as ${reasonAs}: nothing is paid`, async () => {
          const { payouts } = provider()
          const order = payoutOf()
          await scenario({ msisdn: msisdnOf(order), on: 'transfer', outcome, reasonAs })
          assert.deepEqual(await payouts.payOut(order), pending)
          assert.deepEqual(await payouts.inspectPayout(order), pending)
          assert.deepEqual(await settle(payouts, order), wanted)
          assert.deepEqual(await payouts.float(), rwf(FLOAT))
        })

    it('approve: settled with the amount, which the float has lost', async () => {
      const { payouts, sent } = provider()
      const order = payoutOf()
      assert.deepEqual(await payouts.inspectPayout(order), absent)
      assert.deepEqual(await payouts.payOut(order), pending)
      assertPaid(await settle(payouts, order))
      assert.deepEqual(
        (await charges(order.reference)).map(({ kind, amount, status }) => [kind, amount, status]),
        [['transfer', '1150', 'SUCCESSFUL']],
      )
      assert.deepEqual(await payouts.float(), rwf(FLOAT - 1150))
      const headers =
        sent('/disbursement/v1_0/transfer').find(({ method }) => method === 'POST')?.headers ?? {}
      assert.equal(headers['x-reference-id'], order.reference)
      assert.equal(headers['ocp-apim-subscription-key'], 'disbursement-key')
    })

    it('late: pending for six minutes, then settled', async () => {
      const { payouts } = provider()
      const order = payoutOf()
      await scenario({ msisdn: msisdnOf(order), on: 'transfer', outcome: 'late' })
      await payouts.payOut(order)
      await advance(5 * 60_000)
      assert.deepEqual(await payouts.inspectPayout(order), pending)
      await advance(65_000)
      assertPaid(await payouts.inspectPayout(order))
    })

    it('mismatch: settled with what was really paid', async () => {
      const { payouts } = provider()
      const order = payoutOf()
      await scenario({ msisdn: msisdnOf(order), on: 'transfer', outcome: 'mismatch' })
      await payouts.payOut(order)
      assertPaid(await settle(payouts, order), 1149)
      assert.deepEqual(await payouts.float(), rwf(FLOAT - 1149))
    })
  })

  describe('to the sandbox numbers', () => {
    const numbers: readonly (readonly [last: number, taken: PaymentUpdate, ended: PaymentUpdate])[] = [
      [450, pending, declined('insufficient_funds')],
      [451, pending, declined('payer_declined')],
      [452, pending, declined('payer_timeout')],
      [453, pending, pending],
      [454, pending, pending],
      [455, pending, declined('insufficient_funds')],
      [456, pending, declined('payer_limit')],
      [457, pending, declined('unknown_payer')],
      [458, declined('misconfigured'), absent],
      [459, declined('misconfigured'), absent],
      [460, declined('misconfigured'), absent],
      [461, declined('misconfigured'), absent],
      [462, pending, absent],
      [463, pending, absent],
      [464, pending, pending],
    ]
    for (const [last, taken, ended] of numbers)
      it(`46733123${last}`, async () => {
        const { payouts } = provider({ targetEnvironment: 'sandbox', currency: 'EUR' })
        const order: Payout = {
          ...payoutOf(`+46733123${last}`),
          money: { amountMinor: 505, currency: 'EUR' },
        }
        assert.deepEqual(await payouts.payOut(order), taken)
        assert.deepEqual(await settle(payouts, order), ended)
      })

    it('in euros and cents', async () => {
      // Those who are paid late have their money by then.
      await advance(60_000)
      await fill(FLOAT)
      const { payouts } = provider({ targetEnvironment: 'sandbox', currency: 'EUR' })
      const money = { amountMinor: 505, currency: 'EUR' } as const
      const order: Payout = { ...payoutOf('+46733123999'), money }
      await payouts.payOut(order)
      const update = await settle(payouts, order)
      assert.deepEqual(update.status === 'settled' && update.paid, money)
      assert.deepEqual(await payouts.float(), { amountMinor: FLOAT * 100 - 505, currency: 'EUR' })
    })
  })

  describe('when the way is bad', () => {
    for (const [name, fault, isTaken] of BAD_WAYS)
      it(`${name}: pending, and the same reference is paid once`, async () => {
        const { payouts, requests } = provider()
        const order = payoutOf()
        await scenario({ msisdn: msisdnOf(order), on: 'transfer', times: 1, ...fault })
        assert.deepEqual(await payouts.payOut(order), pending)
        assert.equal((await payouts.inspectPayout(order)).status, isTaken ? 'pending' : 'absent')
        assert.deepEqual(await payouts.payOut(order), pending, 'the first time, or 409')
        assertPaid(await settle(payouts, order))
        assert.equal((await charges(order.reference)).length, 1)
        assert.deepEqual(await payouts.float(), rwf(FLOAT - 1150))
        const references = requests.flatMap(({ headers }) => headers?.['x-reference-id'] ?? [])
        assert.deepEqual(new Set(references), new Set([order.reference]), 'never a new reference')
      })

    for (const fault of BAD_ANSWERS)
      it(`asked after and met by ${fault}: pending, never a decline`, async () => {
        const { payouts } = provider()
        const order = payoutOf()
        await payouts.payOut(order)
        await advance(THINKING_MS)
        await scenario({ msisdn: msisdnOf(order), on: 'transferStatus', times: 1, fault })
        assert.deepEqual(await payouts.inspectPayout(order), pending)
        assertPaid(await payouts.inspectPayout(order))
      })

    it('an answer cut short: pending, wherever it was cut', async () => {
      const order = payoutOf()
      let left = Number.POSITIVE_INFINITY
      const cutting: Http = async (request) => {
        const answer = await wallet.http(request)
        if (answer.kind !== 'answer' || !request.url.includes('/transfer')) return answer
        return { ...answer, body: answer.body.slice(0, left) }
      }
      const { payouts } = provider({ http: cutting })
      await payouts.payOut(order)
      assertPaid(await settle(payouts, order))
      for (left = 0; left < 200; left += 20) assert.deepEqual(await payouts.inspectPayout(order), pending)
    })

    it('429: pending, and nothing is paid', async () => {
      const { payouts } = provider({
        http: async (request) =>
          request.url.endsWith('/transfer')
            ? { kind: 'answer', status: 429, headers: {}, body: '{"statusCode":429}' }
            : wallet.http(request),
      })
      const order = payoutOf()
      assert.deepEqual(await payouts.payOut(order), pending)
      assert.deepEqual(await payouts.inspectPayout(order), absent)
      assert.deepEqual(await charges(order.reference), [])
    })

    it('a slow answer: pending, and paid', async () => {
      const { payouts } = provider({ timeoutMs: 100 })
      const order = payoutOf()
      await scenario({ msisdn: msisdnOf(order), on: 'transfer', times: 1, fault: 'delay', delayMs: 400 })
      assert.deepEqual(await payouts.payOut(order), pending)
      assertPaid(await settle(payouts, order))
    })

    it('a token that has just ended: one new token, and paid once', async () => {
      const { payouts, sent } = provider()
      await payouts.payOut(payoutOf())
      await advance(TOKEN_MS + 1)
      const order = payoutOf()
      assert.deepEqual(await payouts.payOut(order), pending)
      assertPaid(await settle(payouts, order))
      assert.equal(sent('/disbursement/token/').length, 2)
      assert.equal(sent('/collection/token/').length, 0)
      assert.equal((await charges(order.reference)).length, 1)
    })

    it('nobody listens: not sent, and nothing is known', async () => {
      const { payouts } = provider({ baseUrl: `http://127.0.0.1:${await freePort()}/mtn` })
      const order = payoutOf()
      assert.deepEqual(await payouts.payOut(order), { status: 'not_sent' })
      assert.deepEqual(await payouts.inspectPayout(order), pending)
      assert.equal(await payouts.float(), undefined)
      assert.equal(await payouts.hasWallet(order.payee), undefined)
    })

    it('the same reference from three sides at once is paid once', async () => {
      const { payouts } = provider()
      const order = payoutOf()
      const updates = await Promise.all([1, 2, 3].map(() => payouts.payOut(order)))
      assert.deepEqual(updates, [pending, pending, pending])
      assertPaid(await settle(payouts, order))
      assert.equal((await charges(order.reference)).length, 1)
      assert.deepEqual(await payouts.float(), rwf(FLOAT - 1150))
    })
  })

  describe('callbacks', () => {
    const path = (reference: string) => `/hooks/payments/mtn/dev/${reference}`
    const told = (reference: string) => wallet.calledBack.filter((line) => line.endsWith(reference))
    const callbackUrl = (reference: string) => wallet.gatewayUrl() + path(reference)

    for (const [fault, times] of [
      [{}, 1],
      [{ fault: 'duplicate', count: 3 }, 3],
      [{ fault: 'noCallback' }, 0],
      [{ fault: 'lateCallback', delayMs: 60_000 }, 0],
    ] as const)
      it(`come ${times} times in time with ${JSON.stringify(fault)}, and it is settled`, async () => {
        const { payouts } = provider({ callbackUrl })
        const order = payoutOf()
        if ('fault' in fault) await scenario({ msisdn: msisdnOf(order), ...fault })
        await payouts.payOut(order)
        assertPaid(await settle(payouts, order))
        assert.deepEqual(
          told(order.reference),
          Array.from({ length: times }, () => `PUT ${path(order.reference)}`),
        )
      })
  })

  describe('the float', () => {
    it('loses what was paid out and given back, to the franc, and gains nothing of what came in', async () => {
      const { momo, payouts } = provider()
      const before = new Set((await books()).map(({ reference }) => reference))
      const collections = [orderOf(), orderOf(), orderOf()]
      await Promise.all(collections.map((order) => momo.collect(order)))
      await advance(THINKING_MS)
      assert.deepEqual(await payouts.float(), rwf(FLOAT))
      await Promise.all(collections.slice(1).map((order) => momo.refund(refundOf(order))))
      await Promise.all(
        [700, 80, 9].map((amountMinor) => payouts.payOut({ ...payoutOf(), money: rwf(amountMinor) })),
      )
      await advance(THINKING_MS)
      const rows = (await books()).filter(({ reference }) => !before.has(reference))
      const gone = rows.filter(({ kind, status }) => kind !== 'collect' && status === 'SUCCESSFUL')
      assert.equal(gone.length, 5)
      const goneMinor = gone.reduce((sum, { amount }) => sum + Number(amount), 0)
      assert.equal(goneMinor, 2 * 1150 + 789)
      assert.deepEqual(await payouts.float(), rwf(FLOAT - goneMinor))
    })

    it('that is too small pays nothing, and what it covers it pays', async () => {
      await fill(1200)
      const { payouts } = provider()
      const [first, second] = [payoutOf(), payoutOf()]
      await payouts.payOut(first)
      assertPaid(await settle(payouts, first))
      await payouts.payOut(second)
      assert.deepEqual(await settle(payouts, second), declined('insufficient_funds'))
      assert.deepEqual(await payouts.float(), rwf(50))
    })

    it('is none of ours while MTN does not say', async () => {
      const { payouts } = provider()
      for (const fault of BAD_ANSWERS) {
        await scenario({ on: 'balance', times: 1, fault })
        assert.equal(await payouts.float(), undefined)
      }
      assert.deepEqual(await payouts.float(), rwf(FLOAT))
    })
  })

  describe('whether a number has a wallet', () => {
    const sandbox: readonly (readonly [last: number, wanted: boolean | undefined])[] = [
      [450, false],
      [451, false],
      [452, undefined],
      [453, undefined],
      [454, undefined],
      [455, undefined],
      [499, true],
    ]
    for (const [last, wanted] of sandbox)
      it(`46733123${last}: ${wanted}`, async () => {
        const { payouts } = provider({ targetEnvironment: 'sandbox' })
        assert.equal(await payouts.hasWallet(payoutOf(`+46733123${last}`).payee), wanted)
      })

    it('is asked of the disbursement product, and known when it answers', async () => {
      const { payouts, requests } = provider()
      const order = payoutOf()
      assert.equal(await payouts.hasWallet(order.payee), true)
      const path = `/disbursement/v1_0/accountholder/msisdn/${msisdnOf(order)}/active`
      assert.ok(requests.at(-1)?.url.endsWith(path))
      for (const fault of BAD_ANSWERS) {
        await scenario({ msisdn: msisdnOf(order), on: 'holder', times: 1, fault })
        assert.equal(await payouts.hasWallet(order.payee), undefined)
      }
      await scenario({ msisdn: msisdnOf(order), on: 'transfer', outcome: 'not_found' })
      assert.equal(await payouts.hasWallet(order.payee), false)
    })
  })

  describe('breaker', () => {
    const breakerRestMs = 150

    it('opens after five failures; collections, refunds and questions pass; one probe closes it', async () => {
      const { momo, payouts, sent } = provider({ breakerRestMs })
      const order = payoutOf()
      await scenario({ msisdn: msisdnOf(order), on: 'transfer', times: 5, fault: 'error5xxBefore' })
      for (let failure = 1; failure <= 5; failure++) assert.deepEqual(await payouts.payOut(order), pending)
      const before = sent('/transfer').length
      assert.deepEqual(await payouts.payOut(order), { status: 'not_sent' })
      assert.equal(sent('/transfer').length, before)
      assert.equal(momo.isAvailable(), true)
      assert.deepEqual(await momo.collect(orderOf()), pending)
      assert.deepEqual(await momo.refund(refundOf(orderOf())), pending)
      assert.deepEqual(await payouts.inspectPayout(order), absent)
      await sleep(breakerRestMs + 20)
      assert.deepEqual(await payouts.payOut(order), pending)
      assertPaid(await settle(payouts, order))
      assert.equal((await charges(order.reference)).length, 1)
    })

    it('stays closed while collections fail', async () => {
      const { momo, payouts } = provider({ breakerRestMs })
      const order = orderOf()
      await scenario({ msisdn: msisdnOf(order), on: 'collect', times: 5, fault: 'error5xxBefore' })
      for (let failure = 1; failure <= 5; failure++) await momo.collect(order)
      assert.equal(momo.isAvailable(), false)
      assert.deepEqual(await payouts.payOut(payoutOf()), pending)
    })
  })
})
