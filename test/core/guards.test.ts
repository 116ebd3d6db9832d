import assert from 'node:assert/strict'
import type { Redis } from 'ioredis'
import { silent } from '../../src/core/base/log.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import type { Take } from '../../src/core/people/rates.ts'
import type { Guard, Verdict } from '../../src/core/talk/guards.ts'
import { paced, unloops } from '../../src/core/talk/pace.ts'
import { reachable, welcome, withinBudget } from '../../src/core/talk/reach.ts'
import { freePort } from '../../src/integrations/process.ts'
import { connectRedis } from '../../src/integrations/redis/index.ts'
import { createLimits, type Limits } from '../../src/integrations/redis/limits.ts'
import { noting, phone } from '../channels/hosting.ts'
import { redisUrl } from '../support/servers.ts'
import * as laws from './guards-laws.ts'

const PREFIXES = ['+250', '+213', '+254', '+234', '+92']
const { saying } = laws

describe('before anything is said', function () {
  this.timeout(60_000)
  let redis: Redis
  let absent: Redis
  let limits: Limits
  let away: Limits

  before(async () => {
    redis = await connectRedis(await redisUrl(), silent)
    absent = await connectRedis(`redis://127.0.0.1:${await freePort()}`, silent)
    limits = createLimits(redis)
    away = createLimits(absent)
  })
  after(() => {
    redis.disconnect()
    absent.disconnect()
  })
  beforeEach(() => redis.flushdb())

  /** Half a minute stands for a second, so that none passes meanwhile. */
  const slowly =
    (take: Take): Take =>
    (name, key, points, perSeconds) =>
      take(name, key, points, perSeconds * 30)
  const atOnce = (take: Take) => paced(slowly(take), { sms: 20 })
  const asked = (guard: Guard, one = saying(), at = Date.now()): Verdict | Promise<Verdict> =>
    guard(one, 'sms', at)

  it('its number is one that we text', () => laws.numbers(reachable(PREFIXES, silent)))
  it('it is no answer to a machine', () => laws.loops(unloops(limits.take, silent)))
  it('it is no answer to a machine, while nobody counts for all', () =>
    laws.loops(unloops(away.take, silent)))
  it('a person who means something is not taken for one', () => laws.people(unloops(limits.take, silent)))
  it('what is urgent has room of its own', () => laws.lanes(atOnce(limits.takeShared)))

  it('somebody is called when two machines talk, and once', async () => {
    const said: string[] = []
    const guard = unloops(limits.take, noting(said))
    const to = phone('+250788123456')
    for (let n = 0; n < 20; n += 1) await asked(guard, saying({ to, isIdle: true }))
    assert.deepEqual(said, ['sms_loop {"to":"+25078•••456"}'])
  })

  it('one person on WhatsApp is not told more than WhatsApp takes', async () => {
    const guard = paced(limits.takeShared, {})
    const one = saying()
    for (let n = 0; n < 45; n += 1) assert.equal(await guard(one, 'whatsapp', 0), null)
    assert.deepEqual(await guard(one, 'whatsapp', 0), {
      ...{ how: 'wait', waitMs: 6_000, why: 'too fast for one person' },
    })
    assert.equal(await guard(saying(), 'whatsapp', 0), null)
  })

  it('nobody waits for a counter that is away, but a one-time code', async () => {
    const guard = paced(away.takeShared, { sms: 1 })
    for (let n = 0; n < 5; n += 1) assert.equal(await asked(guard), null)
    assert.deepEqual(await asked(guard, saying({ purpose: 'code' })), {
      how: 'withheld',
      why: 'nobody counts',
    })
  })

  it('there is money for it', async () => {
    const said: string[] = []
    let amountMinor = 79
    const guard = withinBudget({
      ...{ zone: 'Africa/Kigali', take: limits.take, log: noting(said) },
      limits: { RW: { amountMinor: 80, currency: 'RWF' } },
      spentOn: async (day, country) => {
        assert.deepEqual([day, country], ['2026-03-03', 'RW'])
        return [
          { amountMinor: 10_000, currency: 'USD' },
          { amountMinor, currency: 'RWF' },
        ]
      },
    })
    const at = Date.parse('2026-03-02T22:30:00Z')
    assert.equal(await asked(guard, saying(), at), null)
    amountMinor = 80
    for (let n = 0; n < 3; n += 1)
      assert.deepEqual(await asked(guard, saying(), at), {
        ...{ how: 'wait', waitMs: 600_000, why: "the day's money is spent" },
      })
    assert.deepEqual(said, ['sms_money_spent {"country":"RW"}'])
    assert.equal(await asked(guard, saying({ to: phone('+254711123456') }), at), null, 'no limit there')
    assert.equal(await guard(saying(), 'whatsapp', at), null, 'no text')
  })

  it('there is money for it, while nobody counts for all', async () => {
    const guard = withinBudget({
      ...{ zone: 'Africa/Kigali', take: away.take, log: silent },
      limits: { RW: { amountMinor: 80, currency: 'RWF' } },
      spentOn: async () => [{ amountMinor: 80, currency: 'RWF' }],
    })
    assert.match(JSON.stringify(await asked(guard)), /the day's money is spent/)
  })

  it('an advertisement is welcome, and it is day where they are', async () => {
    const guard = welcome(async (person) => person === '+250788000009')
    const [kigali, karachi] = [phone('+250788000001'), phone('+923001234567')]
    const ad = (to = kigali) => saying({ to, purpose: 'marketing' })
    const at = (clock: string) => Date.parse(`2026-03-02T${clock}:00Z`)
    const night = { how: 'wait', waitMs: 1_800_000, why: 'it is night where they are' } as const
    assert.deepEqual(await asked(guard, ad(phone('+250788000009')), at('10:00')), {
      ...{ how: 'withheld', why: 'they want no news' },
    })
    assert.deepEqual(
      [
        await asked(guard, ad(), at('05:59')),
        await asked(guard, ad(), at('06:00')),
        await asked(guard, ad(), at('17:59')),
        await asked(guard, ad(), at('18:00')),
        await asked(guard, ad(karachi), at('03:00')),
        await asked(guard, ad(karachi), at('15:00')),
      ],
      [night, null, null, night, null, night],
    )
    for (const purpose of ['code', 'offer', 'answer', 'booking', 'receipt'] as const)
      assert.equal(
        await asked(guard, saying({ to: phone('+250788000009'), purpose }), at('01:00')),
        null,
        `${purpose} is not stopped by STOP, nor by the night`,
      )
  })

  describe('would be wrong in a house that', () => {
    const lets: Guard = () => null
    const byPrefix: Guard = ({ to }) =>
      PREFIXES.some((prefix) => to.startsWith(prefix)) ? null : { how: 'withheld', why: '' }
    const anywhere: Guard = ({ to }) => (parsePhone(to) ? null : { how: 'withheld', why: '' })

    it('texts whatever begins as our numbers do', () =>
      assert.rejects(laws.numbers(byPrefix), /a fixed line/))
    it('texts every number there is', () => assert.rejects(laws.numbers(anywhere), /a fixed line/))
    it('answers machines for ever', () => assert.rejects(laws.loops(lets), /answers to a machine/))
    it('believes a machine that seems to mean something', () =>
      assert.rejects(
        laws.loops((one, ...rest) => unloops(limits.take, silent)({ ...one, echo: null }, ...rest)),
        /answers to a machine/,
      ))
    it('counts what people mean', () =>
      assert.rejects(
        laws.people((one, ...rest) => unloops(limits.take, silent)({ ...one, isIdle: true }, ...rest)),
        /30/,
      ))
    it('lets marketing take everything', () =>
      assert.rejects(
        laws.lanes((one, ...rest) => atOnce(limits.takeShared)({ ...one, purpose: 'offer' }, ...rest)),
        /half of 20/,
      ))
    it('lets bookings wait behind marketing', () =>
      assert.rejects(
        laws.lanes((one, ...rest) =>
          atOnce(limits.takeShared)(
            { ...one, purpose: one.purpose === 'offer' ? 'marketing' : one.purpose },
            ...rest,
          ),
        ),
        /nothing is left/,
      ))
  })
})
