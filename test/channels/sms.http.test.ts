import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { smsInfobip } from '../../src/channels/sms/infobip.ts'
import { smsTwilio } from '../../src/channels/sms/twilio.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Delivery, Receipt } from '../../src/core/talk/channel.ts'
import { startWorld, type World } from '../support/world.ts'
import { phone, recording } from './hosting.ts'
import { until } from './smpp-stage.ts'

const SECRET = 'a-secret-of-the-test'
const TOKEN = 'token'
const PERSON = phone('+250788000001')
const MESSAGE = { id: 'm1', to: PERSON, body: 'Muraho & karibu' }
const PUBLIC = 'https://inzira.test'

const asked: HttpRequest[] = []
const answering =
  (answer: HttpAnswer): Http =>
  async (request) => {
    asked.push(request)
    return answer
  }
const answer = (status: number, body: unknown): HttpAnswer => ({
  ...{ kind: 'answer', status, headers: {} },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const NEVER = answering({ kind: 'not_sent', why: 'nobody is asked' })
const shared = { secret: SECRET, senderId: '3847', timeoutMs: 1_000, clock: { now: () => 1 }, log: silent }
const twilioWith = (http: Http) =>
  smsTwilio({
    ...shared,
    http,
    accountSid: 'AC1',
    authToken: TOKEN,
    baseUrl: 'https://twilio.test',
    publicUrl: PUBLIC,
  })
const infobipWith = (http: Http) =>
  smsInfobip({ ...shared, http, apiKey: 'key', baseUrl: 'https://infobip.test' })

const failed = (fault: Extract<Delivery, { status: 'failed' }>['fault'], retryable: boolean): Delivery => ({
  status: 'failed',
  fault,
  retryable,
})

/** What anything over HTTP may do instead of answering. */
const SILENCES: readonly (readonly [string, HttpAnswer, Delivery])[] = [
  ['nobody is there', { kind: 'not_sent', why: 'ECONNREFUSED' }, failed('unreachable', true)],
  ['it does not answer', { kind: 'unknown', why: 'time-out' }, failed('unknown_outcome', false)],
  ['it breaks', answer(503, 'busy'), failed('unknown_outcome', false)],
  ['it answers with a page', answer(200, '<html>'), failed('unknown_outcome', false)],
  ['it has too much', answer(429, ''), failed('throttled', true)],
  ['it refuses', answer(400, '{}'), failed('rejected', false)],
]

describe('sms through Twilio', () => {
  const sign = (url: string, body: string): string => {
    const fields = [...new URLSearchParams(body)].sort(([one], [other]) => (one < other ? -1 : 1))
    return createHmac('sha1', TOKEN)
      .update(url + fields.map((pair) => pair.join('')).join(''))
      .digest('base64')
  }
  const url = (rest: string) => `${PUBLIC}/hooks/sms/twilio/${SECRET}${rest}`
  async function bring(
    rest: '' | '/report',
    body: string,
    signature = sign(url(rest), body),
    secret = SECRET,
  ) {
    const doors = recording()
    const hook = twilioWith(NEVER).hooks(doors)[rest === '' ? 0 : 1]
    const request = { method: 'POST', params: { secret }, query: {}, body: Buffer.from(body) }
    const answered = await hook?.answer({ ...request, headers: { 'x-twilio-signature': signature } })
    return { doors, status: answered?.status, body: answered?.body }
  }

  const texts: readonly (readonly [label: string, body: string, heard: readonly string[]])[] = [
    [
      'a text',
      'MessageSid=SM1&From=%2B250788000001&To=3847&Body=RIDE+%26+go&NumMedia=0',
      ['sms:twilio:SM1 RIDE & go'],
    ],
    ['an empty one', 'MessageSid=SM2&From=%2B250788000001&Body=', ['sms:twilio:SM2 ']],
    ['a service', 'MessageSid=SM3&From=40404&Body=Win', []],
    ['no id', 'From=%2B250788000001&Body=hi', []],
    ['nobody', 'MessageSid=SM4&From=&Body=hi', []],
    ['nothing', '', []],
  ]
  for (const [label, body, heard] of texts)
    it(`hears ${label}`, async () => {
      const { doors, ...answered } = await bring('', body)
      assert.deepEqual(answered, { status: 200, body: '<Response/>' })
      assert.deepEqual(
        doors.heard.map(({ messageId, input }) => `${messageId} ${'text' in input ? input.text : ''}`),
        heard,
      )
    })

  it('hears nobody who did not sign, or signed something else', async () => {
    const [, body = ''] = texts[0] ?? []
    for (const [signature, secret] of [
      ['', SECRET],
      ['AAAA', SECRET],
      [sign(url('/report'), body), SECRET],
      [sign(url(''), body), 'guess'],
    ]) {
      const { doors, status } = await bring('', body, signature, secret)
      assert.deepEqual([status, doors.heard], [404, []])
    }
  })

  const reports: readonly (readonly [string, Partial<Receipt> | null])[] = [
    [
      'MessageSid=SM1&MessageStatus=delivered&To=%2B250788000001',
      { status: 'delivered', reason: null, to: PERSON },
    ],
    ['MessageSid=SM1&MessageStatus=sent', { status: 'sent', reason: null }],
    ['MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005', { status: 'failed', reason: '30005' }],
    [
      'MessageSid=SM1&MessageStatus=failed&ErrorCode=21610',
      { status: 'failed', reason: '21610', fault: 'opted_out' },
    ],
    ['MessageSid=SM1&MessageStatus=failed', { status: 'failed', reason: 'failed' }],
    ['MessageSid=SM1&MessageStatus=queued', null],
    ['MessageStatus=delivered', null],
  ]
  for (const [body, receipt] of reports)
    it(`reads the report ${body}`, async () => {
      const { doors } = await bring('/report', body)
      assert.deepEqual(doors.receipts, receipt ? [{ channel: 'sms', externalId: 'SM1', ...receipt }] : [])
    })

  const outcomes: readonly (readonly [string, HttpAnswer, Delivery])[] = [
    ...SILENCES,
    [
      'it is taken',
      answer(201, { sid: 'SM9', num_segments: '2' }),
      { status: 'sent', externalId: 'SM9', cost: { money: null, parts: 2 } },
    ],
    ['the token is wrong', answer(401, { code: 20003 }), failed('misconfigured', true)],
    ['nobody has that number', answer(400, { code: 21211 }), failed('unreachable', false)],
    ['they want nothing of us', answer(400, { code: 21610 }), failed('opted_out', false)],
    ['we may not send from there', answer(400, { code: 21606 }), failed('misconfigured', false)],
  ]
  for (const [label, given, expected] of outcomes)
    it(`knows what became of a message when ${label}`, async () =>
      assert.deepEqual(await twilioWith(answering(given)).deliver(MESSAGE), expected))

  it('sends a form', async () => {
    asked.length = 0
    await twilioWith(answering(answer(201, { sid: 'SM9' }))).deliver(MESSAGE)
    const [{ url: to = '', headers = {}, body = '' } = {}] = asked
    assert.equal(to, 'https://twilio.test/2010-04-01/Accounts/AC1/Messages.json')
    assert.equal(headers.authorization, `Basic ${Buffer.from('AC1:token').toString('base64')}`)
    assert.equal(
      body,
      `To=%2B250788000001&From=3847&Body=Muraho+%26+karibu&StatusCallback=${encodeURIComponent(url('/report'))}`,
    )
  })
})

describe('sms through Infobip', () => {
  async function bring(hook: 0 | 1, body: string, secret = SECRET) {
    const doors = recording()
    const request = { method: 'POST', params: { secret }, query: {}, headers: {}, body: Buffer.from(body) }
    const answered = await infobipWith(NEVER).hooks(doors)[hook]?.answer(request)
    return { doors, status: answered?.status }
  }
  const text = (more: object) => ({
    messageId: '8177',
    from: '250788000001',
    to: '3847',
    text: 'RIDE',
    ...more,
  })
  const texts: readonly (readonly [label: string, body: unknown, heard: readonly string[]])[] = [
    ['a text', { results: [text({})], messageCount: 1 }, ['sms:infobip:8177 RIDE']],
    [
      'two in one call',
      { results: [text({}), text({ messageId: '8178', text: '1' })] },
      ['sms:infobip:8177 RIDE', 'sms:infobip:8178 1'],
    ],
    ['one beside what is none', { results: [{ text: 'x' }, text({})] }, ['sms:infobip:8177 RIDE']],
    ['a service', { results: [text({ from: 'InfoSMS' })] }, []],
    ['no id', { results: [text({ messageId: '' })] }, []],
    ['no results', {}, []],
    ['no JSON', '<xml/>', []],
  ]
  for (const [label, body, heard] of texts)
    it(`hears ${label}`, async () => {
      const { doors, status } = await bring(0, typeof body === 'string' ? body : JSON.stringify(body))
      assert.equal(status, 200)
      assert.deepEqual(
        doors.heard.map(({ messageId, input }) => `${messageId} ${'text' in input ? input.text : ''}`),
        heard,
      )
    })

  it('knows nobody without the secret', async () => {
    const { doors, status } = await bring(0, JSON.stringify({ results: [text({})] }), 'guess')
    assert.deepEqual([status, doors.heard], [404, []])
  })

  const reports: readonly (readonly [group: number, name: string, receipt: Partial<Receipt> | null])[] = [
    [3, 'DELIVERED_TO_HANDSET', { status: 'delivered', reason: null }],
    [1, 'PENDING_ENROUTE', { status: 'sent', reason: null }],
    [2, 'UNDELIVERABLE_NOT_DELIVERED', { status: 'failed', reason: 'UNDELIVERABLE_NOT_DELIVERED' }],
    [4, 'EXPIRED_EXPIRED', { status: 'failed', reason: 'EXPIRED_EXPIRED' }],
    [5, 'REJECTED_NETWORK', { status: 'failed', reason: 'REJECTED_NETWORK' }],
    [9, 'SOMETHING_NEW', null],
  ]
  for (const [groupId, name, receipt] of reports)
    it(`reads the report ${name}`, async () => {
      const results = [{ bulkId: 'b', messageId: '7', to: '250788000001', status: { groupId, name } }]
      const { doors } = await bring(1, JSON.stringify({ results }))
      assert.deepEqual(
        doors.receipts,
        receipt ? [{ channel: 'sms', externalId: '7', ...receipt, to: PERSON }] : [],
      )
    })

  const sent = (groupId: number, name = '') =>
    answer(200, { messages: [{ messageId: '7', status: { groupId, name } }] })
  const outcomes: readonly (readonly [string, HttpAnswer, Delivery])[] = [
    ...SILENCES,
    ['it is taken', sent(1), { status: 'sent', externalId: '7' }],
    ['the key is wrong', answer(401, '{}'), failed('misconfigured', true)],
    ['it cannot be delivered', sent(2), failed('unreachable', false)],
    ['it is rejected', sent(5, 'REJECTED_NETWORK'), failed('rejected', false)],
    ['they want nothing of us', sent(5, 'REJECTED_USER_BLACKLISTED'), failed('opted_out', false)],
  ]
  for (const [label, given, expected] of outcomes)
    it(`knows what became of a message when ${label}`, async () =>
      assert.deepEqual(await infobipWith(answering(given)).deliver(MESSAGE), expected))

  it('sends JSON', async () => {
    asked.length = 0
    await infobipWith(answering(sent(1))).deliver(MESSAGE)
    const [{ url = '', headers = {}, body = '' } = {}] = asked
    assert.deepEqual([url, headers.authorization], ['https://infobip.test/sms/2/text/advanced', 'App key'])
    assert.equal(
      body,
      '{"messages":[{"from":"3847","destinations":[{"to":"250788000001"}],"text":"Muraho & karibu"}]}',
    )
  })
})

for (const gateway of ['twilio', 'infobip'])
  describe(`a house that texts through ${gateway}`, function () {
    this.timeout(30_000)
    let world: World
    before(async () => {
      world = await startWorld({ SMS_GATEWAY: gateway })
    })
    after(() => world.stop())

    it('hears and answers, and learns that it arrived', async () => {
      const inbox = async () => {
        const texts = await world.get(`/${gateway}/_handset/inbox?phone=${encodeURIComponent(PERSON)}`)
        return z.array(z.object({ text: z.string() })).parse(texts)
      }
      await world.post(`/${gateway}/_handset/sms`, { phone: PERSON, text: 'RIDE' })
      await until(
        'asked where they are',
        async () => (await inbox()).at(-1)?.text.startsWith('Where are you?') ?? false,
      )
      await world.post(`/${gateway}/_handset/sms`, { phone: PERSON, text: 'Remera' })
      await until('asked where to', async () => (await inbox()).at(-1)?.text.startsWith('Where to?') ?? false)
      const rows = () => world.db('messages').where({ person: PERSON })
      await until('delivered', async () => (await rows()).every(({ status }) => status === 'delivered'))
      assert.equal((await rows()).length, 2)
    })
  })
