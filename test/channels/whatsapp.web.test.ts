import assert from 'node:assert/strict'
import { whatsappWeb } from '../../src/channels/whatsapp/web.ts'
import type { WebEvents, WebMessage, WhatsAppWebClient } from '../../src/channels/whatsapp/web-client.ts'
import type { Content } from '../../src/channels/whatsapp/web-plain.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import type { Channel, Doors } from '../../src/core/talk/channel.ts'
import type { Input, View } from '../../src/core/talk/prompt.ts'
import { noting, options, phone, recording, view } from './hosting.ts'

const READY_MS = 150
const WAIT_MS = 3_000
const HEAR_AGAIN_MS = 2
const CHECK_MS = 10
const person = phone('+250788000001')
const CHAT = '250788000001@c.us'

/** One connection as the channel made it: its events to fire, what it did, and how it shall behave. */
type Line = { events: WebEvents; sent: [string, Content][]; destroyed: number }
type Manners = Partial<WhatsAppWebClient>

async function until(what: string, isTrue: () => boolean) {
  const deadline = Date.now() + WAIT_MS
  while (!isTrue()) {
    assert.ok(Date.now() < deadline, `waited too long for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

const message = (more: Partial<WebMessage> = {}): WebMessage => ({
  id: 'false_250788000001@c.us_3A1',
  fromMe: false,
  from: CHAT,
  type: 'chat',
  body: 'Muraho',
  pin: null,
  ...more,
})
const ride: View = view(
  { kind: 'choose', id: 'line', say: 'Which ride?', options: options(2) },
  { canGoBack: true },
)

describe('whatsapp web', () => {
  let channel: Channel
  let lines: Line[]
  let logged: string[]
  let doors: ReturnType<typeof recording>

  async function start(
    manners: Manners = {},
    degrade: 'numbers' | 'poll' = 'numbers',
    own: Partial<Doors> = {},
    paceMs = 0,
  ) {
    const log = noting(logged)
    channel = whatsappWeb({
      clock: systemClock,
      log,
      readyTimeoutMs: READY_MS,
      retryMs: 1,
      hearAgainMs: HEAR_AGAIN_MS,
      checkMs: CHECK_MS,
      paceMs,
      degrade,
      async connect(events) {
        const line: Line = { events, sent: [], destroyed: 0 }
        lines.push(line)
        return {
          initialize: async () => {},
          destroy: async () => void line.destroyed++,
          state: async () => 'CONNECTED',
          chatOf: async (digits) => `${digits}@c.us`,
          phoneIdOf: async (lid) => (lid === '77@lid' ? CHAT : undefined),
          async send(chat, content) {
            line.sent.push([chat, content])
            return `true_${chat}_${line.sent.length}`
          },
          ...manners,
        }
      },
    })
    await channel.start({ ...doors, ...own })
    await until('a connection', () => lines.length === 1)
    const [line] = lines
    assert.ok(line)
    return line
  }
  async function ready(...args: Parameters<typeof start>) {
    const line = await start(...args)
    line.events.ready()
    return line
  }
  const send = (shown = ride) => channel.deliver({ id: 'o', to: person, body: channel.codec.encode(shown) })
  const failed = (fault: string, retryable: boolean) => ({ status: 'failed', fault, retryable })

  beforeEach(() => {
    lines = []
    logged = []
    doors = recording()
  })
  afterEach(() => channel.stop())

  const heard: readonly [string, Partial<WebMessage>, Input | null][] = [
    ['a text', {}, { kind: 'text', text: 'Muraho' }],
    ['a privacy id', { from: '77@lid' }, { kind: 'text', text: 'Muraho' }],
    [
      'a pin',
      { type: 'location', body: '/9j/', pin: { lat: -1.9, lng: 30 } },
      { kind: 'pin', lat: -1.9, lng: 30 },
    ],
    ['a voice note', { type: 'ptt', body: '' }, { kind: 'text', text: '', isMedia: true }],
    ['a picture with words', { type: 'image', body: 'me' }, { kind: 'text', text: '', isMedia: true }],
    ['our own message', { fromMe: true }, null],
    ['a group', { from: '120363000000000000@g.us' }, null],
    ['a status', { from: 'status@broadcast' }, null],
    ['a notice of encryption', { type: 'e2e_notification' }, null],
    ['a missed call', { type: 'call_log' }, null],
    ['a privacy id that nobody knows', { from: '88@lid' }, null],
  ]
  for (const [label, more, input] of heard)
    it(`${label} is ${input ? input.kind : 'not heard'}`, async () => {
      const { events } = await ready()
      events.message(message(more))
      events.message(message({ id: 'last' }))
      await until('the last', () => doors.heard.some(({ messageId }) => messageId === 'whatsapp:last'))
      const got = doors.heard.filter(({ messageId }) => messageId !== 'whatsapp:last')
      assert.deepEqual(
        got.map(({ person, session, messageId, input }) => ({ person, session, messageId, input })),
        input
          ? [
              {
                person,
                session: 'whatsapp:+250788000001',
                messageId: 'whatsapp:false_250788000001@c.us_3A1',
                input,
              },
            ]
          : [],
      )
    })

  describe('a failing door', () => {
    const lost = () => logged.filter((line) => line.startsWith('whatsapp_web_lost'))
    /** Doors that fail so many times, and when each call came. */
    function failing(times: number) {
      const calls: number[] = []
      const receive: Doors['receive'] = async (inbound) => {
        calls.push(performance.now())
        if (calls.length <= times) throw new Error('database away')
        return doors.receive(inbound)
      }
      return { calls, receive }
    }

    it('hears the same message again, until it is heard', async () => {
      const { calls, receive } = failing(5)
      const { events } = await ready({}, 'numbers', { receive })
      events.message(message())
      await until('the message', () => doors.heard.length === 1)
      assert.equal(doors.heard[0]?.messageId, 'whatsapp:false_250788000001@c.us_3A1')
      assert.equal(calls.length, 6)
      assert.deepEqual(lost(), [])
      // 2, 4, 8, 16 and 32 ms: the last wait is longer than all before it.
      const [first = 0, last = 0, end = 0] = [calls[0], calls[4], calls[5]]
      assert.ok(end - last >= HEAR_AGAIN_MS * 15 && last - first >= HEAR_AGAIN_MS * 14, calls.join())
    })

    it('is logged in the end, without the number, and ends nothing', async () => {
      const { calls, receive } = failing(Number.POSITIVE_INFINITY)
      const { events } = await ready({}, 'numbers', { receive })
      events.message(message())
      await until('the log', () => lost().length === 1)
      assert.match(lost().join(), /database away/)
      assert.doesNotMatch(logged.join(), /250788000001/)
      assert.equal(calls.length, 6)
      assert.equal((await send()).status, 'sent')
    })

    it('is knocked at again for votes and ticks too', async () => {
      let knocks = 0
      const { receive } = failing(1)
      const delivered: Doors['delivered'] = async (receipt) => {
        knocks += 1
        if (knocks === 1) throw new Error('database away')
        return doors.delivered(receipt)
      }
      const { events } = await ready({}, 'poll', { receive, delivered })
      events.ack('true_x', 2)
      events.vote({ voter: CHAT, pollId: 'old', votedAt: 1, chosen: [0] })
      await until('both', () => doors.receipts.length === 1 && doors.heard.length === 1)
      assert.deepEqual(lost(), [])
    })

    it('is not knocked at any more once we stop', async () => {
      const { calls, receive } = failing(Number.POSITIVE_INFINITY)
      const { events } = await ready({}, 'numbers', { receive })
      events.message(message())
      await until('three tries', () => calls.length === 3)
      await channel.stop()
      await until('the log', () => lost().length === 1)
      const tries = calls.length
      await new Promise((resolve) => setTimeout(resolve, HEAR_AGAIN_MS * 40))
      assert.equal(calls.length, tries)
    })

    it('keeps no more than a thousand messages waiting', async () => {
      const { receive } = failing(Number.POSITIVE_INFINITY)
      const { events } = await ready({}, 'numbers', { receive })
      for (let n = 0; n < 1_100; n += 1) events.message(message({ id: `m${n}` }))
      await until('the first losses', () => lost().length >= 100)
      assert.ok(
        lost().every((line) => line.includes('"tries":1,')) && lost().length === 100,
        `${lost().length}`,
      )
      await channel.stop()
    })
  })

  const drawn: readonly [string, 'numbers' | 'poll', View, Content][] = [
    ['buttons', 'numbers', ride, { kind: 'text', text: 'Which ride?\n1 Stage A\n2 Stage B\n0 Back' }],
    [
      'buttons',
      'poll',
      ride,
      {
        kind: 'poll',
        question: 'Which ride?',
        choices: [
          { id: 'v:1:line:stage-2', label: 'Stage A' },
          { id: 'v:2:line:stage-1', label: 'Stage B' },
          { id: 'nav:back', label: 'Back' },
        ],
      },
    ],
    [
      'a second list, numbered on from the first',
      'numbers',
      view(
        {
          kind: 'choose',
          id: 'q',
          say: 'Where?',
          options: options(11, (n) => `Stage number ${n}, by the old market`),
        },
        { page: 1 },
      ),
      {
        kind: 'text',
        text: 'Choose\n10 Stage number 10, by the old market\n11 Stage number 11, by the old market',
      },
    ],
    [
      'one choice, which makes no poll',
      'poll',
      view({ kind: 'choose', id: 'q', say: 'Go?', options: options(1) }),
      { kind: 'text', text: 'Go?\n1 Stage A' },
    ],
    [
      'a question too long for a poll',
      'poll',
      view({ kind: 'choose', id: 'q', say: 'x'.repeat(256), options: options(2) }),
      { kind: 'text', text: `${'x'.repeat(256)}\n1 Stage A\n2 Stage B` },
    ],
    [
      'twins, which would make one choice',
      'poll',
      view({ kind: 'choose', id: 'q', say: 'Go?', options: options(2, () => 'Twin') }),
      { kind: 'text', text: 'Go?\n1 Twin\n2 Twin' },
    ],
    [
      'a request for a pin',
      'poll',
      view({ kind: 'ask', id: 'q', say: 'Where?', expects: 'place' }),
      { kind: 'text', text: 'Where?\nSend your place' },
    ],
  ]
  for (const [label, how, shown, content] of drawn)
    it(`${label} as ${how}: ${content.kind}`, async () => {
      const { sent } = await ready({}, how)
      const delivery = await send(shown)
      assert.deepEqual(delivery, { status: 'sent', externalId: `true_${CHAT}_1` })
      assert.deepEqual(sent, [[CHAT, content]])
    })

  it('a vote is a tap; the last one counts, a withdrawn one does not, an unknown poll says nothing', async () => {
    const { events } = await ready({}, 'poll')
    await send()
    const vote = (pollId: string, votedAt: number, chosen: number[], voter = CHAT) =>
      events.vote({ voter, pollId, votedAt, chosen })
    vote(`true_${CHAT}_1`, 1, [0])
    vote(`true_${CHAT}_1`, 2, [])
    vote(`true_${CHAT}_1`, 3, [1], '77@lid')
    vote('true_of_a_former_life', 4, [0])
    await until('three votes', () => doors.heard.length === 3)
    assert.equal(new Set(doors.heard.map(({ messageId }) => messageId)).size, 3)
    const read = new Map(
      doors.heard.map(({ messageId, input }) => [
        /:(\d):/.exec(messageId)?.[1],
        channel.codec.decode(ride, input),
      ]),
    )
    assert.deepEqual(read.get('1'), { kind: 'answer', value: 'stage-2' })
    assert.deepEqual(read.get('3'), { kind: 'answer', value: 'stage-1' })
    assert.deepEqual(read.get('4'), { kind: 'unclear' })
  })

  it('ticks are receipts', async () => {
    const { events } = await ready()
    for (const level of [-1, 0, 1, 2, 3, 4]) events.ack('true_x', level)
    assert.deepEqual(
      doors.receipts.map(({ status }) => status),
      ['failed', 'sent', 'delivered', 'read', 'read'],
    )
  })

  const broken = () => Promise.reject(new Error('detached Frame'))
  const outcomes: readonly [string, Manners, object][] = [
    ['a number without WhatsApp', { chatOf: async () => undefined }, failed('unreachable', false)],
    ['a page that breaks before sending', { chatOf: broken }, failed('unreachable', true)],
    ['a page that breaks while sending', { send: broken }, failed('unknown_outcome', false)],
    ['a chat that does not open', { send: async () => undefined }, failed('unreachable', false)],
  ]
  for (const [label, manners, delivery] of outcomes)
    it(`${label}: ${Object.values(delivery)[1]}`, async () => {
      await ready(manners)
      assert.deepEqual(await send(), delivery)
    })

  it('what the codec did not write is rejected', async () => {
    await ready()
    assert.deepEqual(await channel.deliver({ id: 'o', to: person, body: 'Hello' }), failed('rejected', false))
  })

  it('sends one after another, and no faster than somebody types', async () => {
    const order: string[] = []
    const line = await ready(
      {
        async send(chat) {
          order.push('sends')
          await new Promise((resolve) => setTimeout(resolve, 5))
          order.push('sent')
          return chat
        },
      },
      'numbers',
      {},
      30,
    )
    const startedAt = performance.now()
    await Promise.all([send(), send(), send()])
    assert.deepEqual(order, ['sends', 'sent', 'sends', 'sent', 'sends', 'sent'])
    assert.ok(performance.now() - startedAt > 50, 'no pause between them')
    assert.equal(line.destroyed, 0)
  })

  it('tells who comes when the line is long to come again', async () => {
    await ready({ send: () => new Promise(() => {}) })
    for (let n = 0; n < 60; n += 1) void send()
    assert.deepEqual(await send(), failed('throttled', true))
  })

  it('only answers: who has not written for a day is spoken to elsewhere', async () => {
    await ready()
    assert.equal(channel.outside?.(ride, 'booking'), undefined)
    assert.ok(channel.outside)
  })

  describe('the watchdog', () => {
    const givenUp = () => logged.some((line) => line.startsWith('whatsapp_web_given_up'))

    it('replaces a client that is never ready, twice, and then gives up', async () => {
      const first = await start()
      first.events.authenticated()
      assert.deepEqual(await send(), failed('unreachable', true))
      await until('the end', givenUp)
      assert.deepEqual(await send(), failed('unreachable', false))
      await until('all to be closed', () => lines.every(({ destroyed }) => destroyed > 0))
      assert.equal(lines.length, 3)
      first.events.ready()
      assert.deepEqual(await send(), failed('unreachable', false), 'a former client is not listened to')
    })

    it('is not fooled by a login that is told again and again', async () => {
      const { events } = await start()
      const chatter = setInterval(() => events.authenticated(), READY_MS / 4)
      await until('a second client', () => lines.length === 2)
      clearInterval(chatter)
    })

    it('waits while codes are shown to be scanned', async () => {
      const line = await start()
      for (let codes = 0; codes < 6; codes += 1) {
        line.events.qr('code')
        await new Promise((resolve) => setTimeout(resolve, READY_MS / 2))
      }
      assert.equal(lines.length, 1)
      line.events.ready()
      assert.equal((await send()).status, 'sent')
    })

    it('also covers a start that hangs, and a destroy that fails', async () => {
      await start({ initialize: () => new Promise(() => {}), destroy: broken })
      await until('the end', givenUp)
      assert.equal(lines.length, 3)
      assert.ok(logged.some((line) => line.startsWith('whatsapp_web_not_closed')))
    })

    it('replaces a client that was thrown out', async () => {
      const { events } = await ready()
      events.disconnected('LOGOUT')
      await until('a second client', () => lines.length === 2)
      lines[1]?.events.ready()
      assert.equal((await send()).status, 'sent')
      assert.equal(lines[1]?.sent.length, 1)
      assert.equal(lines[0]?.destroyed, 1)
    })

    for (const [how, state] of [
      ['is thrown out in silence', async () => 'UNPAIRED_IDLE'],
      ['does not say how it is', () => Promise.reject(new Error('the page is gone'))],
    ] as const)
      it(`replaces a client that ${how}`, async () => {
        await ready({ state })
        await until('a second client', () => lines.length === 2)
        assert.ok(logged.some((line) => /whatsapp_web_failed.*silent: /.test(line)))
        assert.equal(lines[0]?.destroyed, 1)
      })

    it('leaves a client alone that is well, or was unwell once, or still tells something', async () => {
      let asked = 0
      await ready({ state: async () => (asked++ % 2 ? 'CONNECTED' : 'OPENING') })
      await until('ten checks', () => asked > 10)
      assert.equal(lines.length, 1)
      await channel.stop()
      asked = 0
      lines = []
      await ready({
        async state() {
          asked += 1
          lines.at(-1)?.events.ack('true_1_A', 1)
          return 'TIMEOUT'
        },
      })
      await until('ten checks', () => asked > 10)
      assert.equal(lines.length, 1, 'it was replaced though it told something')
    })

    it('replaces a client whose page broke', async () => {
      await ready({ chatOf: broken })
      assert.deepEqual(await send(), failed('unreachable', true))
      await until('a second client', () => lines.length === 2)
      assert.equal(lines[0]?.destroyed, 1)
    })

    it('a start that fails counts too', async () => {
      await start({ initialize: broken })
      await until('the end', givenUp)
      assert.equal(lines.length, 3)
    })

    it('stops for good, a client that is still starting with it', async () => {
      let browser: 'starting' | 'open' | 'closed' = 'starting'
      let opened = () => {}
      await start({
        initialize: () =>
          new Promise((resolve) => {
            opened = () => {
              browser = 'open'
              resolve()
            }
          }),
        destroy: async () => {
          if (browser === 'open') browser = 'closed'
        },
      })
      const stopped = channel.stop()
      await new Promise((resolve) => setTimeout(resolve, 5))
      opened()
      await stopped
      assert.equal(String(browser), 'closed')
      await new Promise((resolve) => setTimeout(resolve, READY_MS * 2))
      assert.equal(lines.length, 1)
      assert.deepEqual(await send(), failed('unreachable', false))
    })
  })
})
