import assert from 'node:assert/strict'
import { createRandom } from '../../simulators/random.ts'
import { silent } from '../../src/core/base/log.ts'
import type { StockClaims } from '../../src/core/sell/stock.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createStockTx } from '../../src/integrations/postgres/stock.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { sized } from '../support/size.ts'
import { migrated } from './desk.ts'
import { withTurns } from './in-turn.ts'
import { act, type Claiming, market, races, rush, stocked, tooLate, UNITS, wishFor } from './stock-shelves.ts'

const ORDERS = 1_000
const SHOPS = sized(300, 2_000)
const RACES = sized(100, 1_000)

const real: Claiming = (trx) => createStockTx(trx).stock
const refit =
  (change: (own: StockClaims, trx: Db) => Partial<StockClaims>): Claiming =>
  (trx) => ({ ...real(trx), ...change(real(trx), trx) })

type Mutant = {
  readonly does: string
  readonly claims: Claiming
  readonly law: (db: Db, claims: Claiming) => Promise<void>
  readonly says: RegExp
}

const seeded = () => {
  const random = createRandom(7)
  return (n: number) => random.between(0, n - 1)
}
const aRush: Mutant['law'] = (db, claims) => rush(db, claims, UNITS + 60)
const aMarket: Mutant['law'] = (db, claims) => market(db, claims, 200, seeded())
const someRaces: Mutant['law'] = (db, claims) => races(db, claims, 60)

const mutants: readonly Mutant[] = [
  {
    does: 'looks first and promises then, with nothing written',
    claims: refit((own) => ({
      hold: async (wish) => {
        const held = await own.hold(wish)
        await own.free(wish.journey)
        return held
      },
    })),
    law: aRush,
    says: /were sold/,
  },
  {
    does: 'takes one more than was asked for',
    claims: refit((own) => ({
      hold: (wish) =>
        own.hold({
          ...wish,
          basket: wish.basket.map(({ product, count }) => ({ product, count: count + 1 })),
        }),
    })),
    law: aRush,
    says: /were sold/,
  },
  {
    does: 'forgets to put back what is freed',
    claims: refit(() => ({ free: async () => {} })),
    law: aMarket,
    says: /told otherwise|holds something else/,
  },
  {
    does: 'lets goods leave that stay on the shelf',
    claims: refit((own) => ({ leave: (journey) => own.free(journey) })),
    law: aMarket,
    says: /told otherwise|holds something else/,
  },
  {
    does: 'puts goods back that nobody can buy',
    claims: refit(() => ({ putBack: async () => {} })),
    law: aMarket,
    says: /told otherwise|holds something else/,
  },
  {
    does: 'puts them back as often as it is told to',
    claims: refit((own, trx) => ({
      putBack: async (journey) => {
        const gone = await trx('goods_gone').where({ journey })
        await own.putBack(journey)
        if (gone.length > 0) await trx('goods_gone').insert(gone)
      },
    })),
    law: aMarket,
    says: /told otherwise|holds something else|violates/,
  },
  {
    does: 'sells a part of a basket',
    claims: refit((own) => ({ hold: (wish) => own.hold({ ...wish, basket: wish.basket.slice(0, 1) }) })),
    law: aMarket,
    says: /told otherwise|holds something else/,
  },
  {
    does: 'says that it is kept whatever became of the hold',
    claims: refit((own) => ({
      keep: async (journey, basket) => {
        await own.keep(journey, basket)
        return true
      },
    })),
    law: tooLate,
    says: /went to two/,
  },
  {
    does: 'gives nobody a late payment’s goods',
    claims: refit((own) => ({
      keep: async (journey) => {
        await own.free(journey)
        return false
      },
    })),
    law: someRaces,
    says: /nobody else wanted/,
  },
]

describe('goods in a warehouse', function () {
  this.timeout(sized(120_000, 300_000))
  let database: TestDatabase
  let db: Db
  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    await withTurns(db)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  it(`are sold exactly ${UNITS} times when ${ORDERS} want them at once`, () => rush(db, real, ORDERS))
  it(`are whose one after the other would have them, with ${SHOPS} shops at once`, () =>
    market(db, real, SHOPS, seeded()))
  it(`go to one of two when a hold has passed and is paid, ${RACES} times`, () => races(db, real, RACES))

  it('are not kept for who pays when another has them', () => tooLate(db, real))

  it('are told of where there are too few: what is lacking, and how many are left', async () => {
    const [one, other] = await stocked(db)
    const wish = wishFor([
      { product: one, count: 2 },
      { product: other, count: UNITS },
    ])
    const { answer } = await act(db, real, { what: 'hold', wish })
    assert.deepEqual(answer, { kind: 'short', product: other, name: `Goods ${other}`, left: 180 })
  })

  describe('would be wrong in a store that', () => {
    for (const { does, claims, law, says } of mutants) it(does, () => assert.rejects(law(db, claims), says))
  })
})
