import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { whatsappCloud } from '../../src/channels/whatsapp/cloud.ts'
import type { HookAnswer, HookRequest } from '../../src/core/base/hook.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../src/core/base/http.ts'
import type { Delivery, Doors } from '../../src/core/talk/channel.ts'
import type { Input } from '../../src/core/talk/prompt.ts'
import { noting, options, phone, type Recording, recording, view } from './hosting.ts'

const NOW = 1_790_000_000_000
const SECRET = 'app secret'
const MINE = '106540352242922'
const ok = (body: string): HttpAnswer => ({ kind: 'answer', status: 200, headers: {}, body })

const PARTS = {
  appSecret: SECRET,
  verifyToken: 'verify me',
  accessToken: 'token',
  phoneNumberId: MINE,
  graphUrl: 'https://graph.facebook.com/v25.0',
  clock: { now: () => NOW },
  timeoutMs: 5_000,
}

const channel = (http: Http = async () => ok(''), logged: string[] = []) =>
  whatsappCloud({ ...PARTS, http, log: noting(logged) })

const sign = (body: string | Buffer, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

async function post(
  body: string | Buffer,
  {
    doors = recording() as Doors,
    headers = { 'x-hub-signature-256': sign(body) } as HookRequest['headers'],
    logged = [] as string[],
  } = {},
): Promise<HookAnswer> {
  const hook = channel(undefined, logged)
    .hooks(doors)
    .find(({ methods }) => methods.includes('POST'))
  assert.ok(hook)
  assert.equal(hook.path, '/hooks/whatsapp/cloud')
  return hook.answer({ method: 'POST', params: {}, query: {}, headers, body: Buffer.from(body) })
}

const wrap = (value: object, id = MINE) =>
  `{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"250730000077","phone_number_id":"${id}"},${JSON.stringify(value).slice(1)},"field":"messages"}]}]}`
const message = (content: object, id = 'wamid.A', from = '250788000001') => ({
  from,
  id,
  timestamp: '1749416383',
  ...content,
})
const hello = message({ type: 'text', text: { body: 'Muraho' } })

async function heard(body: string): Promise<Recording> {
  const doors = recording()
  assert.deepEqual(await post(body, { doors }), { status: 200, type: 'text/plain', body: 'OK' })
  return doors
}

describe('whatsapp cloud, handshake', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify me', 'hub.challenge': '1158201444' }
  const cases: readonly [string, Record<string, string>, number, string][] = [
    ['the right token is answered with the challenge', query, 200, '1158201444'],
    ['another token is forbidden', { ...query, 'hub.verify_token': 'verify' }, 403, 'Forbidden'],
    ['another mode is forbidden', { ...query, 'hub.mode': 'unsubscribe' }, 403, 'Forbidden'],
    ['nothing is forbidden', {}, 403, 'Forbidden'],
  ]
  for (const [label, asked, status, body] of cases)
    it(label, async () => {
      const hook = channel()
        .hooks(recording())
        .find(({ methods }) => methods.includes('GET'))
      const answer = await hook?.answer({
        method: 'GET',
        params: {},
        query: asked,
        headers: {},
        body: Buffer.alloc(0),
      })
      assert.deepEqual(answer, { status, type: 'text/plain', body })
    })
})

describe('whatsapp cloud, signature', () => {
  const raw = wrap({ messages: [hello] })
  const pretty = JSON.stringify(JSON.parse(raw), null, 1)
  const cases: readonly [string, string | Buffer, string | undefined, number][] = [
    ['over these bytes', raw, sign(raw), 200],
    ['missing', raw, undefined, 401],
    ['empty', raw, '', 401],
    ['without its prefix', raw, sign(raw).slice('sha256='.length), 401],
    ['by another secret', raw, sign(raw, 'other'), 401],
    ['cut short', raw, sign(raw).slice(0, -1), 401],
    ['in capitals, as Meta never writes it', raw, sign(raw).toUpperCase(), 401],
    ['over the same JSON written otherwise', pretty, sign(raw), 401],
    ['over spaced JSON as it came', pretty, sign(pretty), 200],
    ['over an emoji', raw.replace('Muraho', 'Muraho 🏍️'), sign(raw.replace('Muraho', 'Muraho 🏍️')), 200],
    [
      'over escaped characters',
      raw.replace('Muraho', '\\u00e9\\/'),
      sign(raw.replace('Muraho', '\\u00e9\\/')),
      200,
    ],
    ['over bytes that are not UTF-8', Buffer.from([0xff, 0xfe]), sign(Buffer.from([0xff, 0xfe])), 200],
    ['over nothing', '', sign(''), 200],
  ]
  for (const [label, body, signature, status] of cases)
    it(`${label}: ${status}`, async () => {
      const doors = recording()
      assert.equal(
        (await post(body, { doors, headers: { 'x-hub-signature-256': signature } })).status,
        status,
      )
      assert.equal(doors.heard.length, status === 200 && body.length > 2 ? 1 : 0)
    })
})

describe('whatsapp cloud, messages', () => {
  const said: readonly [string, object, Input][] = [
    ['text', { type: 'text', text: { body: 'Kimironko 🏍️' } }, { kind: 'text', text: 'Kimironko 🏍️' }],
    [
      'a button',
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 'v:1:q:yes', title: 'Yes' } },
      },
      { kind: 'pick', value: 'v:1:q:yes' },
    ],
    [
      'a row',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'nav:more', title: 'More', description: 'x' } },
      },
      { kind: 'pick', value: 'nav:more' },
    ],
    [
      'a pin',
      { type: 'location', location: { latitude: -1.9536, longitude: 30.0606, name: 'Kigali' } },
      { kind: 'pin', lat: -1.9536, lng: 30.0606 },
    ],
    [
      'a template button of ours',
      { type: 'button', button: { payload: 'v:1:q:yes', text: 'Yes' } },
      { kind: 'pick', value: 'v:1:q:yes' },
    ],
    [
      'any other template button',
      { type: 'button', button: { payload: 'No-Button-Payload', text: 'No' }, context: { id: 'gBGG' } },
      { kind: 'text', text: 'No' },
    ],
    [
      'a sticker',
      { type: 'sticker', sticker: { id: '1', mime_type: 'image/webp' } },
      { kind: 'text', text: '', isMedia: true },
    ],
    [
      'a voice note',
      { type: 'audio', audio: { id: '1', mime_type: 'audio/ogg; codecs=opus' } },
      { kind: 'text', text: '', isMedia: true },
    ],
    [
      'a flow',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow' } } },
      { kind: 'text', text: '' },
    ],
    [
      'what Meta cannot show',
      { type: 'unsupported', errors: [{ code: 131051, title: 'Unsupported' }] },
      { kind: 'text', text: '', isMedia: true },
    ],
    [
      'a pin off the globe',
      { type: 'location', location: { latitude: 91, longitude: 0 } },
      { kind: 'text', text: '' },
    ],
    ['a type without its content', { type: 'text' }, { kind: 'text', text: '' }],
  ]
  for (const [label, content, input] of said)
    it(`${label} is ${input.kind}`, async () => {
      const doors = await heard(wrap({ contacts: [{ wa_id: '250788000001' }], messages: [message(content)] }))
      assert.deepEqual(doors.heard, [
        {
          channel: 'whatsapp',
          person: phone('+250788000001'),
          session: 'whatsapp:+250788000001',
          messageId: 'whatsapp:wamid.A',
          input,
          at: NOW,
        },
      ])
    })

  it('every entry, change and message is heard once, in order', async () => {
    const other = message({ type: 'text', text: { body: 'B' } }, 'wamid.B')
    const third = message({ type: 'text', text: { body: 'C' } }, 'wamid.C', '250788000002')
    const one = JSON.parse(wrap({ messages: [hello, hello, other] }))
    const two = JSON.parse(wrap({ messages: [hello, third] }))
    one.entry[0].changes.push(...two.entry[0].changes)
    one.entry.push(...two.entry)
    const doors = await heard(JSON.stringify(one))
    assert.deepEqual(doors.heard.map(({ messageId }) => messageId).sort(), [
      'whatsapp:wamid.A',
      'whatsapp:wamid.B',
      'whatsapp:wamid.C',
    ])
    const own = doors.heard.filter(({ person }) => person === '+250788000001')
    assert.deepEqual(
      own.map(({ input }) => input.kind === 'text' && input.text),
      ['Muraho', 'B'],
    )
  })

  const dropped: readonly [string, string][] = [
    ['not JSON', 'hello'],
    ['another object', '{"object":"page","entry":[]}'],
    ['no entries', '{"object":"whatsapp_business_account"}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number of another business', wrap({ messages: [hello] }, '1')],
    ['another field', wrap({ messages: [hello] }).replace('"field":"messages"', '"field":"account_update"')],
    ['no messages', wrap({ contacts: [] })],
    ['a message without id', wrap({ messages: [{ ...hello, id: undefined }] })],
    ['a message that is null', wrap({ messages: [null] })],
    ['a sender without a phone', wrap({ messages: [{ ...hello, from: undefined, from_user_id: 'nobody' }] })],
    ['a sender that no phone can have', wrap({ messages: [{ ...hello, from: '12' }] })],
    ['an error of the account', wrap({ errors: [{ code: 0, title: 'We were unable to authenticate' }] })],
  ]
  for (const [label, body] of dropped)
    it(`${label}: acknowledged, dropped and logged`, async () => {
      const doors = recording()
      const logged: string[] = []
      assert.equal((await post(body, { doors, logged })).status, 200)
      assert.deepEqual([doors.heard, doors.receipts], [[], []])
      if (label !== 'no messages') assert.equal(logged.length, 1)
      assert.doesNotMatch(logged.join(), /250788000001|US\.1234/)
    })

  it('a good message beside a bad one is heard', async () => {
    const doors = await heard(wrap({ messages: [null, { ...hello, from: undefined }, hello] }))
    assert.equal(doors.heard.length, 1)
  })

  it('is acknowledged only after all was received; one person’s failure holds up nobody else', async () => {
    const received: string[] = []
    const doors: Doors = {
      ...recording(),
      async receive({ person, messageId }) {
        if (messageId === 'whatsapp:wamid.A') throw new Error('database away')
        await new Promise((resolve) => setTimeout(resolve, 20))
        received.push(person)
        return ''
      },
    }
    const after = message({ type: 'text', text: { body: 'B' } }, 'wamid.B')
    const other = message({ type: 'text', text: { body: 'C' } }, 'wamid.C', '250788000002')
    await assert.rejects(post(wrap({ messages: [hello, after, other] }), { doors }), /database away/)
    assert.deepEqual(received, ['+250788000002'], 'B waits behind A, for Meta will send both again')
  })
})

describe('whatsapp cloud, statuses', () => {
  const status = (state: string, more = {}) => ({
    id: 'wamid.S',
    recipient_id: '250788000001',
    status: state,
    timestamp: '1',
    ...more,
  })
  const failure = { errors: [{ code: 131026, title: 'Message undeliverable' }] }
  it('are receipts, each once; what says nothing of delivery is left out', async () => {
    const statuses = [
      status('sent', { pricing: { billable: false } }),
      status('delivered'),
      status('delivered'),
      status('read'),
      status('deleted'),
      { status: 'read' },
      status('failed', failure),
    ]
    const doors = await heard(wrap({ statuses }))
    assert.deepEqual(
      doors.receipts.map(({ externalId, status, reason }) => [externalId, status, reason]),
      [
        ['wamid.S', 'sent', null],
        ['wamid.S', 'delivered', null],
        ['wamid.S', 'read', null],
        ['wamid.S', 'failed', '131026 Message undeliverable'],
      ],
    )
  })
})

describe('whatsapp cloud, what a status says besides', () => {
  const codes: readonly [number, string][] = [
    [131047, 'window_closed'],
    [131026, 'unreachable'],
    [132000, 'rejected'],
    [131049, 'rejected'],
    [131056, 'throttled'],
    [999999, 'rejected'],
  ]
  for (const [code, fault] of codes)
    it(`${code} is ${fault}, about a phone and an intent of ours`, async () => {
      const [receipt] = (
        await heard(
          wrap({
            statuses: [
              {
                ...{ id: 'wamid.S', recipient_id: '250788000001', status: 'failed', errors: [{ code }] },
                biz_opaque_callback_data: 'ob_1',
              },
            ],
          }),
        )
      ).receipts
      assert.deepEqual(receipt, {
        ...{ channel: 'whatsapp', externalId: 'wamid.S', status: 'failed', reason: String(code), fault },
        ...{ to: '+250788000001', intent: 'ob_1' },
      })
    })
})

describe('whatsapp cloud, to whom has not written for a day', () => {
  const templates = { 'booking.en': 'trip_news' }
  const to = (language: string) =>
    whatsappCloud({ ...PARTS, http: async () => ok(''), log: noting([]), templates }).outside?.(
      view({ kind: 'choose', id: 'q', say: 'Which\none?', options: options(2) }, { language }),
      'booking',
    )
  it('is a template in their language, with the whole question on one line', () =>
    assert.deepEqual(JSON.parse(to('en') ?? ''), {
      type: 'template',
      template: {
        ...{ name: 'trip_news', language: { policy: 'deterministic', code: 'en' } },
        components: [
          { type: 'body', parameters: [{ type: 'text', text: 'Which | one? | 1 Stage A | 2 Stage B' }] },
        ],
      },
    }))
  it('is nothing where no template is', () => assert.equal(to('rw'), undefined))
})

describe('whatsapp cloud, sending', () => {
  const body = channel().codec.encode(view({ kind: 'choose', id: 'q', say: 'Which?', options: options(1) }))
  const send = (http: Http) => channel(http).deliver({ id: 'o1', to: phone('+250788000001'), body })
  const failed = (fault: string, retryable = false) => ({ status: 'failed', fault, retryable })
  const error = (code: number, status = 400): HttpAnswer => ({
    kind: 'answer',
    status,
    headers: {},
    body: JSON.stringify({ error: { message: `(#${code})`, type: 'OAuthException', code, fbtrace_id: 'x' } }),
  })

  it('posts the message to the number, with the token', async () => {
    const asked: HttpRequest[] = []
    const delivery = await send(async (request) => {
      asked.push(request)
      return ok('{"messaging_product":"whatsapp","contacts":[],"messages":[{"id":"wamid.X"}]}')
    })
    assert.deepEqual(delivery, { status: 'sent', externalId: 'wamid.X' })
    assert.deepEqual(asked, [
      {
        method: 'POST',
        url: 'https://graph.facebook.com/v25.0/106540352242922/messages',
        headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
        body: '{"messaging_product":"whatsapp","recipient_type":"individual","to":"250788000001","biz_opaque_callback_data":"o1","type":"interactive","interactive":{"type":"button","body":{"text":"Which?"},"action":{"buttons":[{"type":"reply","reply":{"id":"v:1:q:stage-1","title":"Stage A"}}]}}}',
        timeoutMs: 5_000,
      },
    ])
  })

  const html = '<html>Request Rejected</html>'
  const answers: readonly (readonly [string, HttpAnswer, object])[] = [
    ['connection refused', { kind: 'not_sent', why: 'ECONNREFUSED' }, failed('unreachable', true)],
    ['time-out', { kind: 'unknown', why: 'timeout' }, failed('unknown_outcome')],
    ['a page instead of JSON', ok(html), failed('unknown_outcome')],
    ['success without an id', ok('{"messages":[]}'), failed('unknown_outcome')],
    ['a gateway’s 502', { kind: 'answer', status: 502, headers: {}, body: html }, failed('unknown_outcome')],
    ['an unknown code with 500', error(2, 500), failed('unknown_outcome')],
    ['an unknown code with 400', error(135000), failed('rejected')],
    ['a bare 429', { kind: 'answer', status: 429, headers: {}, body: '' }, failed('throttled', true)],
    ['a bare 403', { kind: 'answer', status: 403, headers: {}, body: html }, failed('misconfigured')],
    ...[4, 80007, 130429, 131048, 131056, 133016].map(
      (code) => [`${code}`, error(code), failed('throttled', true)] as const,
    ),
    ...[10, 190, 200, 131031, 131042].map(
      (code) => [`${code}`, error(code), failed('misconfigured')] as const,
    ),
    ...[100, 131009, 131049, 131051].map((code) => [`${code}`, error(code), failed('rejected')] as const),
    ['131000', error(131000, 500), failed('unreachable', true)],
    ['131026', error(131026), failed('unreachable')],
    ['131047', error(131047), failed('window_closed')],
  ]
  for (const [label, answer, delivery] of answers)
    it(`${label}: ${Object.values(delivery).slice(1).join(', retryable ')}`, async () =>
      assert.deepEqual(await send(async () => answer), delivery))

  it('what the codec did not write is rejected unsent, and phones are masked in the log', async () => {
    const logged: string[] = []
    const never: Http = async () => assert.fail('sent')
    const to = phone('+250788000001')
    const refused: Delivery = { status: 'failed', fault: 'rejected', retryable: false }
    for (const body of [
      '',
      'Hello',
      '{}',
      JSON.stringify({ type: 'text', text: { body: 'x'.repeat(4097) } }),
    ])
      assert.deepEqual(await channel(never).deliver({ id: 'o', to, body }), refused)
    await channel(async () => error(131047), logged).deliver({ id: 'o', to, body })
    assert.match(logged.join(), /\+25078•••001/)
    assert.doesNotMatch(logged.join(), /250788000001/)
  })
})
