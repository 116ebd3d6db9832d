import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { voiceTwilio } from '../../src/channels/voice/twilio.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Delivery, Inbound } from '../../src/core/talk/channel.ts'
import { options, phone, recording, SORRY, view } from './hosting.ts'

const SECRET = 'a-secret-of-the-test'
const TOKEN = 'token'
const NOW = 1_700_000_000_000
const CUSTOMER = phone('+250788000001')
const OURS = '+250730000077'
const SESSION = 'CA96cd00fb425200566d5bc8012cd93f96'
const ADDRESS = `https://inzira.test/hooks/voice/twilio/${SECRET}`

const offline: Http = async () => ({ kind: 'not_sent', why: 'offline' })
const channelAt = (http: Http = offline) =>
  voiceTwilio({
    ...{ secret: SECRET, accountSid: 'AC1', authToken: TOKEN, callerId: OURS, sorry: SORRY, http },
    ...{ baseUrl: 'https://twilio.test', publicUrl: 'https://inzira.test/', timeoutMs: 2_000, log: silent },
    clock: { now: () => NOW },
  })

const FIELDS = {
  ...{ CallSid: SESSION, AccountSid: 'AC1', ApiVersion: '2010-04-01', Direction: 'outbound-api' },
  ...{ From: OURS, To: CUSTOMER, CallStatus: 'in-progress' },
}

const signatureOf = (url: string, fields: Readonly<Record<string, string>>): string => {
  const signed = Object.entries(fields)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join(''))
  return createHmac('sha1', TOKEN)
    .update(url + signed.join(''))
    .digest('base64')
}

/** Posts a call's form, signed as Twilio signs it where nothing else is said. */
function post(
  doors: ReturnType<typeof recording>,
  more: Readonly<Record<string, string>>,
  { hop, signature, secret = SECRET }: { hop?: string; signature?: string; secret?: string } = {},
) {
  const [hook] = channelAt().hooks(doors)
  assert.ok(hook)
  const fields = { ...FIELDS, ...more }
  const signed = signatureOf(hop === undefined ? ADDRESS : `${ADDRESS}?hop=${hop}`, fields)
  return hook.answer({
    method: 'POST',
    params: { secret },
    query: hop === undefined ? {} : { hop },
    headers: { 'x-twilio-signature': signature ?? signed },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  })
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
const xml = (body: string) => ({ status: 200, type: 'application/xml', body: `${HEAD}${body}</Response>` })
const INBOUND = { Direction: 'inbound', From: CUSTOMER, To: OURS, CallStatus: 'ringing' }
const question = view({ kind: 'choose', id: 'line', say: 'Which ride?', options: options(2) })
const asking = () => recording(() => channelAt().codec.encode(question))

describe('voice through Twilio: hook', () => {
  it('takes a call for a missed call, and rejects it', async () => {
    const doors = recording()
    assert.deepEqual(await post(doors, INBOUND), xml('<Reject/>'))
    assert.deepEqual(doors.missed, [{ person: CUSTOMER, session: SESSION, at: NOW }])
    assert.deepEqual(await post(doors, { ...INBOUND, CallStatus: 'completed' }), xml(''))
    assert.deepEqual([doors.heard, doors.ends, doors.missed.length], [[], [], 1])
  })

  const inbound = (turn: number, input: Inbound['input']): Inbound => ({
    ...{ channel: 'voice', person: CUSTOMER, session: SESSION, at: NOW, input },
    messageId: `voice:${SESSION}:${turn}`,
  })
  const start = { kind: 'start' } as const
  const keys = (text: string) => ({ kind: 'text', text }) as const
  const hops: readonly [string, string | undefined, Record<string, string>, Inbound, number][] = [
    ['the pick-up', undefined, {}, inbound(0, start), 1],
    ['the first key', '1', { Digits: '2' }, inbound(1, keys('2')), 2],
    ['a number', '3', { Digits: '4821', FinishedOnKey: '#' }, inbound(3, keys('4821')), 4],
    ['repeat of the first question', '1', { Digits: '*' }, inbound(0, start), 1],
    ['repeat by # where one key was asked', '3', { Digits: '#' }, inbound(2, keys('')), 3],
    ['no keys', '3', {}, inbound(2, keys('')), 3],
  ]
  for (const [label, hop, fields, expected, next] of hops)
    it(`hears ${label}`, async () => {
      const doors = asking()
      const { body } = await post(doors, fields, hop === undefined ? {} : { hop })
      assert.deepEqual(doors.heard, [expected])
      const gather = `<Gather action="${ADDRESS}?hop=${next}" timeout="20" input="dtmf" method="POST" numDigits="1" finishOnKey="">`
      assert.ok(body.startsWith(`${HEAD}${gather}`), body)
    })

  for (const CallStatus of ['completed', 'busy', 'no-answer', 'failed', 'canceled'])
    it(`tells the end of a call: ${CallStatus}`, async () => {
      const doors = recording()
      assert.deepEqual(await post(doors, { CallStatus, CallDuration: '12' }), xml(''))
      assert.deepEqual(doors.ends, [{ person: CUSTOMER, session: SESSION, completed: false }])
    })

  const unreadable: readonly [string, Record<string, string>, string][] = [
    ['no session', { CallSid: '' }, ''],
    ['an endless session', { CallSid: 'C'.repeat(1_000) }, ''],
    ['somebody who hides', { ...INBOUND, From: 'anonymous' }, '<Reject/>'],
    ["Twilio's number for nobody", { ...INBOUND, From: '+266696687' }, '<Reject/>'],
    ['ourselves', { ...INBOUND, From: OURS }, '<Reject/>'],
  ]
  for (const [label, fields, said] of unreadable)
    it(`keeps silent to ${label}`, async () => {
      const doors = recording()
      assert.deepEqual(await post(doors, fields), xml(said))
      assert.deepEqual([doors.heard, doors.missed, doors.ends], [[], [], []])
    })

  const forgeries: readonly [string, Parameters<typeof post>[2]][] = [
    ['another secret', { secret: 'guess' }],
    ['no signature', { signature: '' }],
    ['the signature of another turn', { hop: '2', signature: signatureOf(`${ADDRESS}?hop=1`, FIELDS) }],
    ['the signature of other fields', { signature: signatureOf(ADDRESS, { ...FIELDS, Digits: '1' }) }],
  ]
  for (const [label, forged] of forgeries)
    it(`knows nobody with ${label}`, async () => {
      const doors = asking()
      assert.equal((await post(doors, {}, forged)).status, 404)
      assert.deepEqual(doors.heard, [])
    })
})

describe('voice through Twilio: calling back', () => {
  const answered = (status: number, body: string): HttpAnswer => ({
    ...{ kind: 'answer', headers: {} },
    ...{ status, body },
  })
  const failed = (fault: Extract<Delivery, { status: 'failed' }>['fault'], retryable: boolean): Delivery => ({
    ...{ status: 'failed', fault, retryable },
  })
  const refusal = (code: number) => JSON.stringify({ code, message: 'No.', status: 400 })
  const made = JSON.stringify({ sid: SESSION, status: 'queued' })
  const cases: readonly [string, HttpAnswer, Delivery][] = [
    ['queued', answered(201, made), { status: 'sent', externalId: SESSION }],
    ['a wrong number', answered(400, refusal(21211)), failed('unreachable', false)],
    ['a country it does not call', answered(400, refusal(21215)), failed('unreachable', false)],
    ['a caller that is not ours', answered(400, refusal(21210)), failed('misconfigured', false)],
    ['a wrong key', answered(401, refusal(20003)), failed('misconfigured', true)],
    ['a code not in the table', answered(400, refusal(1)), failed('rejected', false)],
    ['too many requests', answered(429, ''), failed('throttled', true)],
    ['a page', answered(200, '<html>'), failed('unknown_outcome', false)],
    ['a 500', answered(500, ''), failed('unknown_outcome', false)],
    ['no answer in time', { kind: 'unknown', why: 'timeout' }, failed('unknown_outcome', false)],
    ['nobody there', { kind: 'not_sent', why: 'ECONNREFUSED' }, failed('unreachable', true)],
  ]
  for (const [label, answer, expected] of cases)
    it(`${label}: ${expected.status === 'sent' ? 'sent' : expected.fault}`, async () =>
      assert.deepEqual(await channelAt(async () => answer).callBack(CUSTOMER, 'call_1'), expected))

  it('writes the documented form', async () => {
    const asked: HttpRequest[] = []
    const http: Http = async (request) => {
      asked.push(request)
      return answered(201, made)
    }
    await channelAt(http).callBack(CUSTOMER, 'call_1')
    assert.deepEqual(asked, [
      {
        method: 'POST',
        url: 'https://twilio.test/2010-04-01/Accounts/AC1/Calls.json',
        headers: {
          authorization: `Basic ${Buffer.from(`AC1:${TOKEN}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({
          ...{ To: CUSTOMER, From: OURS, Url: ADDRESS, StatusCallback: ADDRESS },
        }).toString(),
        timeoutMs: 2_000,
      },
    ])
  })
})
