import assert from 'node:assert/strict'
import type { ShortMessage } from '../../src/channels/smpp/bodies.ts'
import { hearFragments, listening, type SmsOptions } from '../../src/channels/smpp/sms-hearing.ts'
import { encodeText } from '../../src/channels/smpp/text.ts'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Delivery } from '../../src/core/talk/channel.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createParts } from '../../src/integrations/postgres/message-parts.ts'
import { createNumbering } from '../../src/integrations/postgres/unnumbered.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { sized } from '../support/size.ts'
import { prepare } from '../support/world.ts'
import { phone, type Recording, recording } from './hosting.ts'
import { CODE, linkTo, openSmpp, PACE, until } from './smpp-stage.ts'

const PERSON = phone('+250788000001')
const MESSAGE = { id: 'm1', to: PERSON, body: 'Muraho' }

const failed = (fault: Extract<Delivery, { status: 'failed' }>['fault'], retryable: boolean): Delivery => ({
  status: 'failed',
  fault,
  retryable,
})

describe('sms through SMPP: sending', () => {
  let stage: Awaited<ReturnType<typeof openSmpp>>
  beforeEach(async () => {
    stage = await openSmpp()
    await stage.channel.start(recording())
    await until('bound', () => stage.smsc.bound() > 0)
  })
  afterEach(() => stage.stop())

  it('is accepted under an id, and is at the SMSC', async () => {
    const delivery = await stage.channel.deliver(MESSAGE)
    const [accepted] = stage.smsc.accepted
    assert.deepEqual(delivery, { status: 'sent', externalId: accepted?.id, cost: { money: null, parts: 1 } })
    assert.deepEqual([accepted?.to, accepted?.from, accepted?.text], ['250788000001', CODE, 'Muraho'])
  })

  it('goes in parts when it is long, and the phone shows it whole', async () => {
    const body = 'Your rider Jean waits at the gate of the market. [RAB 123 C] '.repeat(6)
    const delivery = await stage.channel.deliver({ ...MESSAGE, body })
    assert.equal(stage.smsc.accepted.length, 3)
    assert.equal(delivery.status === 'sent' && delivery.externalId, stage.smsc.accepted.at(-1)?.id)
    assert.deepEqual(stage.smsc.inbox(PERSON), [body])
  })

  const faults: readonly (readonly [label: string, weather: object, delivery: Delivery])[] = [
    ['no such number', { refuse: 10_000 }, failed('unreachable', false)],
    ['no answer', { mute: 10_000 }, failed('unknown_outcome', false)],
    ['not taken, without a word', { lose: 10_000 }, failed('unknown_outcome', false)],
    ['cut off after it was taken', { cutAfter: 10_000 }, failed('unknown_outcome', false)],
    ['cut off before', { cutBefore: 10_000 }, failed('unknown_outcome', false)],
  ]
  for (const [label, weather, expected] of faults)
    it(`says what it knows: ${label}`, async () => {
      Object.assign(stage.smsc.weather, weather)
      assert.deepEqual(await stage.channel.deliver(MESSAGE), expected)
      assert.ok(stage.smsc.accepted.length <= 1)
    })

  it('waits while the SMSC has too much, and then is sent once', async () => {
    Object.assign(stage.smsc.weather, { throttle: 4_000, spell: 5 })
    const all = Array.from({ length: 60 }, (_, n) =>
      stage.channel.deliver({ ...MESSAGE, id: `m${n}`, body: `${n}` }),
    )
    for (const delivery of await Promise.all(all)) assert.equal(delivery.status, 'sent')
    assert.equal(stage.smsc.accepted.length, 60)
  })

  it('gives back at once what comes when we are leaving', async () => {
    await stage.channel.stop()
    assert.deepEqual(await stage.channel.deliver(MESSAGE), failed('unreachable', true))
    assert.equal(stage.smsc.accepted.length, 0)
  })

  it('does not begin again with a message of which a part is gone', async () => {
    Object.assign(stage.smsc.weather, { cutAfter: 10_000 })
    const delivery = await stage.channel.deliver({ ...MESSAGE, body: 'a'.repeat(400) })
    assert.deepEqual(delivery, failed('unknown_outcome', false))
  })

  it('heals when the SMSC says nothing any more, not even that it is there', async () => {
    Object.assign(stage.smsc.weather, { numb: 10_000 })
    assert.deepEqual(await stage.channel.deliver(MESSAGE), failed('unknown_outcome', false))
    Object.assign(stage.smsc.weather, { numb: 0 })
    await until('sent', async () => (await stage.channel.deliver(MESSAGE)).status === 'sent')
  })

  it('heals after any bytes that are no PDU', async () => {
    Object.assign(stage.smsc.weather, { garble: 10_000 })
    await stage.channel.deliver(MESSAGE)
    Object.assign(stage.smsc.weather, { garble: 0 })
    await until('sent', async () => (await stage.channel.deliver(MESSAGE)).status === 'sent')
  })
})

describe('sms through SMPP: where nobody answers', () => {
  it('is kept for another try', async () => {
    const stage = await openSmpp({}, { url: 'smpp://127.0.0.1:1', pace: { ...PACE, waitMs: 50 } })
    await stage.channel.start(recording())
    assert.deepEqual(await stage.channel.deliver(MESSAGE), failed('unreachable', true))
    await stage.stop()
  })

  it('is kept too where the password is wrong, until it is right', async () => {
    const account = { systemId: 'inzira', password: 'guess', systemType: '' }
    const stage = await openSmpp({}, { account, pace: { ...PACE, waitMs: 50 } })
    await stage.channel.start(recording())
    assert.deepEqual(await stage.channel.deliver(MESSAGE), failed('unreachable', true))
    assert.equal(stage.smsc.bound(), 0)
    await stage.stop()
  })
})

describe('sms through SMPP: hearing', () => {
  let database: TestDatabase
  let db: Db
  // It stands still: how long a database takes must not decide what is the same.
  let now = Date.now()
  const clock = { now: () => now }
  before(async () => {
    database = await freshDatabase(prepare)
    db = connectPostgres(database.url, silent)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const options = (): SmsOptions => ({
    ...{ link: linkTo(1), codec: smsCodec, source: CODE, idForm: 'text', clock, log: silent },
    ...{ numbering: createNumbering(db), parts: createParts(db) },
  })
  const from = (person: string, octets: Buffer | string, more: Partial<ShortMessage> = {}): ShortMessage => ({
    ...{ serviceType: '', esmClass: 0, registeredDelivery: 0, dataCoding: 0, tlvs: new Map() },
    source: { ton: 1, npi: 1, digits: person.slice(1) },
    destination: { ton: 3, npi: 0, digits: CODE },
    octets: Buffer.from(octets),
    ...more,
  })
  const idsOf = ({ heard }: Recording) => new Set(heard.map(({ messageId }) => messageId))
  /** As the messenger does when it has answered. */
  const answer = async (person: string, n: number) => {
    await db('messages').insert({
      id: `answer-${person}-${n}`,
      person,
      channel: 'sms',
      status: 'sent',
      rank: 1,
      at: clock.now(),
    })
  }

  const tables: readonly (readonly [string, Partial<ShortMessage>, string | null])[] = [
    ['words', { octets: Buffer.from('RIDE') }, 'RIDE'],
    ['nothing', { octets: Buffer.alloc(0) }, ''],
    ['UCS-2', { octets: Buffer.from('00e90928', 'hex'), dataCoding: 8 }, 'éन'],
    [
      'a national number',
      { source: { ton: 2, npi: 1, digits: '0788000001' }, octets: Buffer.from('hi') },
      'hi',
    ],
    [
      'a header that is no part',
      { esmClass: 0x40, octets: Buffer.from('06050415810000414243', 'hex') },
      'ABC',
    ],
    ['a part 1 of 1', { esmClass: 0x40, octets: Buffer.from('050003a10101414243', 'hex') }, 'ABC'],
    ['a picture', { dataCoding: 4 }, null],
    ['a service', { source: { ton: 3, npi: 0, digits: '40404' } }, null],
    ['a name', { source: { ton: 5, npi: 0, digits: 'MTN' } }, null],
    ['nobody', { source: { ton: 1, npi: 1, digits: '' } }, null],
  ]
  for (const [label, more, expected] of tables)
    it(`hears ${label}`, async () => {
      now += 10_000
      const doors = recording()
      assert.equal(await listening(options(), doors).hear(from(PERSON, 'x', more)), 0)
      const texts = doors.heard.map(({ input, person }) => [person, 'text' in input && input.text])
      assert.deepEqual(texts, expected === null ? [] : [[PERSON, expected]])
    })

  it('has the SMSC bring again what could not be heard, under the same id whatever was said meanwhile', async () => {
    const doors = recording()
    const listener = listening(options(), {
      ...doors,
      async receive(inbound) {
        await doors.receive(inbound)
        if (doors.heard.length === 1) throw new Error('no database')
        return ''
      },
    })
    const message = from('+250788000002', 'RIDE')
    assert.equal(await listener.hear(message), 0x64)
    await listener.unthanked(message)
    await answer('+250788000002', 0)
    now += 60_000
    assert.equal(await listener.hear(message), 0)
    assert.deepEqual([doors.heard.length, idsOf(doors).size], [2, 1])
    now += 5_000
    await listener.hear(message)
    assert.equal(idsOf(doors).size, 2)
  })

  const REPEATS = sized(1_000, 10_000)
  it(`counts ${REPEATS} repeated by the network as one each, and what a person says again after our answer as new`, async () => {
    const doors = recording()
    const listener = listening(options(), doors)
    // As many at once as the link lets in.
    const hearAll = async (messages: readonly ShortMessage[]) => {
      for (let at = 0; at < messages.length; at += 100)
        await Promise.all(messages.slice(at, at + 100).map((message) => listener.hear(message)))
    }
    const person = (n: number) => `+2507881${String(n).padStart(5, '0')}`
    const all = Array.from({ length: REPEATS }, (_, n) => from(person(n), '1'))
    const repeated = all.filter((_, n) => n % 10 < 3)
    await hearAll([...all, ...repeated])
    now += 3_900
    await hearAll(repeated)
    assert.deepEqual([doors.heard.length, idsOf(doors).size], [all.length + 2 * repeated.length, all.length])

    const answered = Array.from({ length: REPEATS / 10 }, (_, n) => n)
    for (const n of answered) await answer(person(n), 1)
    await hearAll(answered.map((n) => from(person(n), '1')))
    assert.equal(idsOf(doors).size, all.length + answered.length)
  })

  const SHUFFLES = sized(300, 2_000)
  it(`joins parts in any of ${SHUFFLES} orders, each twice, in two processes, and tells whose rest does not come`, async () => {
    const doors = recording()
    const listeners = [listening(options(), doors), listening(options(), doors)]
    const chance = seeded(7)
    const sent: ShortMessage[] = []
    const expected = new Set<string>()
    const missing = SHUFFLES / 10
    for (let n = 0; n < SHUFFLES; n += 1) {
      const text = `#${n} `.padEnd(400, 'abc€')
      const { parts } = encodeText(text, () => n % 256)
      const person = `+2507882${String(n).padStart(5, '0')}`
      const own = parts.map((octets) => from(person, octets, { esmClass: 0x40 }))
      if (n < missing) own.splice(Math.floor(chance() * own.length), 1)
      else expected.add(text)
      sent.push(...own, ...own)
    }
    sent.sort(() => chance() - 0.5)
    for (let at = 0; at < sent.length; at += 50)
      await Promise.all(sent.slice(at, at + 50).map((message, n) => listeners[n % 2]?.hear(message)))
    assert.deepEqual(new Set(doors.heard.map(({ input }) => 'text' in input && input.text)), expected)
    assert.equal(idsOf(doors).size, expected.size)

    const later = recording()
    await hearFragments(options(), later)
    assert.equal(later.heard.length, 0)
    now += 61_000
    for (let sweep = 0; sweep < 1 + missing / 100; sweep += 1) await hearFragments(options(), later)
    assert.equal(later.heard.length, missing)
    assert.ok(later.heard.every(({ input }) => input.kind === 'fragment'))
  })
})

/** Chance that repeats (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
