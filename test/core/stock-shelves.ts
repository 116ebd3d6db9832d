import assert from 'node:assert/strict'
import type { Basket } from '../../src/core/sell/basket.ts'
import type { StockClaims, Stocked, StockWish } from '../../src/core/sell/stock.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { ids, somebody } from './desk.ts'
import { each, IN_FLIGHT, inTurn, type Told as ToldOf } from './in-turn.ts'

export type Claiming = (trx: Db) => StockClaims

export type Act =
  | { readonly what: 'hold'; readonly wish: StockWish }
  | { readonly what: 'keep'; readonly journey: string; readonly basket: Basket }
  | { readonly what: 'free' | 'leave' | 'putBack'; readonly journey: string }
type Answer = Stocked | boolean | null
export type Told = ToldOf<Act, Answer>

/** Units on the shelves of two warehouses, the nearer of which is the first: 300 of each of two goods. */
const SHELVES = [
  { warehouse: 'near', units: 180 },
  { warehouse: 'far', units: 120 },
] as const
export const UNITS = 300
const NEAR = { lat: 6.45, lng: 3.39 }
const MINUTE_MS = 60_000

let products = 500

/** Two goods that nothing else here knows. @returns their numbers */
export async function stocked(db: Db): Promise<readonly [number, number]> {
  const partner = 'shelves'
  await db('partners').insert({ id: partner, name: 'Shelves' }).onConflict().ignore()
  for (const [n, { warehouse }] of SHELVES.entries())
    await db('warehouses')
      .insert({
        ...{
          id: warehouse,
          partner,
          country: 'NG',
          currency: 'NGN',
          name: warehouse,
          desk: '+2348030000001',
        },
        at: db.raw('point(?, ?)', [NEAR.lng + n, NEAR.lat]),
      })
      .onConflict()
      .ignore()
  const pair = [++products, ++products] as const
  for (const no of pair) {
    await db('products').insert({
      ...{ no, partner, name: `Goods ${no}`, category: 'Goods', rank: no, alias_text: `goods ${no}` },
    })
    for (const { warehouse, units } of SHELVES)
      await db('stock').insert({ warehouse, product: no, came: units })
  }
  return pair
}

export const wishFor = (basket: Basket, more: Partial<StockWish> = {}): StockWish => ({
  basket,
  near: NEAR,
  journey: ids.next('jn'),
  person: somebody(),
  holdMs: 10 * MINUTE_MS,
  ...more,
})

export const act = (db: Db, claims: Claiming, one: Act): Promise<Told> =>
  inTurn(db, one, async (trx): Promise<Answer> => {
    const own = claims(trx)
    if (one.what === 'hold') return own.hold(one.wish)
    if (one.what === 'keep') return own.keep(one.journey, one.basket)
    await own[one.what](one.journey)
    return null
  })

/** What the shelves should say, one act after the other. */
class Model {
  readonly #free = new Map<string, number>()
  readonly #held = new Map<string, { readonly warehouse: string; readonly basket: Basket }>()
  readonly #gone = new Map<string, { readonly warehouse: string; readonly basket: Basket }>()

  constructor(goods: readonly number[]) {
    for (const product of goods)
      for (const { warehouse, units } of SHELVES) this.#free.set(`${warehouse} ${product}`, units)
  }

  free(warehouse: string, product: number): number {
    return this.#free.get(`${warehouse} ${product}`) ?? 0
  }

  #move(warehouse: string, basket: Basket, sign: 1 | -1): void {
    for (const { product, count } of basket)
      this.#free.set(`${warehouse} ${product}`, this.free(warehouse, product) + sign * count)
  }

  /** What it answers; of one that is short only that it is. */
  does(one: Act): string | boolean | null {
    const journey = one.what === 'hold' ? one.wish.journey : one.journey
    const held = this.#held.get(journey)
    if (one.what === 'keep') return held !== undefined
    if (one.what === 'leave' && held) this.#gone.set(journey, held)
    const freed = { free: held, putBack: this.#gone.get(journey) }[String(one.what)]
    if (freed) this.#move(freed.warehouse, freed.basket, 1)
    if (one.what === 'free' || one.what === 'leave') this.#held.delete(journey)
    if (one.what === 'putBack') this.#gone.delete(journey)
    if (one.what !== 'hold') return null
    if (held) return held.warehouse
    const found = SHELVES.find(({ warehouse }) =>
      one.wish.basket.every(({ product, count }) => this.free(warehouse, product) >= count),
    )
    if (!found) return 'short'
    this.#move(found.warehouse, one.wish.basket, -1)
    this.#held.set(journey, { warehouse: found.warehouse, basket: one.wish.basket })
    return found.warehouse
  }
}

const saidOf = (answer: Answer): string | boolean | null =>
  answer !== null && typeof answer === 'object'
    ? answer.kind === 'held'
      ? answer.warehouse.id
      : answer.kind
    : answer

/** Everybody was told what one after the other would have been told, and the shelves agree. */
async function agree(db: Db, goods: readonly number[], told: readonly Told[]): Promise<void> {
  const model = new Model(goods)
  for (const { act: one, answer } of told.toSorted((a, b) => a.turn - b.turn))
    assert.equal(saidOf(answer), model.does(one), `told otherwise: ${JSON.stringify(one)}`)
  const rows = await db('stock')
    .whereIn('product', goods)
    .select('warehouse', 'product', 'on_hand', 'reserved')
  for (const { warehouse, product, on_hand, reserved } of rows)
    assert.equal(on_hand - reserved, model.free(warehouse, product), `${warehouse} holds something else`)
  const held = await db('stock_holds').whereIn('product', goods).sum('count as units').first()
  const reserved = rows.reduce((sum, row) => sum + row.reserved, 0)
  assert.equal(Number(held?.units ?? 0), reserved, 'what is reserved is not what is held')
}

/** So many orders of one unit want the same goods at once. */
export async function rush(db: Db, claims: Claiming, orders: number): Promise<void> {
  const [product] = await stocked(db)
  const told: Told[] = []
  await each(Array.from({ length: orders }), IN_FLIGHT, async () => {
    const wish = wishFor([{ product, count: 1 }])
    told.push(await act(db, claims, { what: 'hold', wish }))
  })
  const held = told.filter(({ answer }) => saidOf(answer) === 'near' || saidOf(answer) === 'far')
  assert.equal(held.length, Math.min(orders, UNITS), `${held.length} were sold`)
  await agree(db, [product], told)
}

/** Shops that hold, pay, are packed and think better of it, all at once. */
export async function market(db: Db, claims: Claiming, shops: number, between: (n: number) => number) {
  const [one, other] = await stocked(db)
  const told: Told[] = []
  const does = async (what: Act) => void told.push(await act(db, claims, what))
  await each(Array.from({ length: shops }), IN_FLIGHT, async () => {
    const basket = [
      { product: one, count: 1 + between(3) },
      { product: other, count: 1 + between(3) },
    ].slice(between(2))
    const wish = wishFor(basket)
    const { journey } = wish
    await does({ what: 'hold', wish })
    if (between(4) === 0) await does({ what: 'hold', wish })
    if (between(3) === 0) return does({ what: 'free', journey })
    await does({ what: 'keep', journey, basket })
    const after = between(5)
    if (after < 3) await does({ what: after === 0 ? 'free' : 'leave', journey })
    // Nobody fetches it; and said again, it is not there twice.
    for (let again = between(3); after === 1 && again > 0; again -= 1)
      await does({ what: 'putBack', journey })
  })
  await agree(db, [one, other], told)
}

/** The last unit, whose hold has passed and which another has by then: who pays late does not have it too. */
export async function tooLate(db: Db, claims: Claiming): Promise<void> {
  const [product] = await stocked(db)
  await db('stock').where({ product }).update({ came: 0 })
  await db('stock').where({ product, warehouse: 'near' }).update({ came: 1 })
  const basket = [{ product, count: 1 }]
  const late = wishFor(basket, { holdMs: 0 })
  await act(db, claims, { what: 'hold', wish: late })
  await act(db, claims, { what: 'hold', wish: wishFor(basket) })
  const { answer } = await act(db, claims, { what: 'keep', journey: late.journey, basket })
  assert.equal(answer, false, 'the last unit went to two')
}

/** The last unit: its hold has just passed and its payment comes while another wants it. */
export async function races(db: Db, claims: Claiming, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const [product] = await stocked(db)
    await db('stock').where({ product }).update({ came: 0 })
    await db('stock').where({ product, warehouse: 'near' }).update({ came: 1 })
    const basket = [{ product, count: 1 }]
    const [late, next] = [wishFor(basket, { holdMs: 0 }), wishFor(basket)]
    await act(db, claims, { what: 'hold', wish: late })
    const alone = await act(db, claims, { what: 'keep', journey: late.journey, basket })
    assert.equal(alone.answer, true, 'who paid late lost what nobody else wanted')
    await act(db, claims, { what: 'free', journey: late.journey })
    await act(db, claims, { what: 'hold', wish: late })
    const [kept, held] = await Promise.all([
      act(db, claims, { what: 'keep', journey: late.journey, basket }),
      act(db, claims, { what: 'hold', wish: next }),
    ])
    assert.notEqual(
      kept.answer === true,
      saidOf(held.answer) === 'near',
      'the last unit went to two, or to nobody',
    )
    const row = await db('stock').where({ product, warehouse: 'near' }).first()
    assert.deepEqual([row.on_hand, row.reserved], [1, 1])
  }
}
