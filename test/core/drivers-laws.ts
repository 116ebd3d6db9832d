import assert from 'node:assert/strict'
import { createRandom, type Random } from '../../simulators/random.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { type Act, type Job, StreetModel, type Told, type Walker } from './drivers-model.ts'
import {
  act,
  answerIn,
  type Claiming,
  driversOf,
  jobAt,
  placeBy,
  settle,
  standings,
} from './drivers-street.ts'

const JOBS = 50
/** Offers made for one job. */
const OFFERS = 6

/** Whatever a table says: no driver was told of two journeys, no journey had two drivers. */
function nobodyTwice(told: readonly Told[]): void {
  const drives = new Map<Msisdn, string>()
  for (const { act: one, answer, turn } of told) {
    const journey = one.what === 'seek' ? one.job.journey : one.what === 'release' ? one.journey : null
    for (const [driver, had] of drives) if (had === journey) drives.delete(driver)
    if (one.what === 'seek' && typeof answer === 'string') {
      assert.equal(drives.get(answer), undefined, `turn ${turn}: ${answer} is offered two journeys`)
      drives.set(answer, one.job.journey)
    }
    if (one.what === 'take' && answer === true)
      assert.equal(
        drives.get(one.driver),
        one.journey,
        `turn ${turn}: ${one.driver} took what was not theirs`,
      )
  }
}

/** A driver who was passed over, by an act that nobody else's may have hindered. */
type Doubt = { readonly told: Told; readonly driver: Msisdn }

/**
 * The same acts in memory, in the order of commits. Whom an offer goes to is the store's to say, as others may have
 * just had their hands on nearer ones: but it must be somebody who could have it, and each who was passed over must
 * have been in somebody's hands meanwhile.
 */
function replay(told: readonly Told[], model: StreetModel): void {
  const hands = new Map<Msisdn, Told[]>()
  const doubts: Doubt[] = []
  for (const one of told) {
    const { touched, passedOver } = follow(one, model)
    for (const driver of touched) hands.set(driver, [...(hands.get(driver) ?? []), one])
    for (const driver of passedOver) doubts.push({ told: one, driver })
  }
  for (const { told: one, driver } of doubts) {
    const others = (hands.get(driver) ?? []).filter(
      (other) => other !== one && other.began < one.ended && one.began < other.ended,
    )
    assert.ok(others.length > 0, `turn ${one.turn}: ${driver} was passed over, and nobody raced`)
  }
}

type Followed = { readonly touched: readonly Msisdn[]; readonly passedOver: readonly Msisdn[] }

/** Does in memory what was done, and says on whom hands were laid for it, and on whom they should have been. */
function follow(one: Told, model: StreetModel): Followed {
  const { act: does, answer, turn } = one
  const had =
    'driver' in does ? does.driver : model.with(does.what === 'seek' ? does.job.journey : does.journey)?.phone
  const touched = had ? [had] : []
  if (does.what === 'seek') {
    model.release(does.job.journey)
    const could = model.couldHave(does.job, does.except)
    if (typeof answer !== 'string') return { touched, passedOver: could }
    assert.ok(could.includes(answer), `turn ${turn}: ${answer} could not have it`)
    model.offer(does.job.journey, answer)
    return { touched: [...touched, answer], passedOver: could.slice(0, could.indexOf(answer)) }
  }
  // Whoever is just being let go may still be told that they are on a journey.
  if (does.what === 'shift' && answer === false && model.of(does.driver).journey === null)
    return { touched, passedOver: [does.driver] }
  assert.equal(answer, answerOf(does, model), `turn ${turn}: ${does.what} is not the model's`)
  return { touched, passedOver: [] }
}

function answerOf(does: Exclude<Act, { what: 'seek' }>, model: StreetModel) {
  if (does.what === 'take') return model.take(does.journey, does.driver)
  if (does.what === 'shift') return model.shift(does.driver, does.on)
  if (does.what === 'move') return model.move(does.driver, does.to)
  if (does.what === 'lapse') return model.lapse(does.driver)
  model.release(does.journey)
  return null
}

async function tableIs(db: Db, model: StreetModel): Promise<void> {
  const said = [...model.drivers.values()].map(({ phone, status, journey }) => ({ phone, status, journey }))
  assert.deepEqual(
    await standings(db),
    said.sort((a, b) => (a.phone < b.phone ? -1 : 1)),
    'the table has something else',
  )
}

type Does = (one: Act) => Promise<Told['answer']>
/** A job on its way; its driver once it has one for good. */
type Sought = Job & { readonly asked: Msisdn[]; has: Msisdn | null; isOver: boolean }

const seek = async (does: Does, job: Sought): Promise<Msisdn | null> => {
  const { journey, near, line, asked } = job
  const found = await does({ what: 'seek', job: { journey, near, line }, except: [...asked] })
  if (typeof found !== 'string') return null
  asked.push(found)
  return found
}

/** What becomes of an offer. @returns who is offered the job next; null when it is settled, or nobody is left */
const ENDS: readonly ((does: Does, job: Sought, driver: Msisdn) => Promise<Msisdn | null>)[] = [
  async function accepted(does, job, driver) {
    if (await does({ what: 'take', journey: job.journey, driver })) job.has = driver
    return job.has ? null : seek(does, job)
  },
  async function acceptedTwice(does, job, driver) {
    const take = { what: 'take', journey: job.journey, driver } as const
    if ((await Promise.all([does(take), does(take)])).includes(true)) job.has = driver
    return job.has ? null : seek(does, job)
  },
  async function declined(does, job) {
    return seek(does, job)
  },
  async function acceptedTooLate(does, job, driver) {
    const next = await seek(does, job)
    await does({ what: 'take', journey: job.journey, driver })
    return next
  },
  async function acceptedAsItPasses(does, job, driver) {
    const [next] = await Promise.all([seek(does, job), does({ what: 'take', journey: job.journey, driver })])
    return next
  },
  async function dropped(does, job, driver) {
    await does({ what: 'take', journey: job.journey, driver })
    return seek(does, job)
  },
  async function carriedOut(does, job, driver) {
    await does({ what: 'take', journey: job.journey, driver })
    return over(does, job)
  },
  async function cancelled(does, job, driver) {
    await over(does, job)
    await does({ what: 'take', journey: job.journey, driver })
    return null
  },
  async function cancelledAsItIsAccepted(does, job, driver) {
    await Promise.all([does({ what: 'take', journey: job.journey, driver }), over(does, job)])
    return null
  },
  async function unlicensedMeanwhile(does, job, driver) {
    await does({ what: 'lapse', driver })
    if (await does({ what: 'take', journey: job.journey, driver })) job.has = driver
    return job.has ? null : seek(does, job)
  },
  async function unlicensedAsItIsAccepted(does, job, driver) {
    const lapse = does({ what: 'lapse', driver })
    if (await does({ what: 'take', journey: job.journey, driver })) job.has = driver
    await lapse
    return job.has ? null : seek(does, job)
  },
]

async function over(does: Does, job: Sought): Promise<null> {
  job.isOver = true
  await does({ what: 'release', journey: job.journey })
  return null
}

async function look(does: Does, job: Sought, n: number): Promise<void> {
  let driver = await seek(does, job)
  while (driver && job.asked.length < OFFERS)
    driver = (await ENDS[(n + job.asked.length) % ENDS.length]?.(does, job, driver)) ?? null
  // Whoever was asked first and has it not says yes long afterwards.
  const [late] = job.asked
  if (late && late !== job.has && late !== driver)
    await does({ what: 'take', journey: job.journey, driver: late })
}

async function walkAbout(does: Does, driver: Msisdn, random: Random): Promise<void> {
  await does({ what: 'move', driver, to: placeBy(random) })
  await does({ what: 'shift', driver, on: false })
  await does({ what: 'shift', driver, on: true })
}

/** Fifty jobs look among two hundred drivers at once; drivers say yes and no, too late, and come and go. */
export async function storm(db: Db, claims: Claiming, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const drivers = driversOf(round)
    await settle(db, drivers)
    const told: Told[] = []
    const does: Does = async (one) => {
      const done = await act(db, claims, one)
      told.push(done)
      return done.answer
    }
    const random = createRandom(round + 1_000)
    const jobs = Array.from(
      { length: JOBS },
      (): Sought => ({ ...jobAt(placeBy(random)), asked: [], has: null, isOver: false }),
    )
    const walkers = drivers.filter((_, n) => n % 16 === round % 16)
    await Promise.all([
      ...jobs.map((job, n) => look(does, job, n + round)),
      ...walkers.map(({ phone }) => walkAbout(does, phone, random)),
    ])
    // Now that it is quiet, whoever still looks finds the nearest, while there is anybody.
    for (const job of jobs) if (!job.has && !job.isOver) await seek(does, job)
    await laws(db, drivers, told)
    await db.transaction(async (trx) => {
      for (const { journey } of jobs) await claims(trx).release(journey)
    })
    const left = (await standings(db)).filter(({ status }) => status === 'offered' || status === 'busy')
    assert.deepEqual(left, [], 'drivers are lost')
  }
}

async function laws(db: Db, drivers: readonly Walker[], told: Told[]): Promise<void> {
  told.sort((a, b) => a.turn - b.turn)
  nobodyTwice(told)
  const model = new StreetModel(drivers)
  replay(told, model)
  await tableIs(db, model)
}

/** While one offer is not committed, others are made: nobody waits for another's. */
export async function unhindered(db: Db, claims: Claiming): Promise<void> {
  await settle(db, driversOf(0))
  const near = { lat: -1.95, lng: 30.05 }
  const { journey, line } = jobAt(near)
  const first = { what: 'seek', job: { journey, line, near }, except: [] } as const
  await db.transaction(async (held) => {
    const one = await answerIn(held, claims, first)
    const other = await db.transaction(async (trx) => {
      await trx.raw("set local lock_timeout = '300ms'")
      return answerIn(trx, claims, { ...first, job: jobAt(near) })
    })
    const [nearest, next] = new StreetModel(driversOf(0)).couldHave(first.job, [])
    assert.deepEqual([one, other], [nearest, next])
  })
}

/** A journey that is sought for by many hands at once: one driver, and the key turns the others away. */
export async function twins(db: Db, claims: Claiming, hands = 8, rounds = 20): Promise<void> {
  const job = jobAt({ lat: -1.95, lng: 30.05 })
  // Now and then none of them meets another.
  for (let round = 0; round < rounds; round += 1) {
    await settle(db, driversOf(0))
    const all = Array.from({ length: hands }, () => act(db, claims, { what: 'seek', job, except: [] }))
    const ends = await Promise.allSettled(all)
    assert.ok(ends.some(({ status }) => status === 'fulfilled'))
    const has = await db('drivers').where({ journey: job.journey })
    assert.equal(has.length, 1, 'one journey has more than one driver')
  }
}
