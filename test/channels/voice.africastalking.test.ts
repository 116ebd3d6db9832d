import assert from 'node:assert/strict'
import { voiceAfricasTalking } from '../../src/channels/voice/africastalking.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Delivery, Inbound } from '../../src/core/talk/channel.ts'
import { options, phone, post, recording, SORRY, view } from './hosting.ts'

const SECRET = 'a-secret-of-the-test'
const NOW = 1_700_000_000_000
const CUSTOMER = phone('+250788000001')
const OURS = '+250730000077'
const SESSION = 'ATVId_96cd00fb425200566d5bc8012cd93f96'

const offline: Http = async () => ({ kind: 'not_sent', why: 'offline' })

const channelAt = (
  http: Http = offline,
  more: { baseUrl?: string | null; publicUrl?: string; username?: string } = {},
) =>
  voiceAfricasTalking({
    secret: SECRET,
    username: 'inzira',
    apiKey: 'key',
    callerId: OURS,
    baseUrl: 'http://voice.test',
    publicUrl: 'https://inzira.test/',
    sorry: SORRY,
    http,
    clock: { now: () => NOW },
    timeoutMs: 2_000,
    log: silent,
    ...more,
  })

const form = (fields: Record<string, string>): string =>
  new URLSearchParams({
    isActive: '1',
    sessionId: SESSION,
    direction: 'Outbound',
    callerNumber: CUSTOMER,
    destinationNumber: OURS,
    callStartTime: '2022-03-01+16:13:56',
    callSessionState: 'Active',
    ...fields,
  }).toString()

const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
const REJECT = '<?xml version="1.0" encoding="UTF-8"?><Response><Reject/></Response>'
const xml = (body: string) => ({ status: 200, type: 'application/xml', body })

const question = view({ kind: 'choose', id: 'line', say: 'Which ride?', options: options(2) })
const asking = (channel = channelAt()) =>
  recording(({ input }) =>
    channel.codec.encode({
      ...question,
      prompt: { ...question.prompt, say: `After ${input.kind === 'text' ? input.text : input.kind}?` },
    }),
  )

describe("voice through Africa's Talking: hook", () => {
  it('takes a call for a missed call, and costs the caller nothing', async () => {
    const doors = recording()
    const answer = await post(
      channelAt().hooks(doors)[0],
      SECRET,
      form({ direction: 'Inbound', callSessionState: 'Ringing' }),
    )
    assert.deepEqual(answer, xml(REJECT))
    assert.deepEqual(doors.missed, [{ person: CUSTOMER, session: SESSION, at: NOW }])
    assert.deepEqual(doors.heard, [])
  })

  it('takes the end of a missed call for nothing', async () => {
    const doors = recording()
    const body = form({
      direction: 'Inbound',
      isActive: '0',
      durationInSeconds: '0',
      hangupCause: 'CALL_REJECTED',
    })
    assert.deepEqual(await post(channelAt().hooks(doors)[0], SECRET, body), xml(EMPTY))
    assert.deepEqual([doors.missed, doors.ends], [[], []])
  })

  const inbound = (turn: number, input: Inbound['input']): Inbound => ({
    channel: 'voice',
    person: CUSTOMER,
    session: SESSION,
    messageId: `voice:${SESSION}:${turn}`,
    input,
    at: NOW,
  })
  const start = { kind: 'start' } as const
  const text = (keys: string) => ({ kind: 'text', text: keys }) as const
  const hops: readonly [string, Record<string, string>, Record<string, string>, Inbound, number][] = [
    ['the pick-up', {}, {}, inbound(0, start), 1],
    ['the pick-up, told again', { callSessionState: 'Answered' }, {}, inbound(0, start), 1],
    ['the first key', { hop: '1' }, { dtmfDigits: '2' }, inbound(1, text('2')), 2],
    ['keys with their #', { hop: '3' }, { dtmfDigits: '4821#' }, inbound(3, text('4821')), 4],
    ['repeat of the first question', { hop: '1' }, { dtmfDigits: '*' }, inbound(0, start), 1],
    ['repeat of a later question', { hop: '3' }, { dtmfDigits: '*' }, inbound(2, text('*')), 3],
    ['no keys', { hop: '3' }, { dtmfDigits: '' }, inbound(2, text('')), 3],
    ['a hop that is no number', { hop: '-1' }, { dtmfDigits: '2' }, inbound(0, start), 1],
    [
      'numbers the other way round',
      {},
      { callerNumber: OURS, destinationNumber: CUSTOMER },
      inbound(0, start),
      1,
    ],
    [
      'our number without its plus',
      {},
      { callerNumber: '250730000077', destinationNumber: CUSTOMER },
      inbound(0, start),
      1,
    ],
  ]
  for (const [label, query, fields, expected, next] of hops)
    it(`hears ${label}`, async () => {
      const doors = asking()
      const answer = await post(channelAt().hooks(doors)[0], SECRET, form(fields), query)
      assert.deepEqual(doors.heard, [expected])
      assert.equal(answer.type, 'application/xml')
      const callback = `https://inzira.test/hooks/voice/africastalking/${SECRET}?hop=${next}`
      assert.ok(
        answer.body.includes(`<GetDigits callbackUrl="${callback}" timeout="20" numDigits="1">`),
        answer.body,
      )
    })

  it('says the same words again for *, and for a post told twice', async () => {
    const doors = asking()
    const hook = channelAt().hooks(doors)[0]
    await post(hook, SECRET, form({}))
    const first = await post(hook, SECRET, form({ dtmfDigits: '1' }), { hop: '1' })
    assert.match(first.body, /After 1\?/)
    assert.deepEqual(await post(hook, SECRET, form({ dtmfDigits: '1' }), { hop: '1' }), first)
    assert.deepEqual(await post(hook, SECRET, form({ dtmfDigits: '*' }), { hop: '2' }), first)
    assert.match((await post(hook, SECRET, form({ dtmfDigits: '2' }), { hop: '2' })).body, /After 2\?/)
  })

  it('hangs up on a call that goes round in circles', async () => {
    const doors = asking()
    assert.deepEqual(
      await post(channelAt().hooks(doors)[0], SECRET, form({ dtmfDigits: '1' }), { hop: '101' }),
      xml(EMPTY),
    )
    assert.deepEqual(doors.heard, [])
  })

  for (const fields of [
    { hangupCause: 'NORMAL_CLEARING', callSessionState: 'Completed' },
    { recordingUrl: '' },
  ])
    it(`tells the end of a call: ${JSON.stringify(fields)}`, async () => {
      const doors = recording()
      const hook = channelAt().hooks(doors)[0]
      for (const _ of ['once', 'twice'])
        assert.deepEqual(await post(hook, SECRET, form({ isActive: '0', ...fields })), xml(EMPTY))
      const end = { person: CUSTOMER, session: SESSION, completed: false }
      assert.deepEqual(doors.ends, [end, end])
    })

  const unreadable: readonly [string, string, string][] = [
    ['nothing', '', EMPTY],
    ['no session', form({ sessionId: '' }), EMPTY],
    ['an endless session', form({ sessionId: 'x'.repeat(1_000) }), EMPTY],
    ['nobody', form({ callerNumber: '' }), EMPTY],
    ['somebody who hides', form({ direction: 'Inbound', callerNumber: 'anonymous' }), REJECT],
    ['ourselves', form({ direction: 'Inbound', callerNumber: OURS }), REJECT],
    ['JSON', '{"isActive":"1"}', EMPTY],
  ]
  for (const [label, body, expected] of unreadable)
    it(`keeps silent to ${label}`, async () => {
      const doors = recording()
      assert.deepEqual(await post(channelAt().hooks(doors)[0], SECRET, body), xml(expected))
      assert.deepEqual([doors.heard, doors.missed, doors.ends], [[], [], []])
    })

  it('knows nobody without the secret', async () => {
    const doors = asking()
    assert.equal((await post(channelAt().hooks(doors)[0], 'guess', form({}))).status, 404)
    assert.deepEqual(doors.heard, [])
  })

  it('cannot speak first', async () =>
    assert.deepEqual(await channelAt().deliver({ id: 'm', to: CUSTOMER, body: 'x' }), {
      status: 'failed',
      fault: 'unreachable',
      retryable: false,
    }))
})

describe("voice through Africa's Talking: calling back", () => {
  const answered = (status: number, body: string): HttpAnswer => ({
    kind: 'answer',
    status,
    headers: {},
    body,
  })
  const entry = (status: string, sessionId = SESSION) =>
    JSON.stringify({ entries: [{ phoneNumber: CUSTOMER, sessionId, status }], errorMessage: 'None' })
  const failed = (fault: Extract<Delivery, { status: 'failed' }>['fault'], retryable: boolean): Delivery => ({
    status: 'failed',
    fault,
    retryable,
  })
  const cases: readonly [string, HttpAnswer, Delivery][] = [
    ['queued', answered(200, entry('Queued')), { status: 'sent', externalId: SESSION }],
    [
      'queued without an id',
      answered(200, entry('Queued', 'None')),
      { status: 'sent', externalId: 'call_1' },
    ],
    ['a wrong number', answered(200, entry('InvalidPhoneNumber', 'None')), failed('unreachable', false)],
    [
      'a country it does not call',
      answered(200, entry('DestinationNotSupported')),
      failed('unreachable', false),
    ],
    ['no money left', answered(200, entry('InsufficientCredit')), failed('misconfigured', true)],
    ['a status not in the table', answered(200, entry('Other')), failed('rejected', false)],
    [
      'a wrong caller',
      answered(200, '{"entries":[],"errorMessage":"Invalid callerId: x"}'),
      failed('misconfigured', false),
    ],
    ['a firewall', answered(200, '<html></html>'), failed('unparseable', false)],
    ['a wrong key', answered(401, 'The supplied authentication is invalid'), failed('misconfigured', true)],
    ['a bad request', answered(400, ''), failed('rejected', false)],
    ['too many requests', answered(429, ''), failed('throttled', true)],
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
      return answered(200, entry('Queued'))
    }
    await channelAt(http).callBack(CUSTOMER, 'call_1')
    await channelAt(http, { baseUrl: null, username: 'sandbox' }).callBack(CUSTOMER, 'call_1')
    assert.deepEqual(asked[0], {
      method: 'POST',
      url: 'http://voice.test/call',
      headers: {
        apikey: 'key',
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'username=inzira&to=%2B250788000001&from=%2B250730000077&clientRequestId=call_1',
      timeoutMs: 2_000,
    })
    assert.equal(asked[1]?.url, 'https://voice.sandbox.africastalking.com/call')
  })
})
