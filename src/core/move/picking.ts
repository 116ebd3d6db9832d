/** Where a product stands in a warehouse: its zone, its aisle counted from the door, how far down that it is, in bays. */
export type Shelf = { readonly zone: string; readonly aisle: number; readonly bay: number }

/** What somebody wants of it. */
export type Wanted = { readonly order: string; readonly product: number; readonly count: number }

/** One stop of whoever packs: all of a product that any order wants; last, what stands nowhere that is known. */
export type Pick = {
  readonly product: number
  readonly shelf: Shelf | null
  readonly count: number
  readonly orders: readonly { readonly order: string; readonly count: number }[]
}

/** From an aisle to the next is as far as so many bays. */
const AISLE_BAYS = 2
const DOOR: Shelf = { zone: '', aisle: 1, bay: 0 }

/** Down an aisle and up the next, or around by the nearer end: every aisle is open at both. */
function stepBays(from: Shelf, to: Shelf, deepest: number): number {
  if (from.aisle === to.aisle) return Math.abs(from.bay - to.bay)
  const behind = 2 * (deepest + 1) - from.bay - to.bay
  return Math.abs(from.aisle - to.aisle) * AISLE_BAYS + Math.min(from.bay + to.bay, behind)
}

/** How far it is from the door along those picks and back to it, in bays. */
export function walkBays(picks: readonly Pick[], deepest: number): number {
  const stops = [DOOR, ...picks.flatMap(({ shelf }) => shelf ?? []), DOOR]
  return stops.slice(1).reduce((bays, stop, n) => bays + stepBays(stops[n] ?? DOOR, stop, deepest), 0)
}

/**
 * What is packed for those orders in one walk: each product is visited once, and no further is gone than in the order in
 * which they were asked for.
 * @param deepest how many bays the longest aisle has
 */
export function pickWalk(
  wanted: readonly Wanted[],
  shelves: ReadonlyMap<number, Shelf>,
  deepest: number,
): readonly Pick[] {
  const asked = [...new Set(wanted.map(({ product }) => product))].map((product): Pick => {
    const orders = wanted
      .filter((one) => one.product === product)
      .map(({ order, count }) => ({ order, count }))
    const count = orders.reduce((sum, one) => sum + one.count, 0)
    return { product, shelf: shelves.get(product) ?? null, count, orders }
  })
  const known = asked.filter(({ shelf }) => shelf !== null)
  const ways = [known, serpentine(known), nearestNext(known, deepest)]
  const [best = known] = ways.toSorted((a, b) => walkBays(a, deepest) - walkBays(b, deepest))
  return [...best, ...asked.filter(({ shelf }) => shelf === null)]
}

/** Down the first aisle that has something, up the next that has. */
function serpentine(picks: readonly Pick[]): readonly Pick[] {
  const aisles = [...new Set(picks.map(aisleOf))].sort((a, b) => a - b)
  return aisles.flatMap((aisle, n) => {
    const down = picks.filter((one) => aisleOf(one) === aisle).sort((a, b) => bayOf(a) - bayOf(b))
    return n % 2 === 0 ? down : down.reverse()
  })
}

/** Whatever is nearest to where one stands. */
function nearestNext(picks: readonly Pick[], deepest: number): readonly Pick[] {
  const left = [...picks]
  const walk: Pick[] = []
  for (let at = DOOR; left.length > 0; ) {
    const far = (one: Pick) => stepBays(at, one.shelf ?? DOOR, deepest)
    const [next] = left.toSorted((a, b) => far(a) - far(b))
    if (!next) break
    left.splice(left.indexOf(next), 1)
    walk.push(next)
    at = next.shelf ?? at
  }
  return walk
}

const aisleOf = ({ shelf }: Pick): number => shelf?.aisle ?? 0
const bayOf = ({ shelf }: Pick): number => shelf?.bay ?? 0
