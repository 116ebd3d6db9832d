import assert from 'node:assert/strict'
import { septets } from '../../src/core/talk/gsm7.ts'
import { startWorld, type World } from '../support/world.ts'

const HOOK = '/hooks/ussd/africastalking/dev'

describe("USSD through Africa's Talking, as raw requests", function () {
  this.timeout(30_000)
  let world: World

  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  const post = async (path: string, body: string, type = 'application/x-www-form-urlencoded') => {
    const answer = await fetch(world.gateway + path, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
  const form = (fields: Readonly<Record<string, string>>) =>
    new URLSearchParams({
      sessionId: 's',
      phoneNumber: '+250788000101',
      networkCode: '63510',
      serviceCode: '*384*77#',
      text: '',
      ...fields,
    }).toString()

  const cases: readonly {
    readonly label: string
    readonly body: string
    readonly path?: string
    readonly status?: number
    readonly says: RegExp
  }[] = [
    { label: 'a first dial', body: form({ sessionId: 'a1' }), says: /^CON Inzira.*\n1 Ride/ },
    {
      label: 'the wire as captured, `*` left bare',
      body: 'sessionId=a2&phoneNumber=%2B250788000102&networkCode=99999&serviceCode=*384*77%23&text=',
      says: /^CON Inzira/,
    },
    {
      label: 'an unknown network code',
      body: form({ sessionId: 'a3', networkCode: '00000' }),
      says: /^CON Inzira/,
    },
    {
      label: 'an unknown service code',
      body: form({ serviceCode: '*999#' }),
      says: /^END This code is not in use/,
    },
    { label: 'a wrong phone number', body: form({ phoneNumber: '12' }), says: /^END Sorry/ },
    { label: 'an empty body', body: '', says: /^END Sorry/ },
    { label: 'text that is no form', body: '{"a":', says: /^END Sorry/ },
    {
      label: 'a doubled field',
      body: `${form({ sessionId: 'a4' })}&phoneNumber=%2B250788000109`,
      says: /^END Sorry/,
    },
    {
      label: 'a wrong secret',
      path: '/hooks/ussd/africastalking/wrong',
      body: form({}),
      status: 404,
      says: /^Not Found$/,
    },
    { label: 'a megabyte', body: `text=${'x'.repeat(1_000_000)}`, status: 413, says: /Too Large/ },
    {
      label: 'a dialled short-cut',
      body: form({ sessionId: 'a5', phoneNumber: '+250788000103', text: '1*2' }),
      says: /^CON Where to\?/,
    },
    {
      label: 'a short-cut through the whole ride',
      body: form({ sessionId: 'a6', phoneNumber: '+250788000104', text: '1*1*2' }),
      says: /^CON Moto Nyabugogo -> Kimironko/,
    },
    {
      label: 'text outside GSM-7',
      body: form({ sessionId: 'a7', phoneNumber: '+250788000105', text: '1*ñandú 🛵 ኪጋሊ' }),
      says: /^CON We do not know that place/,
    },
    {
      label: 'a null character in the text',
      body: 'sessionId=a9&phoneNumber=%2B250788000107&serviceCode=*384*77%23&text=1*a%00b',
      says: /^CON (We do not know that place|Where)/,
    },
    {
      label: 'a number nobody offered',
      body: form({ sessionId: 'a8', phoneNumber: '+250788000106', text: '12' }),
      says: /^CON Sorry, we did not understand/,
    },
    {
      label: 'an end for nobody',
      path: `${HOOK}/end`,
      body: form({ sessionId: 'never', status: 'Incomplete' }),
      says: /^OK$/,
    },
  ]
  for (const { label, body, path = HOOK, status = 200, says } of cases) {
    it(label, async () => {
      const answer = await post(path, body)
      assert.equal(answer.status, status)
      assert.match(answer.text, says)
      assert.doesNotMatch(answer.text, /at .*\.ts:\d+/)
      if (status === 200) {
        assert.match(answer.type ?? '', /^text\/plain/)
        assert.ok((septets(answer.text) ?? Number.POSITIVE_INFINITY) <= 160)
      }
    })
  }

  it('keeps a `*` inside a typed place', async () => {
    const phone = '+250788000110'
    await world.hop(phone, 'star', '')
    await world.hop(phone, 'star', '1')
    const screen = await world.hop(phone, 'star', '1*Kimi*ronko')
    assert.match(screen, /^CON (Where to\?|Which one\?|We do not know)/)
    const next = await world.hop(phone, 'star', '1*Kimi*ronko*2')
    assert.doesNotMatch(next, /did not understand/)
  })

  it('answers a repeated hop with the stored bytes, and books once', async () => {
    const phone = '+250788000111'
    for (const text of ['', '1', '1*1', '1*1*2']) await world.hop(phone, 'rep', text)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => world.hop(phone, 'rep', '1*1*2*1')))
    assert.deepEqual(new Set(answers), new Set(['END Finding a rider. We will text you.']))
    const again = await world.hop(phone, 'rep', '1*1*2')
    assert.match(again, /^CON Moto Nyabugogo -> Kimironko/)
    const bookings = await world.db('instances').where({ owner: phone, flow: 'booking' })
    assert.equal(bookings.length, 1)
  })

  it('answers two people whose session bears the same name, each for themselves', async () => {
    for (const phone of ['+250788000121', '+250788000122'])
      assert.match(await world.hop(phone, 'same', '1*1*2*1'), /^END Finding a rider/)
    const owners = await world
      .db('instances')
      .where({ flow: 'booking' })
      .whereIn('owner', ['+250788000121', '+250788000122'])
    assert.equal(owners.length, 2)
  })

  it('takes a duplicate start for the same start', async () => {
    const [one, two] = await Promise.all([
      world.hop('+250788000112', 'dup', ''),
      world.hop('+250788000112', 'dup', ''),
    ])
    assert.equal(one, two)
  })

  it('offers to continue after a cut, and does', async () => {
    const phone = '+250788000113'
    for (const text of ['', '1', '1*1']) await world.hop(phone, 'cut', text)
    await post(`${HOOK}/end`, form({ sessionId: 'cut', phoneNumber: phone, status: 'Incomplete' }))
    assert.match(await world.hop(phone, 'cut2', ''), /^CON Continue Moto ride\?\n1 Yes\n2 Start again/)
    assert.match(await world.hop(phone, 'cut2', '1'), /^CON Where to\?/)
    assert.match(await world.hop(phone, 'cut3', ''), /^CON Continue/)
    assert.match(await world.hop(phone, 'cut3', '2'), /^CON Inzira/)
  })

  it('remembers the language chosen on the first screen', async () => {
    const phone = '+250788000114'
    await world.hop(phone, 'rw', '')
    assert.match(await world.hop(phone, 'rw', '8'), /^CON Inzira: urugendo/)
    assert.match(await world.hop(phone, 'rw2', ''), /^CON Inzira: urugendo/)
  })

  it('says sorry while the database is broken, and goes on where it was', async () => {
    const phone = '+250788000190'
    for (const text of ['', '1', '1*1']) await world.hop(phone, 'broken', text)
    await world.db.schema.renameTable('conversations', 'nowhere')
    const answer = await post(HOOK, form({ sessionId: 'broken', phoneNumber: phone, text: '1*1*2' }))
    await world.db.schema.renameTable('nowhere', 'conversations')
    assert.equal(answer.status, 200)
    assert.match(answer.type ?? '', /^text\/plain/)
    assert.equal(answer.text, 'END Sorry, something went wrong. Please try again in 2 minutes.')
    assert.match(await world.hop(phone, 'mended', ''), /^CON Continue/)
  })

  it('ends politely while the database hangs, and finishes by text', async () => {
    const phone = '+250788000115'
    for (const text of ['', '1', '1*1']) await world.hop(phone, 'slow', text)
    const blocker = await world.db.transaction()
    await blocker.raw('select * from conversations where person = ? for update', [phone])
    const startedAt = Date.now()
    const screen = await world.hop(phone, 'slow', '1*1*2')
    const tookMs = Date.now() - startedAt
    await blocker.rollback()
    assert.equal(screen, 'END We are working on it. We will text you.')
    // The aggregator hangs up after ten.
    assert.ok(tookMs < 8_000, `took ${tookMs} ms`)
    await world.hears(phone, /^Moto Nyabugogo -> Kimironko/)
    await world.text(phone, 'yes')
    await world.hears(phone, /Finding a rider/)
  })

  it('ends politely for a hundred at once while the database hangs, and forgets nobody it promised a text', async () => {
    const people = Array.from({ length: 100 }, (_, n) => `+2507880008${String(n).padStart(2, '0')}`)
    const blocker = await world.db.transaction()
    await blocker.raw('lock table conversations in access exclusive mode')
    const ask = async (phone: string) => {
      const startedAt = Date.now()
      const screen = await world.hop(phone, 'crowd', '1')
      return { phone, screen, tookMs: Date.now() - startedAt }
    }
    const asked = await Promise.all(people.map(ask)).finally(() => blocker.rollback())
    const slowest = Math.max(...asked.map(({ tookMs }) => tookMs))
    assert.ok(slowest < 6_000, `took ${slowest} ms`)
    for (const { screen } of asked) assert.match(screen, /^END (We are working on it|Sorry, )/)
    const promised = asked.filter(({ screen }) => /We will text you/.test(screen))
    assert.ok(promised.length > 0)
    for (const { phone } of promised) await world.hears(phone, /^Where are you\?/, 20_000)
  })

  it('sends the next question by text when a place is looked up too slowly', async () => {
    const phone = '+250788000116'
    for (const text of ['', '1']) await world.hop(phone, 'look', text)
    const blocker = await world.db.transaction()
    await blocker.raw('lock table places in access exclusive mode')
    const screen = await world.hop(phone, 'look', '1*Nyamirambo').finally(() => blocker.rollback())
    assert.equal(screen, 'END Looking for the place. We will text you.')
    await world.hears(phone, /^Where to\?/)
    await world.text(phone, '1')
    await world.hears(phone, /^Moto Nyamirambo -> Nyabugogo/)
  })

  it('tells who comes while it is still busy with them to try again, and promises them nothing', async () => {
    const phone = '+250788000117'
    await world.hop(phone, 'busy', '')
    const blocker = await world.db.transaction()
    await blocker.raw('select * from conversations where person = ? for update', [phone])
    const hops = ['1', '3'].map((text) => world.hop(phone, 'busy', text))
    const screens = await Promise.all(hops).finally(() => blocker.rollback())
    assert.deepEqual(screens.sort(), [
      'END Sorry, we are very busy. Please try again in 2 minutes.',
      'END We are working on it. We will text you.',
    ])
    await world.hears(phone, /./)
    assert.equal((await world.inbox(phone)).length, 1)
  })
})
