import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { HookRequest } from '../../src/core/base/hook.ts'
import { silent } from '../../src/core/base/log.ts'
import { isSigned, stripeHook } from '../../src/integrations/payments/stripe/hook.ts'

const REFERENCE = '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11'
const SECRET = 'whsec_dummy'
const AT_S = 1_700_000_000
const NOW = AT_S * 1000

const sign = (body: string | Buffer, atS = AT_S, secret = SECRET) =>
  createHmac('sha256', secret).update(`${atS}.`).update(body).digest('hex')

describe('stripe signatures', () => {
  const BODY = '{"event":"charge.success","data":{"reference":"T1","amount":5000}}'
  const GOLDEN = 'af88330b4d8a3c12bedf71cb6034d732fddf41d3eb82da293edb2ef897a7d70b'
  const check = (header: string | undefined, now = NOW, body: string | Buffer = BODY) =>
    isSigned(header, Buffer.from(body), SECRET, now)

  const HEADERS: readonly (readonly [name: string, header: string | undefined, isGood: boolean])[] = [
    ['the golden vector', `t=${AT_S},v1=${GOLDEN}`, true],
    ['with spaces', `t=${AT_S}, v1=${GOLDEN}`, true],
    ['of an older secret first', `t=${AT_S},v1=${'0'.repeat(64)},v1=${GOLDEN}`, true],
    ['of an older secret last', `t=${AT_S},v1=${GOLDEN},v1=${'0'.repeat(64)}`, true],
    ['beside another scheme', `t=${AT_S},v0=${'0'.repeat(64)},v1=${GOLDEN}`, true],
    ['of another scheme only', `t=${AT_S},v0=${GOLDEN}`, false],
    ['of another time', `t=${AT_S + 1},v1=${GOLDEN}`, false],
    ['cut short', `t=${AT_S},v1=${GOLDEN.slice(1)}`, false],
    ['without a time', `v1=${GOLDEN}`, false],
    ['with a time that is no number', `t=now,v1=${GOLDEN}`, false],
    ['without a signature', `t=${AT_S}`, false],
    ['empty', '', false],
    ['missing', undefined, false],
    ['past the eighth', `t=${AT_S},${`v1=${'0'.repeat(64)},`.repeat(8)}v1=${GOLDEN}`, false],
  ]
  for (const [name, header, isGood] of HEADERS) it(name, () => assert.equal(check(header), isGood))

  it('holds for 300 seconds either way', () => {
    const header = `t=${AT_S},v1=${GOLDEN}`
    assert.deepEqual(
      [-300_001, -300_000, 300_000, 300_001].map((offMs) => check(header, NOW + offMs)),
      [false, true, true, false],
    )
  })

  it('is over the bytes, whatever they are', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d])
    assert.ok(check(`t=${AT_S},v1=${sign(bytes)}`, NOW, bytes))
    assert.ok(!check(`t=${AT_S},v1=${sign(bytes.toString('utf8'))}`, NOW, bytes))
    assert.ok(
      !check(`t=${AT_S},v1=${GOLDEN}`, NOW, BODY.replace(':', ': ')),
      'the same JSON, written otherwise',
    )
  })
})

describe('stripe events', () => {
  const event = (object: object, type = 'checkout.session.completed') =>
    JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } })
  const metadata = { reference: REFERENCE }
  const session = { object: 'checkout.session', id: 'cs_test_1', metadata }

  function door(onHint: () => Promise<void> = async () => {}) {
    const hints: unknown[] = []
    const hear = async (...hint: unknown[]) => {
      hints.push(hint)
      await onHint()
    }
    const hook = stripeHook({ secret: SECRET, clock: { now: () => NOW }, onHint: hear, log: silent })
    const call = (body: string, signature = `t=${AT_S},v1=${sign(body)}`) => {
      const headers = { 'stripe-signature': signature }
      const request: HookRequest = { method: 'POST', params: {}, query: {}, headers, body: Buffer.from(body) }
      return hook.answer(request)
    }
    return { hook, hints, call }
  }

  it('come to one door', () => {
    const { hook } = door()
    assert.deepEqual([hook.path, hook.methods], ['/hooks/payments/stripe', ['POST']])
  })

  const BODIES: readonly (readonly [name: string, body: string, hints: readonly unknown[]])[] = [
    ['a session', event(session), [[REFERENCE, 'cs_test_1']]],
    ['a refund', event({ object: 'refund', id: 're_1', metadata }), [[REFERENCE, 're_1']]],
    [
      'a payment, which is not our handle',
      event({ object: 'payment_intent', id: 'pi_1', metadata }),
      [[REFERENCE]],
    ],
    ['a strange id', event({ ...session, id: 'cs_../refunds' }), [[REFERENCE]]],
    ['nothing of ours', event({ object: 'payout', id: 'po_1', metadata: {} }), []],
    ['a reference that is none', event({ ...session, metadata: { reference: '1 OR 1=1' } }), []],
    ['an empty body', '', []],
    ['no JSON', 'x'.repeat(100_000), []],
  ]
  for (const [name, body, wanted] of BODIES)
    it(`that are signed: ${name}`, async () => {
      const { call, hints } = door()
      const answer = await call(body)
      assert.deepEqual([answer.status, answer.body], [200, ''])
      assert.deepEqual(hints, wanted)
    })

  it('that are not signed find no door', async () => {
    const { call, hints } = door()
    for (const signature of ['', `t=${AT_S},v1=${sign(event(session), AT_S, 'whsec_other')}`])
      assert.equal((await call(event(session), signature)).status, 404)
    assert.deepEqual(hints, [])
  })

  it('that could not be passed on are asked for again', async () => {
    const { call } = door(() => Promise.reject(new Error('no database')))
    assert.equal((await call(event(session))).status, 500)
  })

  it('are answered within two seconds when the hint hangs', async () => {
    const { call } = door(() => new Promise(() => {}))
    const started = performance.now()
    assert.equal((await call(event(session))).status, 200)
    assert.ok(performance.now() - started < 2_000)
  })
})
