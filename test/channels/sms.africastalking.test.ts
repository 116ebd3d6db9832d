import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { smsAfricasTalking } from '../../src/channels/sms/africastalking.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Currency } from '../../src/core/base/money.ts'
import type { Cost, Delivery, Inbound, Receipt } from '../../src/core/talk/channel.ts'
import { phone, post, recording } from './hosting.ts'
import { simulated } from './simulated.ts'

const SECRET = 'a-secret-of-the-test'
const NOW = 1_700_000_000_000
const CUSTOMER = phone('+250788000001')

const channelAt = (
  baseUrl: string | null,
  more: { senderId?: string | null; timeoutMs?: number; username?: string } = {},
) =>
  smsAfricasTalking({
    secret: SECRET,
    username: 'inzira',
    apiKey: 'key',
    senderId: '3847',
    baseUrl,
    timeoutMs: 2_000,
    clock: { now: () => NOW },
    log: silent,
    ...more,
  })

const inbound = (id: string, text: string): Inbound => ({
  channel: 'sms',
  person: CUSTOMER,
  session: CUSTOMER,
  messageId: `sms:${id}`,
  input: { kind: 'text', text },
  at: NOW,
})

describe("sms through Africa's Talking: hooks", () => {
  const heard: readonly [string, string, readonly Inbound[]][] = [
    [
      'a message',
      'linkId=03090445075804249226&text=Msg&to=21512&id=ec9adc86-51d5-4bc8-8eb0-d8ab0bb53dc3&date=2017-05-03T06%3A04%3A45Z&from=%2B250788000001',
      [inbound('ec9adc86-51d5-4bc8-8eb0-d8ab0bb53dc3', 'Msg')],
    ],
    [
      'a number without its plus, and a text with signs',
      'from=250788000001&id=15071&text=RIDE+Kimironko+%2B+caf%C3%A9+%2A+%26&to=3847&date=2017-05-03+06%3A04%3A45&networkCode=99999',
      [inbound('15071', 'RIDE Kimironko + café * &')],
    ],
    ['an empty text', 'from=%2B250788000001&id=7&text=&to=3847', [inbound('7', '')]],
    ['no text', 'from=%2B250788000001&id=7&to=3847', [inbound('7', '')]],
    ['a service by its name', 'from=MTN-Rwanda&id=8&text=Win&to=3847', []],
    ['a service by its short code', 'from=40404&id=9&text=Win&to=3847', []],
    ['a number nobody can have', 'from=%2B250123&id=10&text=hi&to=3847', []],
    ['a long number nobody can have', 'from=%2B999999999999&id=10&text=hi&to=3847', []],
    ['no id', 'from=%2B250788000001&text=hi&to=3847', []],
    ['no id but the word for none', 'from=%2B250788000001&id=None&text=hi', []],
    ['the same field twice', 'from=%2B250788000001&from=%2B250788000002&id=1&text=hi', []],
    ['nothing', '', []],
    ['JSON where a form is wanted', '{"from":"+250788000001","id":"1","text":"hi"}', []],
    ['bytes that are no text', '%FF%FE=%00&\u0000', []],
  ]
  for (const [label, body, expected] of heard)
    it(`hears ${label}`, async () => {
      const doors = recording()
      const answer = await post(channelAt(null).hooks(doors)[0], SECRET, body)
      assert.deepEqual(answer, { status: 200, type: 'text/plain', body: 'OK' })
      assert.deepEqual(doors.heard, expected)
    })

  it('does not talk with itself', async () => {
    const doors = recording()
    const channel = channelAt(null, { senderId: '+250788000001' })
    await post(channel.hooks(doors)[0], SECRET, 'from=%2B250788000001&id=1&text=hi')
    assert.deepEqual(doors.heard, [])
  })

  const ID = 'ATXid_dda018a640edfcc5d2ce455de3e4a6e7'
  const receipt = (
    status: Receipt['status'],
    reason: string | null = null,
    more: Partial<Receipt> = {},
  ): Receipt[] => [{ channel: 'sms', externalId: ID, status, reason, ...more }]
  const unwanted = { fault: 'opted_out' } as const
  const reports: readonly [string, readonly Receipt[]][] = [
    [
      `id=${ID}&status=Success&phoneNumber=%2B254720123123&networkCode=63902`,
      receipt('delivered', null, { to: phone('+254720123123') }),
    ],
    [
      `id=${ID}&status=Sent&phoneNumber=%2B250788000001&networkCode=63510&retryCount=0`,
      receipt('sent', null, { to: CUSTOMER }),
    ],
    [`id=${ID}&status=Submitted`, receipt('sent')],
    [`id=${ID}&status=Buffered`, receipt('sent')],
    [`id=${ID}&status=Failed&failureReason=UserInBlackList`, receipt('failed', 'UserInBlackList', unwanted)],
    [
      `id=${ID}&status=Rejected&failureReason=DoNotDisturbRejection`,
      receipt('failed', 'DoNotDisturbRejection', unwanted),
    ],
    [`id=${ID}&status=AbsentSubscriber`, receipt('failed', 'AbsentSubscriber')],
    [`id=${ID}&status=Expired`, receipt('failed', 'Expired')],
    [`id=${ID}&status=SomethingNew`, []],
    ['id=None&status=Success', []],
    ['status=Success', []],
    ['', []],
  ]
  for (const [body, expected] of reports)
    it(`reads the report ${body.replace(ID, '…')}`, async () => {
      const doors = recording()
      const answer = await post(channelAt(null).hooks(doors)[1], SECRET, body)
      assert.equal(answer.status, 200)
      assert.deepEqual(doors.receipts, expected)
    })

  it('tells of who wants nothing more, and drops who is nobody', async () => {
    const doors = recording()
    for (const number of ['%2B250788000001', '3847', ''])
      assert.equal(
        (await post(channelAt(null).hooks(doors)[2], SECRET, `senderId=3847&phoneNumber=${number}`)).status,
        200,
      )
    assert.deepEqual(doors.optOuts, [CUSTOMER])
  })

  it('knows nobody without the secret', async () => {
    const doors = recording()
    for (const hook of channelAt(null).hooks(doors))
      assert.equal(
        (await post(hook, 'guess', `id=${ID}&status=Success&from=%2B250788000001&text=x`)).status,
        404,
      )
    assert.deepEqual([doors.heard, doors.receipts], [[], []])
  })

  it('lets a broken core be seen, so that the provider comes again', async () => {
    const doors = { ...recording(), receive: () => Promise.reject(new Error('no database')) }
    await assert.rejects(post(channelAt(null).hooks(doors)[0], SECRET, heard[0]?.[1] ?? ''))
  })
})

const providers: { stop(): Promise<void> }[] = []

/** A server that answers as told and keeps what it was sent; stopped after the test. */
async function answering(status: number, body: string | null, type = 'application/json') {
  const asked: { path: string; apiKey: string; body: string }[] = []
  let closed = 0
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      closed += 1
    })
    let text = ''
    for await (const chunk of request) text += chunk
    asked.push({ path: request.url ?? '', apiKey: String(request.headers.apikey), body: text })
    if (body !== null) response.writeHead(status, { 'content-type': type }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  providers.push({ stop })
  return { url: `http://127.0.0.1:${port}`, asked, stop, closed: () => closed }
}

const answer = (statusCode: number, messageId = 'ATXid_1', status = 'Success') =>
  JSON.stringify({
    SMSMessageData: {
      Message: 'Sent to 1/1 Total Cost: USD 0.0079 Message parts: 1',
      Recipients: [{ cost: 'KES 0.8000', messageId, number: CUSTOMER, status, statusCode }],
    },
  })
const failed = (fault: Extract<Delivery, { status: 'failed' }>['fault'], retryable: boolean): Delivery => ({
  status: 'failed',
  fault,
  retryable,
})
const MESSAGE = { id: 'msg_1', to: CUSTOMER, body: 'Habari & karibu + 1 €' }

describe("sms through Africa's Talking: sending", () => {
  afterEach(() => Promise.all(providers.splice(0).map((provider) => provider.stop())))

  const cost = (amountMinor: number, currency: Currency, parts = 1) => ({
    money: { amountMinor, currency },
    parts,
  })
  const sent = (more: Cost = cost(80, 'KES'), externalId = 'ATXid_1'): Delivery => ({
    ...{ status: 'sent', externalId, cost: more },
  })
  const costing = (said: string, message = 'Sent to 1/1 Total Cost: RWF 30.0000 Message parts: 3') =>
    answer(102)
      .replace('KES 0.8000', said)
      .replace(/Sent to[^"]*/, message)
  const cases: readonly [string, number, string, Delivery][] = [
    ['100 Processed', 201, answer(100), sent()],
    ['101 Sent', 201, answer(101), sent()],
    ['102 Queued', 201, answer(102), sent()],
    ['accepted without an id', 201, answer(102, 'None'), sent(cost(80, 'KES'), 'msg_1')],
    ['of three parts', 201, costing('RWF 30.0000'), sent(cost(30, 'RWF', 3))],
    ['for less than a unit', 201, costing('KES 0.8525', 'Sent to 1/1'), sent(cost(86, 'KES'))],
    ['for nothing', 201, costing('0', 'Sent to 1/1'), sent({ money: null, parts: 1 })],
    ['for shells', 201, costing('XYZ 1.00'), sent({ money: null, parts: 3 })],
    ['401 RiskHold', 201, answer(401, 'None'), failed('rejected', false)],
    ['402 InvalidSenderId', 201, answer(402, 'None'), failed('misconfigured', false)],
    ['403 InvalidPhoneNumber', 201, answer(403, 'None'), failed('unreachable', false)],
    ['404 UnsupportedNumberType', 201, answer(404, 'None'), failed('unreachable', false)],
    ['405 InsufficientBalance', 201, answer(405, 'None'), failed('misconfigured', true)],
    ['406 UserInBlacklist', 201, answer(406, 'None'), failed('opted_out', false)],
    ['407 CouldNotRoute', 201, answer(407, 'None'), failed('unreachable', false)],
    ['409 DoNotDisturbRejection', 201, answer(409, 'None'), failed('opted_out', false)],
    ['500 InternalServerError', 201, answer(500, 'None'), failed('unknown_outcome', false)],
    ['501 GatewayError', 201, answer(501, 'None'), failed('unknown_outcome', false)],
    ['502 RejectedByGateway', 201, answer(502, 'None'), failed('rejected', true)],
    ['a code not in the table', 201, answer(499, 'None'), failed('rejected', false)],
    [
      'a wrong sender, answered 201',
      201,
      '{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":[]}}',
      failed('misconfigured', false),
    ],
    [
      'nobody',
      201,
      '{"SMSMessageData":{"Message":"Sent to 0/1","Recipients":[]}}',
      failed('rejected', false),
    ],
    ['half an answer', 201, '{"SMSMessageData":{"Mess', failed('unparseable', false)],
    ['a 200', 200, answer(101), failed('unparseable', false)],
    ['a firewall', 200, '<html>no</html>', failed('unparseable', false)],
    ['a wrong key', 401, 'The supplied authentication is invalid', failed('misconfigured', true)],
    ['a bad request', 400, 'Request is missing required form field', failed('rejected', false)],
    ['do not disturb at HTTP', 409, answer(409, 'None'), failed('opted_out', false)],
    ['too many requests', 429, '', failed('throttled', true)],
    ['a 500', 500, '', failed('unknown_outcome', false)],
    ['a 503', 503, 'busy', failed('unknown_outcome', false)],
    ['a redirect', 302, '', failed('rejected', false)],
    ['an endless answer', 201, 'x'.repeat(100_000), failed('unknown_outcome', false)],
  ]
  for (const [label, status, body, expected] of cases)
    it(`${label}: ${expected.status === 'sent' ? 'sent' : expected.fault}`, async () => {
      const provider = await answering(status, body)
      assert.deepEqual(await channelAt(provider.url).deliver(MESSAGE), expected)
      assert.equal(provider.asked.length, 1)
    })

  it('writes the documented form, and nothing undefined', async () => {
    const provider = await answering(201, answer(102))
    await channelAt(provider.url).deliver(MESSAGE)
    await channelAt(`${provider.url}/base/`, { senderId: null, username: 'sandbox' }).deliver(MESSAGE)
    const text = 'Habari+%26+karibu+%2B+1+%E2%82%AC'
    assert.deepEqual(provider.asked, [
      {
        path: '/version1/messaging',
        apiKey: 'key',
        body: `username=inzira&to=%2B250788000001&message=${text}&from=3847&bulkSMSMode=1`,
      },
      {
        path: '/base/version1/messaging',
        apiKey: 'key',
        body: `username=sandbox&to=%2B250788000001&message=${text}&bulkSMSMode=1`,
      },
    ])
  })

  it('two senders of one process keep their hosts apart', async () => {
    const [one, other] = [await answering(201, answer(102)), await answering(201, answer(102))]
    const [left, right] = [channelAt(one.url), channelAt(other.url, { username: 'sandbox' })]
    await Promise.all([left, right, left, right, left].map((channel) => channel.deliver(MESSAGE)))
    assert.deepEqual([one.asked.length, other.asked.length], [3, 2])
  })

  it('does not wait longer than told, and hangs up', async () => {
    const provider = await answering(201, null)
    const started = performance.now()
    assert.deepEqual(
      await channelAt(provider.url, { timeoutMs: 150 }).deliver(MESSAGE),
      failed('unknown_outcome', false),
    )
    assert.ok(performance.now() - started < 1_500)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(provider.closed(), 1)
  })

  it('knows that what was never sent may be sent again', async () => {
    const provider = await answering(201, null)
    await provider.stop()
    assert.deepEqual(await channelAt(provider.url).deliver(MESSAGE), failed('unreachable', true))
  })

  it('refuses what no phone can have, without asking', async () => {
    const provider = await answering(201, answer(102))
    const to = 'nobody' as typeof CUSTOMER
    assert.deepEqual(await channelAt(provider.url).deliver({ ...MESSAGE, to }), failed('rejected', false))
    assert.equal(provider.asked.length, 0)
  })
})

describe("sms through Africa's Talking: against the simulator", () => {
  const doors = recording()
  let simulators: Awaited<ReturnType<typeof simulated>>
  let channel: ReturnType<typeof channelAt>

  before(async () => {
    simulators = await simulated(() => channel.hooks(doors), { hook: SECRET })
    channel = channelAt(`${simulators.url}/africastalking`)
  })
  after(() => simulators.stop())

  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await fetch(simulators.url + path, init)).json()
  }

  it('sends, and hears what became of it', async () => {
    const sent = await channel.deliver({ ...MESSAGE, body: 'Murakaza neza €' })
    assert.ok(sent.status === 'sent')
    await ask('/_clock', { advanceMs: 2_000 })
    assert.deepEqual(
      doors.receipts.filter(({ externalId }) => externalId === sent.externalId).map(({ status }) => status),
      ['sent', 'delivered'],
    )
    const ledger = await ask('/africastalking/_ledger?to=%2B250788000001')
    assert.ok(Array.isArray(ledger))
    assert.equal(ledger.at(-1).text, 'Murakaza neza €')
    assert.equal(ledger.at(-1).from, '3847')
  })

  it('is told of who opts out, and sends them nothing from then on', async () => {
    const to = phone('+250788000099')
    assert.deepEqual(await ask('/africastalking/_handset/optout', { phone: to }), { taken: true })
    assert.deepEqual(doors.optOuts, [to])
    assert.deepEqual(await channel.deliver({ ...MESSAGE, to }), failed('opted_out', false))
  })

  it('hears what a phone sends', async () => {
    const sent = await ask('/africastalking/_handset/sms', {
      phone: '+250788000001',
      text: 'RIDE Nyabugogo to Kimironko',
    })
    const { id, taken } = z.object({ id: z.string(), taken: z.boolean() }).parse(sent)
    assert.equal(taken, true)
    assert.deepEqual(doors.heard.at(-1), inbound(id, 'RIDE Nyabugogo to Kimironko'))
  })

  const outcomes: readonly [object, Delivery][] = [
    [{ outcome: 'InvalidSenderId' }, failed('misconfigured', false)],
    [{ outcome: 'UserInBlacklist' }, failed('opted_out', false)],
    [{ outcome: 'InsufficientBalance' }, failed('misconfigured', true)],
    [{ fault: 'drop', on: 'sms', after: true }, failed('unknown_outcome', false)],
    [{ fault: 'error5xxAfter', on: 'sms' }, failed('unknown_outcome', false)],
    [{ fault: 'html', on: 'sms' }, failed('unparseable', false)],
  ]
  for (const [scenario, expected] of outcomes)
    it(`tells ${JSON.stringify(scenario)} for what it is`, async () => {
      await ask('/africastalking/_scenario', { msisdn: CUSTOMER, times: 1, ...scenario })
      assert.deepEqual(await channel.deliver(MESSAGE), expected)
    })
})
