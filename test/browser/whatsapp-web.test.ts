import assert from 'node:assert/strict'
import { whatsappWeb } from '../../src/channels/whatsapp/web.ts'
import { webClient } from '../../src/channels/whatsapp/web-client.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import type { Log } from '../../src/core/base/log.ts'
import type { Channel } from '../../src/core/talk/channel.ts'
import { phone, type Recording, recording, view } from '../channels/hosting.ts'
import { browserArgs, browserPath } from '../support/browser.ts'
import { openStandIn, type StandIn } from '../support/whatsapp-page/stand-in.ts'

const WAIT_MS = 30_000

const customer = phone('+250788000001')
const shown = view({
  kind: 'choose',
  id: 'vehicle',
  say: 'How do you go?',
  options: [
    { value: 'moto', label: 'Moto' },
    { value: 'cab', label: 'Cab' },
  ],
})

async function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
  const deadline = Date.now() + WAIT_MS
  for (;;) {
    const found = find()
    if (found) return found
    assert.ok(Date.now() < deadline, `waited too long for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('whatsapp-web.js, the real client, on a stand-in page in a real browser', function () {
  this.timeout(WAIT_MS * 2)
  let channel: Channel | undefined
  let page: StandIn | undefined
  let doors: Recording
  let logged: string[]

  const note = (_: unknown, event: string) => void logged.push(event)
  const log: Log = { info: note, warn: note, error: note }

  async function start(
    readyTimeoutMs: number,
    missingOn: (load: number) => string[],
    degrade: 'numbers' | 'poll',
  ) {
    const opened = await openStandIn(missingOn)
    page = opened
    const { executablePath, env } = await browserPath()
    const connect = webClient({ executablePath, browserArgs, browserEnv: env, page: opened.page, log })
    const made = whatsappWeb({
      connect,
      clock: systemClock,
      log,
      readyTimeoutMs,
      degrade,
      ...{ retryMs: 50, checkMs: 300, paceMs: 0 },
    })
    channel = made
    await made.start(doors)
    return { page: opened, channel: made }
  }
  const ready = (times = 1) =>
    until(`${times}× ready`, () => logged.filter((event) => event === 'whatsapp_web_ready').length === times)

  beforeEach(() => {
    doors = recording()
    logged = []
  })
  afterEach(async () => {
    const last = page
    await channel?.stop()
    if (last) await until('the browser to go', () => !last.isOpen())
    await last?.close()
  })

  it('logs in, hears, answers and sees its answer arrive', async () => {
    const { page, channel } = await start(20_000, () => [], 'numbers')
    await ready()
    assert.deepEqual(logged, ['whatsapp_web_scan_qr', 'whatsapp_web_ready'])

    page.message('250788000001@c.us', { id: 'M1', type: 'chat', body: 'Muraho' })
    const first = await until('the message', () => doors.heard[0])
    assert.equal(first.person, customer)
    assert.equal(first.messageId, 'whatsapp:false_250788000001@c.us_M1')
    assert.deepEqual(first.input, { kind: 'text', text: 'Muraho' })

    page.message('250788000002@c.us', { id: 'M2', type: 'location', lat: -1.9536, lng: 30.0606 })
    page.message('77000000000001@lid', { id: 'M3', type: 'chat', body: '1' })
    page.message('120363000000000000@g.us', { id: 'M4', type: 'chat', body: 'to a group' })
    await until('three people', () => doors.heard.length >= 3)
    const heard = Object.fromEntries(doors.heard.map(({ person, input }) => [person, input]))
    assert.deepEqual(heard['+250788000002'], { kind: 'pin', lat: -1.9536, lng: 30.0606 })
    assert.deepEqual(heard['+250788000003'], { kind: 'text', text: '1' })

    const delivery = await channel.deliver({ id: 'o1', to: customer, body: channel.codec.encode(shown) })
    assert.ok(delivery.status === 'sent')
    const sent = await until('the answer in the page', () => page.sent[0])
    assert.deepEqual([sent.to, sent.body], ['250788000001@c.us', 'How do you go?\n1 Moto\n2 Cab'])
    assert.equal(sent.id, delivery.externalId)
    await until('two ticks', () => doors.receipts.length === 2)
    page.read(sent.id)
    await until('the third tick', () => doors.receipts.length === 3)
    assert.deepEqual(
      doors.receipts.map(({ externalId, status }) => [externalId, status]),
      ['sent', 'delivered', 'read'].map((status) => [delivery.externalId, status]),
    )

    const nobody = await channel.deliver({
      id: 'o2',
      to: phone('+250788000404'),
      body: channel.codec.encode(shown),
    })
    assert.deepEqual(nobody, { status: 'failed', fault: 'unreachable', retryable: false })
    assert.equal(doors.heard.length, 3, 'neither the group nor our own message was heard')
  })

  it('draws a choice as a poll, and reads the vote', async () => {
    const { page, channel } = await start(20_000, () => [], 'poll')
    await ready()
    const delivery = await channel.deliver({ id: 'o1', to: customer, body: channel.codec.encode(shown) })
    assert.ok(delivery.status === 'sent')
    const sent = await until('the poll', () => page.sent[0])
    assert.equal(sent.pollName, 'How do you go?')
    assert.deepEqual(
      sent.pollOptions?.map(({ name }) => name),
      ['Moto', 'Cab'],
    )
    page.vote('250788000001@c.us', sent.id, [1])
    const { input, person } = await until('the vote', () => doors.heard[0])
    assert.equal(person, customer)
    assert.deepEqual(channel.codec.decode(shown, input), { kind: 'answer', value: 'cab' })
  })

  it('replaces a client that logs in and never becomes ready, and one that is thrown out', async () => {
    const { page, channel } = await start(
      8_000,
      (load) => (load === 1 ? ['WAWebSyncGatingUtils'] : []),
      'numbers',
    )
    await until('the watchdog', () => logged.includes('whatsapp_web_failed'))
    assert.equal(page.loads(), 1)
    assert.ok(!logged.includes('whatsapp_web_ready'))
    const meanwhile = await channel.deliver({ id: 'o1', to: customer, body: channel.codec.encode(shown) })
    assert.deepEqual(meanwhile, { status: 'failed', fault: 'unreachable', retryable: true })

    await ready()
    page.logout()
    await ready(2)
    const delivery = await channel.deliver({ id: 'o2', to: customer, body: channel.codec.encode(shown) })
    assert.equal(delivery.status, 'sent')
  })

  it('replaces a client that is thrown out and does not say so', async () => {
    const { page, channel } = await start(20_000, () => [], 'numbers')
    await ready()
    page.fallSilent()
    await ready(2)
    assert.ok(logged.includes('whatsapp_web_failed'))
    const delivery = await channel.deliver({ id: 'o1', to: customer, body: channel.codec.encode(shown) })
    assert.equal(delivery.status, 'sent')
  })
})
