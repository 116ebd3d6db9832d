import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Profile } from '../../simulators/smsc/ussd.ts'
import { startWorld } from '../support/world.ts'
import { until } from './smpp-stage.ts'

const RIDER = '+250788100001'
const CARRIER = { SMS_GATEWAY: 'smpp', SMPP_USSD: 'on', SMPP_TPS: '1000' }
const screen = z.object({ sessionId: z.string(), kind: z.enum(['CON', 'END']), text: z.string() })
const LONG = `${'please '.repeat(30)}thank you`

/** Phones at a carrier, and the house behind its SMSC. */
async function open(settings: Readonly<Record<string, string>> = {}, profile: Partial<Profile> = {}) {
  const world = await startWorld({ ...CARRIER, ...settings }, undefined, {}, profile)
  // Only one is at work, and is asked.
  await world.db('drivers').whereNot({ phone: RIDER }).update({ status: 'off' })
  await world.post('/mtn/_scenario', { msisdn: '*', outcome: 'approve', delayMs: 40 })
  const inbox = async (phone: string) =>
    z.array(z.string()).parse(await world.get(`/smsc/_handset/inbox?phone=${encodeURIComponent(phone)}`))
  return {
    world,
    inbox,
    send: (phone: string, text: string) => world.post('/smsc/_handset/sms', { phone, text }),
    async hears(phone: string, pattern: RegExp): Promise<RegExpMatchArray> {
      let found: RegExpExecArray | null = null
      await until(`${phone} hears ${pattern}`, async () => {
        found = (await inbox(phone)).map((text) => pattern.exec(text)).findLast((one) => one !== null) ?? null
        return found !== null
      }).catch(async (error: unknown) => {
        throw new Error(`${String(error)}\n${(await inbox(phone)).join('\n')}`)
      })
      assert.ok(found)
      return found
    },
    async dial(phone: string, code: string, ...keys: readonly string[]) {
      let shown = screen.parse(await world.post('/smsc/_handset/dial', { phone, code }))
      const { sessionId } = shown
      for (const input of keys)
        shown = screen.parse(await world.post('/smsc/_handset/reply', { sessionId, input }))
      return shown
    },
  }
}
type Town = Awaited<ReturnType<typeof open>>

/** From the phone's first key to the rider's start, all of it over SMPP. */
async function ride({ dial, send, hears, world }: Town, phone: string): Promise<void> {
  await world
    .db('drivers')
    .where({ phone: RIDER })
    .update({ status: 'free', journey: null, seen_at: Date.now() })
  assert.match((await dial(phone, '*384*77#')).text, /^Inzira: your journey/)
  const price = await dial(phone, '*384*77#', '1', '1', 'Kimironko')
  assert.deepEqual([price.kind, /RWF [\d,]+/.test(price.text)], ['CON', true])
  const done = await dial(phone, '*384*77#', '1', '1')
  assert.deepEqual([done.kind, done.text], ['END', 'Finding a rider. We will text you.'])
  const [, job] = await hears(RIDER, /^Job (\w+): .*Reply YES/)
  await send(RIDER, `YES ${job}`)
  const [, code] = await hears(phone, /Start code (\d+)/)
  await send(RIDER, `ARRIVED ${job}`)
  await hears(RIDER, /ask the customer for the start code/)
  await send(RIDER, `START ${job} ${code}`)
  await hears(RIDER, /take the customer to Kimironko/)
  await send(RIDER, `DONE ${job}`)
  await hears(phone, /^You have arrived/)
}

describe('a house behind a carrier’s SMSC', function () {
  this.timeout(60_000)
  const profiles: readonly (readonly [string, Record<string, string>, Partial<Profile>])[] = [
    ['by the standard', {}, {}],
    [
      'that ends with 17, and brings the code as the address',
      { SMPP_USSD_OPS: '01,12,81,02,17' },
      { end: 0x17, code: 'address' },
    ],
    ['that names sessions by user_message_reference', { SMPP_USSD_SESSION: '0204' }, { sessionTag: 0x0204 }],
    ['that names no session', { SMPP_USSD_SESSION: 'source' }, { sessionTag: 0 }],
  ]
  for (const [label, settings, profile] of profiles)
    it(`books a ride by USSD ${label}`, async () => {
      const town = await open(settings, profile)
      try {
        await ride(town, '+250788000401')
      } finally {
        await town.world.stop()
      }
    })

  describe('by the standard', () => {
    let town: Town
    before(async () => {
      town = await open()
    })
    after(() => town.world.stop())

    it('talks by SMS, with long texts in parts, both ways', async () => {
      await town.send('+250788000402', 'RIDE')
      await town.hears('+250788000402', /^Where are you\?/)
      await town.send('+250788000402', LONG)
      await town.hears('+250788000402', /Where are you\?/)
      assert.equal((await town.world.db('message_parts').where({ person: '+250788000402' }))[0]?.total, 2)
    })

    it('takes what is dialled behind the code', async () => {
      assert.match((await town.dial('+250788000403', '*384*77*1*1#')).text, /^Where to\?/)
    })

    it('refuses another service’s code', async () => {
      const shown = await town.dial('+250788000404', '*555#')
      assert.deepEqual([shown.kind, shown.text], ['END', 'This code is not in use.'])
    })

    it('begins anew for whoever hung up and dials again', async () => {
      const phone = '+250788000405'
      const { sessionId } = await town.dial(phone, '*384*77#', '1')
      await fetch(`${town.world.simulators}/smsc/_handset/hangup`, {
        method: 'POST',
        body: JSON.stringify({ sessionId }),
      })
      assert.match((await town.dial(phone, '*384*77#')).text, /1 /)
    })

    it('learns what became of its messages', async () => {
      const rows = () => town.world.db('messages').where({ person: '+250788000402' })
      await until('all delivered', async () => (await rows()).every(({ status }) => status === 'delivered'))
      assert.ok((await rows()).length >= 2)
    })

    it('asks again whoever’s text came only in part', async () => {
      const person = '+250788000407'
      const set = { person, addressee: '3847', reference: 7, total: 2, coding: 0, id: 'parts:of-the-test' }
      const parts = JSON.stringify({ 1: Buffer.from('CANCEL').toString('hex') })
      await town.world.db('message_parts').insert({ ...set, parts, at: Date.now() - 61_000 })
      await town.hears(person, /^Only a part of your message reached us/)
    })

    it('goes on when the carrier hangs up in the middle', async () => {
      const phone = '+250788000406'
      await town.send(phone, 'RIDE')
      await town.hears(phone, /^Where are you\?/)
      await fetch(`${town.world.simulators}/smsc/_cut`, { method: 'POST' })
      await town.send(phone, 'Remera')
      await town.hears(phone, /^Where to\?/)
    })
  })
})
