import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Pick, pickWalk, type Shelf, type Wanted, walkBays } from '../../src/core/move/picking.ts'

type Walk = typeof pickWalk

const DEEPEST = 12
const shelf: fc.Arbitrary<Shelf> = fc.record(
  {
    zone: fc.constantFrom('A', 'B'),
    aisle: fc.integer({ min: 1, max: 9 }),
    bay: fc.integer({ min: 1, max: DEEPEST }),
  },
  { noNullPrototype: true },
)
/** Orders of a run: some products stand nowhere that is known, and several orders want the same. */
const some = fc.record({
  shelves: fc.array(fc.option(shelf), { minLength: 15, maxLength: 15 }),
  wanted: fc.array(
    fc.record({
      order: fc.constantFrom('4821', '4822', '4823'),
      product: fc.nat(14),
      count: fc.integer({ min: 1, max: 20 }),
    }),
    { maxLength: 40 },
  ),
})

const shelvesOf = (all: readonly (Shelf | null)[]): ReadonlyMap<number, Shelf> =>
  new Map(all.flatMap((one, n): [number, Shelf][] => (one ? [[n, one]] : [])))

/** Line by line, whatever the order of the walk. */
const piecesOf = (lines: readonly Wanted[]): readonly string[] => {
  const sums = new Map<string, number>()
  for (const { order, product, count } of lines)
    sums.set(`${order} ${product}`, (sums.get(`${order} ${product}`) ?? 0) + count)
  return [...sums].map(([key, count]) => `${key} x${count}`).sort()
}
const linesOf = (picks: readonly Pick[]): Wanted[] =>
  picks.flatMap(({ product, orders }) => orders.map((one) => ({ product, ...one })))

function law(walk: Walk): void {
  fc.assert(
    fc.property(some, ({ shelves: all, wanted }) => {
      const shelves = shelvesOf(all)
      const picks = walk(wanted, shelves, DEEPEST)
      assert.deepEqual(piecesOf(linesOf(picks)), piecesOf(wanted), 'not what was ordered')
      assert.equal(
        new Set(picks.map(({ product }) => product)).size,
        picks.length,
        'a product is visited twice',
      )
      for (const { count, orders } of picks)
        assert.equal(
          count,
          orders.reduce((sum, one) => sum + one.count, 0),
          'not the sum of its orders',
        )
      const asked = [...new Set(wanted.map(({ product }) => product))]
      const naive = asked.flatMap((product) => picks.find((one) => one.product === product) ?? [])
      assert.ok(
        walkBays(picks, DEEPEST) <= walkBays(naive, DEEPEST),
        'a longer walk than as it was asked for',
      )
      const places = picks.map((one) => one.shelf !== null)
      assert.deepEqual(
        places,
        places.toSorted((a, b) => Number(b) - Number(a)),
        'what stands nowhere is not last',
      )
    }),
    { numRuns: 2_000, includeErrorInReport: true },
  )
}

const broken: readonly { readonly does: string; readonly walk: Walk; readonly says: RegExp }[] = [
  {
    does: 'forgets the last',
    walk: (...all) => pickWalk(...all).slice(0, -1),
    says: /not what was ordered/,
  },
  {
    does: 'goes for each order anew',
    walk: (wanted, ...more) =>
      ['4821', '4822', '4823'].flatMap((order) =>
        pickWalk(
          wanted.filter((one) => one.order === order),
          ...more,
        ),
      ),
    says: /visited twice/,
  },
  {
    does: 'gives an order what another wants',
    walk: (...all) =>
      pickWalk(...all).map((pick) => ({
        ...pick,
        orders: pick.orders.map((one) => ({ ...one, count: pick.count })),
      })),
    says: /not what was ordered/,
  },
  {
    does: 'goes up and down every aisle by its number, however far',
    walk: (...all) =>
      pickWalk(...all).toSorted(
        (a, b) =>
          (a.shelf?.aisle ?? 99) - (b.shelf?.aisle ?? 99) || (a.shelf?.bay ?? 0) - (b.shelf?.bay ?? 0),
      ),
    says: /a longer walk/,
  },
]

describe('packing in one walk', () => {
  it('takes each line once, no product twice, and goes no further than as it was asked for', () =>
    law(pickWalk))

  for (const { does, walk, says } of broken)
    it(`is found out where it ${does}`, () => assert.throws(() => law(walk), says))

  it('goes down one aisle and up the next', () => {
    const at = (aisle: number, bay: number): Shelf => ({ zone: 'A', aisle, bay })
    const shelves = new Map([at(1, 2), at(2, 9), at(1, 11), at(2, 3), at(3, 5)].map((one, n) => [n, one]))
    const wanted = [4, 1, 0, 3, 2].map((product) => ({ order: '4821', product, count: 1 }))
    assert.deepEqual(
      pickWalk(wanted, shelves, DEEPEST).map(({ product }) => product),
      [0, 2, 1, 3, 4],
    )
  })
})
