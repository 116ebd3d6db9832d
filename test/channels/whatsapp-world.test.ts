import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { newIds } from '../../src/core/base/id.ts'
import { movableClock } from '../support/clock.ts'
import { startWorld, type World } from '../support/world.ts'

const line = z.object({ direction: z.enum(['in', 'out']), type: z.string(), text: z.string().default('') })
const DAY_MS = 24 * 3_600_000

describe('the whole application on WhatsApp', function () {
  this.timeout(60_000)
  const clock = movableClock()
  const ids = newIds(() => clock.now())
  let world: World
  let people = 100
  before(async () => {
    world = await startWorld({ WHATSAPP_TEMPLATES: 'booking.en=trip_news' }, clock)
  })
  after(() => world.stop())

  const somebody = () => `+250788500${++people}`
  const writes = (phone: string, more: object = { text: 'MENU' }) =>
    world.post('/whatsapp/_handset/send', { phone, ...more })
  const scenario = (msisdn: string, outcome: string, times = 1) =>
    world.post('/whatsapp/_scenario', { msisdn, times, on: 'send', outcome })
  const chat = async (phone: string) =>
    z
      .array(line)
      .parse(await world.get(`/whatsapp/_handset/chat?phone=${encodeURIComponent(phone)}`))
      .filter(({ direction }) => direction === 'out')
  /** Waits until nobody has anything in hand and nothing is due. */
  async function quiet(): Promise<void> {
    const isBusy = () =>
      world.db('outbox').where('attempts', '>', 0).orWhere('due_at', '<=', clock.now()).first()
    while (await isBusy()) await sleep(50)
  }
  /** Something about their booking is to be said, as a machine says it. */
  async function news(to: string, more: object = {}): Promise<string> {
    const id = ids.next('ob')
    const params = { to, phrase: { key: 'youAreWelcome', args: {} }, ...more }
    await world.db('outbox').insert({ id, type: 'say', params, lane: 'message', due_at: clock.now() })
    await quiet()
    return id
  }
  const passes = async (byMs: number) => {
    clock.advance(byMs)
    await world.post('/_clock', { advanceMs: byMs })
  }
  const statusOf = async (id: string) => (await world.db('messages').where({ id }).first())?.status

  it('answers a picture with what can be done instead', async () => {
    const phone = somebody()
    await writes(phone, { media: 'audio' })
    await quiet()
    const [answer] = await chat(phone)
    assert.match(answer?.text ?? '', /^We can only read: .*\n/)
  })

  it('speaks by a template to whom has not written for a day', async () => {
    const phone = somebody()
    await writes(phone)
    await quiet()
    await news(phone)
    await passes(DAY_MS)
    await news(phone)
    assert.deepEqual(
      (await chat(phone)).slice(1).map(({ type, text }) => [type, text]),
      [
        ['text', 'You are welcome.'],
        ['template', 'trip_news | You are welcome.'],
      ],
    )
  })

  it('speaks by text where there is no template', async () => {
    const phone = somebody()
    await writes(phone, { text: 'kinyarwanda' })
    await quiet()
    await passes(DAY_MS)
    await news(phone)
    assert.deepEqual([(await chat(phone)).length, (await world.inbox(phone)).length], [1, 1])
  })

  for (const code of ['131047', '131026', '132000', '131049', 'late131047', 'late131026', 'late132000'])
    it(`speaks once by text after ${code}`, async () => {
      const phone = somebody()
      await writes(phone)
      await quiet()
      await scenario(phone, code)
      await news(phone)
      await world.hears(phone, /You are welcome/)
      await quiet()
      await sleep(500)
      assert.equal((await world.inbox(phone)).length, 1)
    })

  it('lets an advertisement be where it is not welcome', async () => {
    const phone = somebody()
    await writes(phone)
    await quiet()
    const hour = new Date(clock.now()).getUTCHours()
    await passes(((34 - hour) % 24) * 3_600_000)
    await writes(phone)
    await quiet()
    await scenario(phone, '131049')
    const id = await news(phone, { purpose: 'marketing' })
    assert.deepEqual([await statusOf(id), (await world.inbox(phone)).length], ['failed', 0])
  })

  it('waits while it is told to, and then says it once', async () => {
    const phone = somebody()
    await writes(phone)
    await quiet()
    await scenario(phone, '131056', 2)
    const id = await news(phone)
    assert.equal(await statusOf(id), 'refused')
    for (let n = 0; n < 2; n += 1) {
      await passes(600_000)
      await quiet()
    }
    await quiet()
    assert.deepEqual(
      (await chat(phone)).map(({ text }) => text).filter((text) => text === 'You are welcome.').length,
      1,
    )
    assert.deepEqual(await world.inbox(phone), [])
  })

  describe('who hides their number', () => {
    const hidden = (phone: string, userId: string, text: string) => writes(phone, { userId, text })
    const last = async (phone: string) => (await chat(phone)).at(-1)?.text ?? ''
    const code = async (phone: string) => (await world.hears(phone, /code is (\d{6})/))[1] ?? ''

    it('shows it by the code that is sent there, and is then heard as anybody', async () => {
      const [phone, userId] = [somebody(), 'RW.1001']
      await hidden(phone, userId, 'MENU')
      assert.match(await last(phone), /WhatsApp hides your phone number/)
      await hidden(phone, userId, `0${phone.slice(4)}`)
      assert.equal(await last(phone), `We sent a code to ${phone} by SMS. Please write it here.`)
      await hidden(phone, userId, '000000')
      assert.match(await last(phone), /not the code/)
      await hidden(phone, userId, await code(phone))
      await quiet()
      assert.match(await last(phone), /^Inzira: your journey/)
      await hidden(phone, userId, 'HELP')
      await quiet()
      assert.match(await last(phone), /TRACK, CANCEL, STOP/)
      assert.equal((await world.db('conversations').where({ person: phone }).first()) !== undefined, true)
    })

    it('is nobody while they only say whose it is', async () => {
      const [phone, other, userId] = [somebody(), somebody(), 'RW.1002']
      await hidden(phone, userId, other)
      await hidden(phone, userId, 'TRACK')
      assert.match(await last(phone), /WhatsApp hides your phone number/)
      assert.equal(await world.db('conversations').where({ person: other }).first(), undefined)
    })

    it('is known already who wrote before they hid it, and answered once', async () => {
      const [phone, userId] = [somebody(), 'RW.1003']
      await world.db('whatsapp_users').insert({ user_id: userId, person: phone, is_proven: true, at: 1 })
      await world.post('/whatsapp/_scenario', {
        msisdn: phone,
        times: 1,
        on: 'message',
        fault: 'duplicate',
        count: 3,
      })
      await hidden(phone, userId, 'HELP')
      await quiet()
      assert.equal((await chat(phone)).length, 1)
    })

    it('gets three codes an hour, and is told so', async () => {
      const [phone, userId] = [somebody(), 'RW.1004']
      for (let n = 0; n < 4; n += 1) await hidden(phone, userId, phone)
      assert.match(await last(phone), /Too many codes/)
      await quiet()
      assert.equal((await world.inbox(phone)).length, 3)
    })

    it('is asked for another number where we do not text', async () => {
      const [phone, userId] = [somebody(), 'RW.1005']
      await hidden(phone, userId, '+12025550123')
      assert.match(await last(phone), /cannot send an SMS to \+12025550123/)
    })
  })
})
