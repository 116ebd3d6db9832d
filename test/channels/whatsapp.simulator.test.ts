import assert from 'node:assert/strict'
import { whatsappCloud } from '../../src/channels/whatsapp/cloud.ts'
import { readMessage, tapsOf } from '../../src/channels/whatsapp/message.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Channel } from '../../src/core/talk/channel.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { options, phone, type Recording, recording, view } from './hosting.ts'
import { host, simulated } from './simulated.ts'

const SECRET = 'the app secret'
const NUMBER = '106540352242922'
const WAIT_MS = 5_000

describe('whatsapp cloud and the simulated Graph API', () => {
  const person = phone('+250788000001')
  let simulators: Awaited<ReturnType<typeof simulated>>
  let doors: Recording
  let channel: Channel

  before(async () => {
    simulators = await simulated(() => channel.hooks(doors), { app: SECRET, numberId: NUMBER })
    channel = cloud(SECRET)
  })
  beforeEach(() => {
    doors = recording()
  })
  after(() => simulators.stop())

  const cloud = (appSecret: string, graphHost = simulators.url) =>
    whatsappCloud({
      appSecret,
      verifyToken: 'verify me',
      accessToken: 'token',
      phoneNumberId: NUMBER,
      graphUrl: `${graphHost}/whatsapp/v25.0`,
      http: createHttp({ log: silent, allowPrivate: true }),
      clock: systemClock,
      timeoutMs: 2_000,
      log: silent,
    })

  async function ask(path: string, body?: object): Promise<unknown> {
    const post = body && { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${simulators.url}/whatsapp/${path}`, post || {})
    assert.ok(response.ok, `${path}: ${response.status}`)
    return response.json()
  }
  const says = (text: string, from: string = person) => ask('_handset/send', { phone: from, text })
  const scenario = (outcome: object) => ask('_scenario', { msisdn: person, times: 1, ...outcome })

  async function until(what: string, isTrue: () => boolean) {
    const deadline = Date.now() + WAIT_MS
    while (!isTrue()) {
      assert.ok(Date.now() < deadline, `waited too long for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  const shown = view(
    { kind: 'choose', id: 'from', say: 'Where from? 🏍️', options: options(11), other: 'place' },
    { canGoBack: true },
  )
  const send = (body = channel.codec.encode(shown)) => channel.deliver({ id: 'o1', to: person, body })

  it('passes the handshake, and only with its token', async () => {
    assert.deepEqual(await ask('_handset/verify', { token: 'verify me' }), { verified: true, status: 200 })
    assert.deepEqual(await ask('_handset/verify', { token: 'guess' }), { verified: false, status: 403 })
  })

  it('hears, answers with a list, sees it read, and understands what is tapped in it', async () => {
    assert.deepEqual(Object(await says('Muraho')).taken, true)
    assert.deepEqual(doors.heard[0]?.input, { kind: 'text', text: 'Muraho' })
    const delivery = await send()
    assert.ok(delivery.status === 'sent')
    await until('all statuses', () => doors.receipts.length === 3)
    assert.deepEqual(
      doors.receipts.map(({ externalId, status }) => [externalId, status]),
      ['sent', 'delivered', 'read'].map((status) => [delivery.externalId, status]),
    )
    const message = readMessage(channel.codec.encode(shown))
    assert.ok(message)
    const [, second] = tapsOf(message)
    await ask('_handset/send', {
      phone: person,
      reply: { id: second?.id, title: second?.title, kind: 'list' },
    })
    const tapped = doors.heard[1]
    assert.ok(tapped)
    assert.deepEqual(channel.codec.decode(shown, tapped.input), { kind: 'answer', value: 'stage-10' })
    await ask('_handset/send', { phone: person, location: { latitude: -1.9536, longitude: 30.0606 } })
    const pinned = doors.heard[2]
    assert.ok(pinned)
    assert.deepEqual(channel.codec.decode(shown, pinned.input), {
      kind: 'answer',
      value: '@-1.95360,30.06060',
    })
  })

  it('every page is taken', async () => {
    await says('Muraho')
    for (const page of [0, 1]) {
      const delivery = await send(channel.codec.encode({ ...shown, page }))
      assert.equal(delivery.status, 'sent')
    }
    const asks = view({ kind: 'ask', id: 'from', say: 'Where?', expects: 'place' })
    assert.equal((await send(channel.codec.encode(asks))).status, 'sent')
  })

  it('the same message twice has the same id both times', async () => {
    await scenario({ fault: 'duplicate', on: 'message' })
    await says('Muraho')
    const [first, second] = doors.heard
    assert.equal(doors.heard.length, 2)
    assert.equal(first?.messageId, second?.messageId)
  })

  it('a body signed by somebody else is not heard', async () => {
    const ours = channel
    channel = cloud('another secret')
    try {
      assert.deepEqual(Object(await says('Muraho', '+250788000005')).taken, false)
      assert.equal(doors.heard.length, 0)
    } finally {
      channel = ours
    }
  })

  it('nobody is written to who has not written within a day', async () => {
    const delivery = await channel.deliver({
      id: 'o1',
      to: phone('+250788000009'),
      body: channel.codec.encode(shown),
    })
    assert.deepEqual(delivery, { status: 'failed', fault: 'window_closed', retryable: false })
  })

  const faults: readonly [string, object, string, boolean][] = [
    ['131056', { outcome: '131056' }, 'throttled', true],
    ['130429', { outcome: '130429' }, 'throttled', true],
    ['131026', { outcome: '131026' }, 'unreachable', false],
    ['190', { outcome: '190' }, 'misconfigured', false],
    ['131000', { outcome: '131000' }, 'unreachable', true],
    [
      'a connection cut after the message went out',
      { fault: 'drop', on: 'send', after: true },
      'unknown_outcome',
      false,
    ],
    ['a 5xx', { fault: 'error5xxAfter', on: 'send' }, 'unknown_outcome', false],
    ['a page instead of JSON', { fault: 'html', on: 'send' }, 'unknown_outcome', false],
  ]
  for (const [label, planned, fault, retryable] of faults)
    it(`${label}: ${fault}`, async () => {
      await says('Muraho')
      await scenario(planned)
      assert.deepEqual(await send(), { status: 'failed', fault, retryable })
    })

  it('a server that is away was sent nothing', async () => {
    const gone = await host(() => [])
    await gone.stop()
    const away = cloud(SECRET, gone.url)
    assert.deepEqual(await away.deliver({ id: 'o1', to: person, body: channel.codec.encode(shown) }), {
      status: 'failed',
      fault: 'unreachable',
      retryable: true,
    })
  })
})
