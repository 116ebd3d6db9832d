import assert from 'node:assert/strict'
import { formOf, freshPhone, type Stage, stage } from './stage.ts'

const HOOK = '/hooks/sms/africastalking/s3cret'
const REPORT = `${HOOK}/report`
const FORM = { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' }

interface Sent {
  SMSMessageData: {
    Message: string
    Recipients: { messageId: string; number: string; status: string; statusCode: number; cost: string }[]
  }
}

interface Line {
  channel: string
  to: string
  text: string
  from: string
  status: string
  at: number
}

interface Taken {
  id: string
  taken: boolean
}

describe('simulated SMS', () => {
  let on: Stage

  const send = (fields: Record<string, string>, headers: Record<string, string> = { apikey: 'K' }) =>
    on.post<Sent>(
      '/africastalking/version1/messaging',
      new URLSearchParams({ username: 'sandbox', message: 'Muraho', ...fields }).toString(),
      { ...FORM, ...headers },
    )
  const scenario = (body: object) => on.post('/africastalking/_scenario', body)
  const ledger = async (to: string) =>
    (await on.get<Line[]>(`/africastalking/_ledger?to=${encodeURIComponent(to)}`)).json
  const reports = () => on.heard(REPORT).map((hit) => formOf(hit).status)

  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.stop())

  it('answers 201 in the recorded shape', async () => {
    const to = freshPhone()
    const { status, json } = await send({ to })
    const messageId = json.SMSMessageData.Recipients[0]?.messageId ?? ''
    assert.equal(status, 201)
    assert.match(messageId, /^ATXid_[0-9a-f]{32}$/)
    assert.deepEqual(json, {
      SMSMessageData: {
        Message: 'Sent to 1/1 Total Cost: RWF 10.0000 Message parts: 1',
        Recipients: [{ cost: 'RWF 10.0000', messageId, number: to, status: 'Success', statusCode: 102 }],
      },
    })
  })

  it('keeps every message in the ledger, in order', async () => {
    const to = freshPhone()
    await send({ to, message: 'one' })
    await send({ to, message: 'two', from: 'INZIRA' })
    const lines = await ledger(to)
    assert.deepEqual(
      lines.map(({ channel, text, from }) => [channel, text, from]),
      [
        ['sms', 'one', 'AFRICASTKNG'],
        ['sms', 'two', 'INZIRA'],
      ],
    )
    assert.ok(lines.every((line) => line.to === to && Math.abs(line.at - Date.now()) < 60_000))
  })

  it('refuses a missing key in plain text', async () => {
    const { status, type, body } = await send({ to: freshPhone() }, {})
    assert.equal(status, 401)
    assert.match(type, /^text\/plain/)
    assert.equal(body, 'The supplied authentication is invalid')
  })

  for (const [text, parts] of [
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ẹ'.repeat(70), 1],
    ['ẹ'.repeat(71), 2],
  ] as const) {
    it(`counts ${text.length} × "${text[0]}" as ${parts} part(s)`, async () => {
      const { json } = await send({ to: freshPhone(), message: text })
      assert.match(json.SMSMessageData.Message, new RegExp(`Message parts: ${parts}$`))
    })
  }

  it('answers 101 without queueing, and 403 for what is no number', async () => {
    const good = freshPhone()
    const { json } = await send({ to: `${good},12`, enqueue: '0' })
    const codes = json.SMSMessageData.Recipients.map((each) => each.statusCode)
    assert.deepEqual(codes, [101, 403])
    assert.match(json.SMSMessageData.Message, /^Sent to 1\/2 /)
  })

  for (const [outcome, statusCode] of [
    ['InsufficientBalance', 405],
    ['UserInBlacklist', 406],
    ['DoNotDisturbRejection', 409],
    ['RejectedByGateway', 502],
  ] as const) {
    it(`refuses one recipient with ${outcome}`, async () => {
      const to = freshPhone()
      await scenario({ msisdn: to, outcome })
      const [recipient] = (await send({ to })).json.SMSMessageData.Recipients
      assert.deepEqual(recipient, { cost: '0', messageId: 'None', number: to, status: outcome, statusCode })
      assert.deepEqual(await ledger(to), [])
    })
  }

  it('refuses a sender with 201 and no recipients', async () => {
    await scenario({ outcome: 'InvalidSenderId', times: 1 })
    const { status, json } = await send({ to: freshPhone() })
    assert.equal(status, 201)
    assert.deepEqual(json, { SMSMessageData: { Message: 'InvalidSenderId', Recipients: [] } })
    assert.equal((await send({ to: freshPhone() })).json.SMSMessageData.Recipients.length, 1)
  })

  it('reports Sent, then Success', async () => {
    const to = freshPhone()
    const id = (await send({ to })).json.SMSMessageData.Recipients[0]?.messageId
    await on.advance(2_000)
    const expected = { id, phoneNumber: to, networkCode: '63510', retryCount: '0' }
    assert.deepEqual(on.heard(REPORT).map(formOf), [
      { ...expected, status: 'Sent' },
      { ...expected, status: 'Success' },
    ])
    assert.equal((await ledger(to))[0]?.status, 'Success')
  })

  for (const [fault, seen] of [
    [{ outcome: 'Failed' }, ['Sent', 'Failed']],
    [{ fault: 'reorder' }, ['Success', 'Sent']],
    [{ fault: 'duplicate' }, ['Sent', 'Sent', 'Success', 'Success']],
    [{ fault: 'noCallback' }, []],
    [{ fault: 'drop', on: 'report', times: 1 }, ['Success']],
    [{ fault: 'lateCallback', delayMs: 60_000 }, []],
  ] as const) {
    it(`reports ${seen.join(', ') || 'nothing'} with ${JSON.stringify(fault)}`, async () => {
      const to = freshPhone()
      await scenario({ msisdn: to, ...fault })
      await send({ to })
      await on.advance(2_000)
      assert.deepEqual(reports(), seen)
    })
  }

  it('gives a failure its reason and keeps the message from the inbox', async () => {
    const to = freshPhone()
    await scenario({ msisdn: to, outcome: 'Failed', times: 1 })
    await send({ to, message: 'lost' })
    await on.advance(2_000)
    assert.equal(formOf(on.heard(REPORT)[1]).failureReason, 'DeliveryFailure')
    await send({ to, message: 'found' })
    const inbox = (await on.get<Line[]>(`/africastalking/_handset/inbox?phone=${encodeURIComponent(to)}`))
      .json
    assert.deepEqual(
      inbox.map(({ text }) => text),
      ['found'],
    )
  })

  it('brings an SMS from a phone', async () => {
    const phone = freshPhone()
    const { json } = await on.post<Taken>('/africastalking/_handset/sms', { phone, text: 'YES 4821' })
    const { date, linkId, ...sent } = formOf(on.heard(HOOK)[0])
    assert.ok(Math.abs(Date.parse(date ?? '') - Date.now()) < 3_600_000)
    assert.ok(linkId)
    const rest = { text: 'YES 4821', to: '3847', cost: 'RWF 0.0000', networkCode: '63510' }
    assert.deepEqual(sent, { from: phone, id: json.id, ...rest })
    assert.equal(json.taken, true)
  })

  it('brings it again every minute until it is taken', async () => {
    on.answering(() => ({ status: 503 }))
    const { json } = await on.post<Taken>('/africastalking/_handset/sms', { phone: freshPhone(), text: 'hi' })
    assert.equal(json.taken, false)
    await on.advance(59_000)
    assert.equal(on.heard(HOOK).length, 1)
    await on.advance(61_000)
    await on.until(HOOK, 3)
    on.answering(() => ({}))
    await on.advance(600_000)
    await on.until(HOOK, 4)
    const ids = on.heard(HOOK).map((hit) => formOf(hit).id)
    assert.deepEqual(ids, Array(4).fill(json.id))
  })

  it('gives an SMS up after twelve hours', async () => {
    on.answering(() => ({ status: 500 }))
    await on.post<Taken>('/africastalking/_handset/sms', { phone: freshPhone(), text: 'hi' })
    await on.advance(14 * 3_600_000)
    const { length } = on.heard(HOOK)
    // 721 when every attempt took no time at all.
    assert.ok(length > 700 && length <= 721, `${length} attempts`)
  })
})
