import assert from 'node:assert/strict'
import type { Refit } from '../../src/build.ts'
import { ids } from '../core/desk.ts'
import { sized } from '../support/size.ts'
import { truthOf, until } from './audit.ts'
import { FARE, openTown, payerOf, type Town } from './town.ts'

const FLAGGED = sized(100, 100, 100)
const HOUR_MS = 3_600_000
const FLOAT = 5_000_000
const ON = { SIM_SWAPS: 'africastalking' }
const ERIC = 'Eric N.'

type Answer = 'Swapped' | 'SwappedLongAgo' | 'Silent' | 'Failed' | 'Never'

const payeeOf = (n: number) => payerOf('mtn', 200 + n)

/** Earnings that are about to be sent to so many, of whose SIM cards that is known. */
async function earning(answers: readonly Answer[], settings: Readonly<Record<string, string>> = ON) {
  const town = await openTown(settings)
  await town.fill(FLOAT)
  await town.plan('mtn', { msisdn: '*', on: 'transfer', outcome: 'approve', delayMs: 0 })
  for (const [n, answer] of answers.entries()) {
    const account = `driver:dr_${n}`
    const earned = { kind: 'earned', source: `bk_${n}`, debit: 'unearned', credit: account }
    const money = { amount_minor: FARE.amountMinor, currency: FARE.currency, at: town.clock.now() }
    await town.db('postings').insert({ ...earned, ...money })
    if (answer !== 'Never') await town.knows(payeeOf(n), answer)
    const [id, owner] = [`po_${n}`, payeeOf(n)]
    const input = { account, owner, provider: 'mtn', reference: ids.reference(), money: FARE }
    const order = { ...input, period: '2026-W47', startedAt: town.clock.now() }
    await town.open({ flow: 'payout', id }, owner, id, order)
  }
  return town
}

const statesOf = async ({ db }: Town) =>
  (await db('instances').where({ flow: 'payout' }).orderBy('id').pluck('state')).map(String)
const sentIn = async (town: Town) => (await truthOf(town)).filter(({ kind }) => kind === 'transfer')
const are = (town: Town, state: string, count: number) =>
  until(
    `${count} are ${state}`,
    async () => (await statesOf(town)).filter((one) => one === state).length === count,
    60_000,
  )
const swapped = (count: number): readonly Answer[] => Array.from({ length: count }, () => 'Swapped')

/** Time passes as it does: in steps in which whatever is due is done. */
async function wait(town: Town, hours: number, step = hours): Promise<void> {
  for (let passed = 0; passed < hours; passed += step) {
    await town.pass(step * HOUR_MS)
    await until(
      'nothing is due',
      async () =>
        (await town.db('outbox').where('due_at', '<=', town.clock.now()).whereNull('dead_at')).length === 0 &&
        (await town.db('instances').where('deadline_at', '<=', town.clock.now())).length === 0,
    )
  }
}

describe('a payout to a SIM card that was just changed', function () {
  this.timeout(180_000)

  it(`waits: of ${FLAGGED} none goes but the one that a second person lets go, and 72 hours later the rest`, async () => {
    const town = await earning(swapped(FLAGGED))
    try {
      await town.house()
      await are(town, 'held', FLAGGED)
      await wait(town, 0.2)
      assert.deepEqual(await sentIn(town), [])
      assert.match((await town.desk()).text, /^ {2}po_7 {2}payout held {2}\+25078•••207 {2}RWF 1,620 /m)
      assert.equal((await town.desk('approve', 'po_7', ' ')).code, 2, 'nobody has a name')
      assert.equal((await town.desk('approve', 'po_7', ERIC)).text, 'po_7 is sending\n')
      await are(town, 'paid', 1)
      assert.deepEqual(
        (await sentIn(town)).map(({ phone }) => phone),
        [payeeOf(7)],
      )
      // No hour is told of the day on which it was changed: it counts from its end.
      await wait(town, 71)
      assert.equal((await sentIn(town)).length, 1)
      await wait(town, 25)
      assert.equal((await sentIn(town)).length, 1, 'what was heard is old by then')
      await wait(town, 1, 0.5)
      await are(town, 'paid', FLAGGED)
      assert.equal((await sentIn(town)).length, FLAGGED)
    } finally {
      await town.stop()
    }
  })

  it('waits where nobody knows, and no time makes that good; what was never changed, or long ago, goes', async () => {
    const town = await earning(['Silent', 'Failed', 'Never', 'SwappedLongAgo'])
    try {
      await town.house()
      await are(town, 'held', 4)
      await wait(town, 0.2)
      await are(town, 'paid', 2)
      await wait(town, 100, 1)
      assert.deepEqual(await statesOf(town), ['held', 'held', 'paid', 'paid'])
      const asked = await town.db('sim_checks').where({ person: payeeOf(0) })
      assert.ok(asked.length > 1 && asked.length <= 24, `asked ${asked.length} times`)
    } finally {
      await town.stop()
    }
  })

  it('asks nobody while it is off, nor about numbers whose networks do not tell', async () => {
    for (const settings of [{}, { ...ON, SIM_SWAP_NUMBERS: '+254' }]) {
      const town = await earning(swapped(2), settings)
      try {
        await town.house()
        await are(town, 'paid', 2)
        assert.deepEqual(await town.db('sim_checks'), [])
      } finally {
        await town.stop()
      }
    }
  })

  const CARELESS: Readonly<Record<string, readonly [Refit, Answer]>> = {
    'asks nobody': [{ clears: () => async () => null }, 'Swapped'],
    'takes what nobody knows for well': [
      {
        clears: (clears) => async (payout) => {
          const wait = await clears(payout)
          return wait?.why === 'unknown' ? null : wait
        },
      },
      'Silent',
    ],
  }
  for (const [what, [refit, answer]] of Object.entries(CARELESS))
    it(`is found out in a house that ${what}`, async () => {
      const town = await earning([answer, answer])
      try {
        await town.house(refit)
        await until('money went', async () => (await sentIn(town)).length > 0, 30_000)
      } finally {
        await town.stop()
      }
    })
})
