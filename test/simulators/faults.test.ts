import assert from 'node:assert/strict'
import { freshPhone, type Stage, stage } from './stage.ts'
import { wallet } from './wallet.ts'

describe('scenarios', () => {
  let on: Stage
  let momo: ReturnType<typeof wallet>

  beforeEach(async () => {
    on = await stage()
    momo = wallet(on, freshPhone().slice(1))
  })
  afterEach(() => on.stop())

  for (const [name, body, complaint] of [
    ['mtn', '[]', /must be a JSON object/],
    ['mtn', '{"msisdn"', /not JSON/],
    ['mtn', '', /not JSON/],
    ['mtn', {}, /give a fault or an outcome/],
    ['mtn', { outcome: 'explode' }, /outcome must be one of approve, /],
    ['mtn', { fault: 'explode' }, /fault must be one of drop, /],
    ['mtn', { outcome: 'approve', fault: 'drop' }, /send two scenarios/],
    ['mtn', { outcome: 'approve', delay: 5 }, /unknown key "delay"; known: /],
    ['mtn', { outcome: 'approve', delayMs: -1 }, /delayMs must be a whole number/],
    ['mtn', { outcome: 'approve', delayMs: '5' }, /delayMs must be a whole number/],
    ['mtn', { fault: 'drop', times: 0 }, /times must be a whole number/],
    ['mtn', { fault: 'duplicate', count: 1 }, /count must be a whole number/],
    ['mtn', { fault: 'duplicate', on: 'collect' }, /duplicate cannot happen on collect/],
    ['mtn', { fault: 'html', on: 'callback' }, /html cannot happen on callback/],
    ['mtn', { outcome: 'approve', on: 'token' }, /approve cannot happen on token/],
    ['mtn', { fault: 'drop', on: 'sms' }, /on must be one of token, /],
    ['mtn', { outcome: 'decline', reasonAs: 'list' }, /reasonAs must be one of string, object/],
    ['africastalking', { outcome: 'decline' }, /outcome must be one of InvalidSenderId/],
    ['africastalking', { fault: 'drop', lateMs: 5 }, /unknown key "lateMs"/],
    ['rura', { msisdn: '*', outcome: 'valid' }, /unknown key "msisdn"; known: no, /],
    ['whatsapp', { outcome: '1' }, /outcome must be one of /],
  ] as const) {
    it(`refuses ${name} ${JSON.stringify(body)}`, async () => {
      const { status, json } = await on.post<{ error: string }>(`/${name}/_scenario`, body)
      assert.equal(status, 400)
      assert.match(json.error, complaint)
    })
  }

  it('lists and clears what is in force', async () => {
    await momo.scenario({ outcome: 'decline' })
    assert.equal((await on.get<object[]>('/mtn/_scenario')).json.length, 1)
    assert.equal((await on.ask('DELETE', '/mtn/_scenario')).status, 204)
    assert.deepEqual((await on.get('/mtn/_scenario')).json, [])
  })

  it('puts a phone before *, new before old, and ends after its times', async () => {
    const end = async () => {
      const { reference } = await momo.collect()
      await on.advance(3_000)
      return (await momo.look(reference)).json.reason
    }
    await momo.scenario({ outcome: 'decline' })
    await momo.scenario({ outcome: 'expire', times: 1 })
    await on.post('/mtn/_scenario', { outcome: 'insufficient' })
    assert.deepEqual(
      [await end(), await end(), await end()],
      ['EXPIRED', 'APPROVAL_REJECTED', 'APPROVAL_REJECTED'],
    )
    const other = wallet(on, freshPhone().slice(1))
    const { reference } = await other.collect()
    await on.advance(3_000)
    assert.equal((await other.look(reference)).json.reason, 'NOT_ENOUGH_FUNDS')
  })

  for (const [rule, status, done] of [
    [{ fault: 'error5xxBefore' }, 500, 0],
    [{ fault: 'error5xxAfter' }, 500, 1],
    [{ fault: 'error5xxBefore', status: 503 }, 503, 0],
    [{ fault: 'html' }, 200, 0],
    [{ fault: 'html', after: true }, 200, 1],
  ] as const) {
    it(`answers ${status} and pays ${done} times with ${JSON.stringify(rule)}`, async () => {
      await momo.scenario({ ...rule, on: 'collect', times: 1 })
      const got = await momo.collect()
      assert.equal(got.status, status)
      if (rule.fault === 'html') assert.match(got.body, /^<html>.*Request Rejected/)
      assert.equal((await momo.ledger()).length, done)
      const again = await momo.collect({}, { 'x-reference-id': got.reference })
      assert.equal(again.status, done === 1 ? 409 : 202)
    })
  }

  for (const [after, done] of [
    [false, 0],
    [true, 1],
  ] as const) {
    it(`drops the connection with the effect ${after ? 'done' : 'not done'}`, async () => {
      await momo.scenario({ fault: 'drop', on: 'collect', after, times: 1 })
      await assert.rejects(momo.collect(), /fetch failed/)
      assert.equal((await momo.ledger()).length, done)
    })
  }

  for (const [after, done] of [
    [false, 0],
    [true, 1],
  ] as const) {
    it(`answers late with the effect done ${after ? 'early' : 'late'}`, async () => {
      await momo.headers('collection')
      await momo.scenario({ fault: 'delay', on: 'collect', delayMs: 60_000, after, times: 1 })
      const answer = momo.collect()
      await new Promise((resolve) => setTimeout(resolve, 50))
      assert.equal((await momo.ledger()).length, done)
      await on.advance(61_000)
      assert.equal((await answer).status, 202)
      assert.equal((await momo.ledger()).length, 1)
    })
  }

  it('strikes every request of the phone when it names none', async () => {
    const { reference } = await momo.collect()
    await momo.scenario({ fault: 'error5xxBefore' })
    assert.equal((await momo.look(reference)).status, 500)
    assert.equal((await momo.collect()).status, 500)
    assert.equal((await wallet(on, freshPhone().slice(1)).collect()).status, 202)
  })

  it('loses an SMS before or after it was sent', async () => {
    const to = freshPhone()
    const form = new URLSearchParams({ username: 'sandbox', to, message: 'hi' }).toString()
    const send = () => on.post('/africastalking/version1/messaging', form, { apikey: 'K' })
    const ledger = async () =>
      (await on.get<object[]>(`/africastalking/_ledger?to=${encodeURIComponent(to)}`)).json.length
    await on.post('/africastalking/_scenario', { msisdn: to, fault: 'error5xxBefore', times: 1 })
    assert.deepEqual([(await send()).status, await ledger()], [500, 0])
    await on.post('/africastalking/_scenario', { msisdn: to, fault: 'error5xxAfter', times: 1 })
    assert.deepEqual([(await send()).status, await ledger()], [500, 1])
    assert.deepEqual([(await send()).status, await ledger()], [201, 2])
  })
})

describe('simulated RURA', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.stop())

  const notice = { simulated: true, notice: 'simulated, not an official interface' }
  const look = (no: string) => on.get<{ status: string; expiresOn: string }>(`/rura/licences/${no}`)

  for (const [no, expected] of [
    ['RURA-M-0001', 'valid'],
    ['RURA-M-0020', 'valid'],
    ['RURA-M-0021', 'unknown'],
    ['RURA-M-0000', 'unknown'],
    ['nonsense', 'unknown'],
  ] as const) {
    it(`says ${no} is ${expected}`, async () => {
      const { status, json } = await look(no)
      const known = expected === 'valid'
      const holder = known ? `Holder of ${no}` : null
      assert.equal(status, 200)
      assert.deepEqual(json, {
        no,
        status: expected,
        holder,
        expiresOn: known ? json.expiresOn : null,
        ...notice,
      })
    })
  }

  it('changes a licence, or goes away, on request', async () => {
    await on.post('/rura/_scenario', { no: 'RURA-M-0002', outcome: 'suspended' })
    await on.post('/rura/_scenario', { no: 'RURA-M-0003', outcome: 'expired' })
    await on.post('/rura/_scenario', { no: '*', outcome: 'unavailable', times: 1 })
    assert.equal((await look('RURA-M-0002')).json.status, 'suspended')
    assert.ok(Date.parse((await look('RURA-M-0003')).json.expiresOn) < Date.now())
    const gone = await look('RURA-M-0001')
    assert.deepEqual([gone.status, gone.json], [503, { error: 'the register is not available', ...notice }])
    const seen = (await on.get<{ no: string; status: string }[]>('/rura/_ledger')).json
    assert.deepEqual(
      seen.map(({ no, status }) => [no, status]),
      [
        ['RURA-M-0002', 'suspended'],
        ['RURA-M-0003', 'expired'],
      ],
    )
  })
})
