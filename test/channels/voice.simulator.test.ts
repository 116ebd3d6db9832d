import assert from 'node:assert/strict'
import { z } from 'zod'
import { voiceAfricasTalking } from '../../src/channels/voice/africastalking.ts'
import { voiceCodec } from '../../src/channels/voice/codec.ts'
import { AFRICAS_TALKING, TWIML } from '../../src/channels/voice/dialects.ts'
import { voiceTwilio } from '../../src/channels/voice/twilio.ts'
import type { Voice } from '../../src/channels/voice/voice.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Inbound } from '../../src/core/talk/channel.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { options, phone, recording, SORRY, view } from './hosting.ts'
import { simulated } from './simulated.ts'

const CUSTOMER = phone('+250788000001')
const SECRET = 'a secret & more'

const question = view({ kind: 'choose', id: 'line', say: 'Which ride?', options: options(2), other: 'place' })
const told = view({ kind: 'tell', id: 'bye', say: 'A rider comes. Code 4821.', next: 'wait' })
const shared = {
  ...{ secret: SECRET, callerId: '+250730000077', sorry: SORRY, timeoutMs: 2_000, log: silent },
  ...{ http: createHttp({ log: silent, allowPrivate: true }), clock: { now: () => 1_700_000_000_000 } },
}

/** Who carries calls, and what each tells of an answer to a call that cannot be read. */
const PROVIDERS = [
  {
    name: 'africastalking',
    dialect: AFRICAS_TALKING,
    unread: 'unparseable',
    channel: (url: string, publicUrl: string): Voice =>
      voiceAfricasTalking({
        ...{ ...shared, publicUrl, username: 'inzira', apiKey: 'key' },
        baseUrl: `${url}/africastalking/voice`,
      }),
  },
  {
    name: 'twilio',
    dialect: TWIML,
    unread: 'unknown_outcome',
    channel: (url: string, publicUrl: string): Voice =>
      voiceTwilio({
        ...{ ...shared, publicUrl, accountSid: 'ACdev', authToken: 'dev-twilio-token' },
        baseUrl: `${url}/twilio`,
      }),
  },
] as const

for (const { name, dialect, unread, channel: make } of PROVIDERS)
  describe(`voice through ${name}: against the simulator`, () => {
    const says = ({ input }: Inbound) => voiceCodec(dialect).encode(input.kind === 'start' ? question : told)
    let doors = recording(says)
    let simulators: Awaited<ReturnType<typeof simulated>>
    let channel: Voice

    before(async () => {
      simulators = await simulated(() => channel.hooks(doors), { hook: SECRET })
      channel = make(simulators.url, simulators.gatewayUrl)
    })
    beforeEach(() => {
      doors = recording(says)
    })
    after(() => simulators.stop())

    const Call = z.object({ sessionId: z.string(), state: z.string(), says: z.array(z.string()) })
    const press = async (action: string, body: object) => {
      const url = `${simulators.url}/${name}/_handset/${action}`
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
      return Call.parse(await answer.json())
    }

    const rung = async (): Promise<string> => {
      const delivery = await channel.callBack(CUSTOMER, 'call_1')
      assert.ok(delivery.status === 'sent')
      return delivery.externalId
    }

    /** The last callback comes after the phone has heard its answer. */
    const ended = async () => {
      for (let tries = 0; doors.ends.length === 0 && tries < 100; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 10))
      return doors.ends
    }

    it('a call to us is rejected and reported', async () => {
      const call = await press('call', { phone: CUSTOMER })
      assert.equal(call.state, 'Rejected')
      assert.deepEqual(
        doors.missed.map(({ person, session }) => [person, session]),
        [[CUSTOMER, call.sessionId]],
      )
      assert.deepEqual(doors.heard, [])
    })

    it('a call back is asked, repeats, hears, and ends', async () => {
      const sessionId = await rung()
      await press('answer', { sessionId })
      await press('digits', { sessionId, digits: '*#' })
      const call = await press('digits', { sessionId, digits: '2#' })
      const asked = 'Which ride? For Stage A, press 1 #. For Stage B, press 2 #.'
      assert.deepEqual(call.says, [asked, asked, 'A rider comes. Code 48 21.'])
      assert.deepEqual(
        doors.heard.map(({ messageId, input }) => [messageId, input]),
        [
          [`voice:${sessionId}:0`, { kind: 'start' }],
          [`voice:${sessionId}:0`, { kind: 'start' }],
          [`voice:${sessionId}:1`, { kind: 'text', text: '2' }],
        ],
      )
      assert.deepEqual(await ended(), [{ person: CUSTOMER, session: sessionId, completed: false }])
    })

    it('a caller who keys nothing is told so, and the call is over', async () => {
      const sessionId = await rung()
      await press('answer', { sessionId })
      await fetch(`${simulators.url}/_clock`, { method: 'POST', body: JSON.stringify({ advanceMs: 60_000 }) })
      const calls = await fetch(
        `${simulators.url}/${name}/_handset/calls?phone=${encodeURIComponent(CUSTOMER)}`,
      )
      const call = z
        .array(Call)
        .parse(await calls.json())
        .find((one) => one.sessionId === sessionId)
      assert.equal(call?.says.at(-1), 'We did not hear you. Goodbye.')
      assert.equal((await ended()).length, 1)
      assert.equal(doors.heard.length, 1)
    })

    it('a call that is refused ends without a word', async () => {
      const sessionId = await rung()
      await press('hangupcall', { sessionId })
      assert.equal((await ended())[0]?.session, sessionId)
      assert.deepEqual(doors.heard, [])
    })

    const scenarios: readonly [object, object][] = [
      [
        { fault: 'drop', after: true },
        { status: 'failed', fault: 'unknown_outcome', retryable: false },
      ],
      [{ fault: 'error5xxBefore' }, { status: 'failed', fault: 'unknown_outcome', retryable: false }],
      [{ fault: 'html' }, { status: 'failed', fault: unread, retryable: false }],
    ]
    for (const [scenario, expected] of scenarios)
      it(`tells ${JSON.stringify(scenario)} for what it is`, async () => {
        await fetch(`${simulators.url}/${name}/_scenario`, {
          method: 'POST',
          body: JSON.stringify({ msisdn: CUSTOMER, on: 'call', times: 1, ...scenario }),
        })
        assert.deepEqual(await channel.callBack(CUSTOMER, 'call_1'), expected)
      })
  })
