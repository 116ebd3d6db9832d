import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { NotYet } from '../../src/core/run/handler.ts'
import type { Receipt } from '../../src/core/talk/channel.ts'
import type { Saying } from '../../src/core/talk/guards.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { type Air, Died, type Make, openAir } from './messages-stage.ts'

const SECOND_MS = 1_000
const RANKED = ['sent', 'failed', 'delivered', 'read'] as const

/** Says it as a worker would that is there again after every death, for as long as it is asked to. */
async function insisted(air: Air, one: Saying, forMs = 200 * SECOND_MS): Promise<void> {
  const until = air.clock.now() + forMs
  while (air.clock.now() < until) {
    const outcome = await air.say(one).catch((error: unknown) => error)
    if (!(outcome instanceof Error)) return
    assert.ok(outcome instanceof NotYet || outcome instanceof Died, String(outcome))
    air.clock.advance(outcome instanceof NotYet ? outcome.waitMs : 10 * SECOND_MS)
  }
  assert.fail('it is asked for ever')
}

/** Whoever hands it over dies with it in hand, and nobody says what became of it: nobody waits for it, and it is not said again. */
export async function unknown(db: Db, make: Make): Promise<void> {
  for (const fate of ['dies before', 'dies after'] as const) {
    const air = openAir(db, make)
    const one = air.saying({ purpose: 'marketing' })
    air.fates.push(fate)
    await insisted(air, one)
    assert.equal(air.of(one.id).length, fate === 'dies after' ? 1 : 0, 'said blindly')
    assert.equal((await air.row(one.id))?.status, 'unknown')
  }
}

/** Somebody waits for it: rather twice than never. */
export async function rather(db: Db, make: Make): Promise<void> {
  for (const fate of ['dies before', 'dies after'] as const) {
    const air = openAir(db, make)
    const one = air.saying()
    air.fates.push(fate)
    await insisted(air, one, 400 * SECOND_MS)
    assert.equal(air.of(one.id).length, fate === 'dies after' ? 2 : 1, 'left unsaid')
    assert.equal((await air.row(one.id))?.status, 'sent')
  }
}

/** The provider's report on it, which names only the phone, tells that it went. */
export async function adopted(db: Db, make: Make): Promise<void> {
  const air = openAir(db, make)
  const one = air.saying()
  air.fates.push('dies after')
  await assert.rejects(air.say(one), Died)
  const [gone] = air.of(one.id)
  assert.ok(gone)
  await air.reports(gone, 'sent', { to: one.to })
  await air.reports(gone, 'delivered', { to: one.to })
  const other = air.saying()
  await air.say(other)
  const [later] = air.of(other.id)
  assert.ok(later)
  await air.reports(later, 'delivered', { to: other.to })
  await insisted(air, one)
  assert.equal(air.of(one.id).length, 1, 'said again although it was reported')
  assert.equal((await air.row(one.id))?.externalId, gone.externalId)
}

/** Others that were handed over later are reported on, and it is not: it never went, and is said, once more and no more. */
export async function silence(db: Db, make: Make): Promise<void> {
  const air = openAir(db, make)
  const one = air.saying({ purpose: 'marketing' })
  air.fates.push('dies before')
  await assert.rejects(air.say(one), Died)
  air.clock.advance(SECOND_MS)
  const other = air.saying()
  await air.say(other)
  const [later] = air.of(other.id)
  assert.ok(later)
  await air.reports(later, 'delivered')
  air.fates.push('dies after')
  await insisted(air, one)
  assert.equal(air.of(one.id).length, 1, 'not said although it never went')
  await insisted(air, one)
  assert.equal(air.of(one.id).length, 1)
}

/** A report that names no phone, and nothing that we know, may be its own: then it is not silence. */
export async function nameless(db: Db, make: Make): Promise<void> {
  const air = openAir(db, make)
  const one = air.saying()
  air.fates.push('dies after')
  await assert.rejects(air.say(one), Died)
  const [gone] = air.of(one.id)
  assert.ok(gone)
  await air.reports(gone, 'delivered')
  const other = air.saying()
  await air.say(other)
  const [later] = air.of(other.id)
  assert.ok(later)
  await air.reports(later, 'delivered')
  await insisted(air, one)
  assert.equal(air.of(one.id).length, 1, 'said again although something was reported')
}

/** Reports in any order, doubled, before and after we know what they are about: the furthest stands. */
export async function reports(db: Db, make: Make, count: number): Promise<void> {
  const air = openAir(db, make)
  const expected = new Map<string, string>()
  await Promise.all(
    Array.from({ length: count }, async () => {
      const one = air.saying()
      const due = Array.from({ length: randomInt(1, 7) }, () => RANKED[randomInt(RANKED.length)] ?? 'sent')
      const early = due.slice(0, randomInt(due.length + 1))
      const furthest = RANKED.findLast((status) => due.includes(status)) ?? 'sent'
      expected.set(one.id, furthest)
      const said = air.say(one)
      while (air.of(one.id).length === 0) await new Promise((resolve) => setImmediate(resolve))
      const [gone] = air.of(one.id)
      assert.ok(gone)
      const report = (status: Receipt['status']) => air.reports(gone, status)
      const first = Promise.all(early.map(report))
      await said
      await Promise.all([first, ...due.slice(early.length).map(report)])
    }),
  )
  for (const [id, status] of expected) assert.equal((await air.row(id))?.status, status, 'not the furthest')
}

/** The channel turns out to be closed to them, by its answer or by a report however often: it goes once as a text. */
export async function fallsBack(db: Db, make: Make): Promise<void> {
  const air = openAir(db, make)
  const closed = { channel: 'whatsapp', reason: '131047', fault: 'window_closed' } as const
  const [now, later] = [air.saying({ channel: 'whatsapp' }), air.saying({ channel: 'whatsapp' })]
  air.fates.push({ status: 'failed', fault: 'window_closed', retryable: false })
  await air.say(now)
  assert.deepEqual(
    air.of(now.id).map(({ channel }) => channel),
    ['sms'],
  )
  await air.say(later)
  const [gone] = air.of(later.id)
  assert.ok(gone)
  await Promise.all(Array.from({ length: 4 }, () => air.reports(gone, 'failed', closed)))
  const errands = await db('outbox').whereLike('id', `${later.id}%`)
  assert.deepEqual(
    errands.map(({ id, type }) => [id, type]),
    [[`${later.id}.sms`, 'speak']],
    'not once as a text',
  )
  assert.deepEqual([errands[0]?.params.channel, errands[0]?.params.to], ['sms', later.to])
  await db('outbox')
    .where({ id: `${later.id}.sms` })
    .delete()
  await air.reports(gone, 'failed', closed)
  assert.equal((await db('outbox').whereLike('id', `${later.id}%`)).length, 0, 'once more')
}

const CLOSED = ['window_closed', 'unreachable', 'rejected', 'misconfigured'] as const

/** However WhatsApp ends, at once or in a report, each intent reaches its person once. */
export async function reachesOnce(db: Db, make: Make, count: number): Promise<void> {
  const air = openAir(db, make)
  for (let n = 0; n < count; n += 1) {
    const one = air.saying({ channel: 'whatsapp' })
    const fault = CLOSED[randomInt(CLOSED.length)] ?? 'rejected'
    const how = ['arrives', 'refused', 'late'][n % 3]
    if (how === 'refused') air.fates.push({ status: 'failed', fault, retryable: false })
    await air.say(one)
    const [gone] = air.of(one.id)
    assert.ok(gone)
    const report = { channel: 'whatsapp', ...(how === 'late' && { fault }) } as const
    const copies = Array.from({ length: randomInt(1, 4) })
    if (how !== 'refused')
      await Promise.all(copies.map(() => air.reports(gone, how === 'late' ? 'failed' : 'delivered', report)))
    const errands = await db('outbox').whereLike('id', `${one.id}%`)
    for (const { id, params } of [...errands, ...errands]) await air.say({ id, ...params })
    await db('outbox').delete()
    const texts =
      air.of(`${one.id}.sms`).length + air.of(one.id).filter(({ channel }) => channel === 'sms').length
    assert.equal(texts, how === 'arrives' ? 0 : 1, `${how}, ${fault}: ${texts} texts`)
  }
}
