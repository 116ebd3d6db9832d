import assert from 'node:assert/strict'
import { createRandom } from '../../simulators/random.ts'
import type { Refit } from '../../src/build.ts'
import { refitOf } from '../chaos/mutants.ts'
import { sized } from '../support/size.ts'
import { audit, paymentsOf, truthOf, until } from './audit.ts'
import { calm, storm, type Target } from './storm.ts'
import { openTown, payerOf, type Town } from './town.ts'

const CALLBACKS = Number(process.env.MONEY_CALLBACKS ?? sized(2_000, 20_000, 5_000))
const MUTANT_CALLBACKS = 300
const SEED = Number(process.env.MONEY_SEED ?? 1)
/** Ten callbacks each, but no more payments than this. */
const MOST_PAYMENTS = 400

/** Wallets decide after so long, when they are told that so much time has passed. */
const DECIDED_MS = 60_000
const SLOW_ANSWER_MS = 4_000
/** The last so many: slow ones hold up those behind them. */
const SLOW = 20
const OUTCOMES = {
  mtn: ['approve', 'silent', 'decline', 'insufficient', 'ongoing'],
  // A revived one fails first, and succeeds after all.
  airtel: ['approve', 'silent', 'decline', 'revived', 'ongoing'],
} as const

/** A house in a storm of callbacks: before its requests are answered, while wallets decide, and long afterwards. */
async function weather(callbacks: number, refit: Refit = {}, restMs = 10_000) {
  const town = await openTown()
  try {
    const random = createRandom(SEED)
    const so = calm()
    const quarter = Math.ceil(callbacks / 4)
    const payments = Math.min(MOST_PAYMENTS, callbacks / 10)
    await book(town, payments)
    await town.house(refit)
    await until('every wallet was asked', async () => (await truthOf(town)).length >= payments)
    const blow = async () => {
      const now = await targets(town)
      await storm(town.gateway, quarter, random, () => now, so)
    }
    await blow()
    const moved = await town.db('postings').pluck('source')
    const booked = await town.db('instances').where({ flow: 'booking', state: 'booked' }).pluck('id')
    // The wallets call back themselves while the storm goes on.
    await Promise.all([town.walletsPass(3 * DECIDED_MS), blow()])
    await blow()
    await rest(town, restMs)
    await blow()
    await rest(town, restMs)
    return { forged: [...moved, ...booked], so, broken: await audit(town), ...(await counts(town)) }
  } finally {
    await town.stop()
  }
}

async function book(town: Town, payments: number): Promise<void> {
  for (let n = 100; n < 100 + payments; n += 1) {
    const wallet = n % 2 ? 'mtn' : 'airtel'
    const phone = payerOf(wallet, n)
    const outcome = OUTCOMES[wallet][Math.floor(n / 2) % OUTCOMES[wallet].length]
    await town.plan(wallet, { msisdn: phone, on: 'collect', outcome, delayMs: DECIDED_MS })
    // Asked, and slow to say so: whoever calls back now is faster than the answer.
    if (n >= 100 + payments - SLOW)
      await town.plan(wallet, {
        msisdn: phone,
        on: 'collect',
        fault: 'delay',
        after: true,
        delayMs: SLOW_ANSWER_MS,
        times: 1,
      })
    await town.ride(phone, n)
  }
}

const targets = async (town: Town): Promise<readonly Target[]> =>
  (await truthOf(town)).map((movement) => ({
    wallet: movement.phone.startsWith('+25073') ? 'airtel' : 'mtn',
    movement,
  }))

/** Time passes for whoever waits for it, until all that has ended at a wallet has ended here. */
async function rest(town: Town, withinMs: number): Promise<void> {
  await until(
    'all is at rest',
    async () => {
      town.clock.advance(5_000)
      return Object.keys(await audit(town)).length === 0
    },
    withinMs,
  ).catch(() => {})
}

/** How many there are, were paid, and heard a callback before the answer to their own request. */
async function counts(town: Town) {
  const payments = await paymentsOf(town)
  const early = await town
    .db('journal')
    .where({ flow: 'payment', seq: 2 })
    .whereRaw(`event->>'type' = 'HINT'`)
  const paid = payments.filter(({ state }) => state === 'settled')
  return { payments: payments.length, paid: paid.length, early: early.length }
}

describe('callbacks', function () {
  this.timeout(60_000 + CALLBACKS * 20)
  let [house, mutant]: Partial<Awaited<ReturnType<typeof weather>>>[] = [{}, {}]

  before(async () => {
    const believes = weather(MUTANT_CALLBACKS, refitOf('hint is payment'), 500)
    ;[house, mutant] = await Promise.all([weather(CALLBACKS), believes])
  })

  it(`${CALLBACKS} of them, twice, late, early and forged: our books are the wallets’`, () => {
    const { forged, so, broken, payments = 0, paid = 0, early = 0 } = house ?? {}
    console.log(
      `      ${payments} payments, ${paid} paid, ${early} called back too early; ${JSON.stringify(so?.sent)}`,
    )
    assert.deepEqual({ forged, odd: so?.odd, broken }, { forged: [], odd: [], broken: {} })
    assert.ok(paid > payments / 3 && paid < payments && early > 0)
    assert.ok(Object.values(so?.sent ?? { none: 0 }).every((times) => times > 0))
  })

  it('find out the house that believes them', () => {
    const { forged = [], broken = {} } = mutant ?? {}
    assert.ok(forged.length > 0)
    assert.ok('our word on a payment is the wallet’s' in broken)
    assert.ok('what came in is what the wallets took' in broken)
  })
})
