/**
 * What goes out of a warehouse today, from a terminal:
 *
 *   npm run runs                                     warehouses, and how many orders wait in each
 *   npm run runs -- wh_ng_ikeja 2x60 08:00-17:00     those of one in runs of two vehicles that hold 60 pieces each
 *
 * Of each run: what is packed for it in one walk along the shelves, then where it goes and when. Nothing is changed: the
 * warehouse says PICKED of each order as before.
 */
import { systemClock } from '../core/base/clock.ts'
import { daysBetween, momentOf, tellDay } from '../core/base/day.ts'
import { marketOf } from '../core/base/markets.ts'
import { type Pick, pickWalk, type Shelf } from '../core/move/picking.ts'
import { DELIVERIES_MAX, type DeliveryRun, planRuns, roadWays, type Vehicle } from '../core/move/runs.ts'
import type { Depot, PackingDesk, ToBring } from '../core/sell/packing.ts'
import { createPackingDesk } from '../integrations/postgres/packing.ts'
import type { Command } from './command.ts'

const USAGE = 'usage: npm run runs\n       npm run runs -- <warehouse> <vehicles>x<pieces> [<HH:MM>-<HH:MM>]'
const SERVICE_MS = 10 * 60_000
const METRES_PER_MINUTE = 300
const DAY_MS = 24 * 3_600_000
const HOURS = '08:00-17:00'
const FLEET = /^([1-9]\d?)x([1-9]\d{0,4})$/
const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/

export const runs: Command = {
  async perform({ db, print }, [id, fleet = '', hours = HOURS, ...rest]) {
    const desk = createPackingDesk(db)
    const depots = await desk.depots()
    if (id === undefined) {
      print(...depots.map((one) => `  ${one.id}  ${one.name}: ${one.waiting} orders wait`))
      return 0
    }
    const depot = depots.find((one) => one.id === id)
    const [, count, capacity] = FLEET.exec(fleet) ?? []
    const window = depot && hoursOf(depot, hours, systemClock.now())
    if (!depot || !window || rest.length > 0 || capacity === undefined) {
      print(depot ? USAGE : `no warehouse is called ${id}\n${USAGE}`)
      return depot ? 2 : 1
    }
    const vehicles = Array.from({ length: Number(count) }, (_, n): Vehicle => {
      return { id: String(n + 1), capacity: Number(capacity), startsAt: window.from, endsAt: window.until }
    })
    print(...(await planned(desk, depot, vehicles, window)))
    return 0
  },
}

/** Hours of one day, epoch ms, and when that day began. */
export type Window = {
  readonly zone: string
  readonly midnight: number
  readonly from: number
  readonly until: number
}

/** Those hours of today, or of tomorrow once they are over; undefined where they are none. */
function hoursOf({ desk }: Depot, hours: string, now: number): Window | undefined {
  const { zone } = marketOf(desk)
  const [from = NaN, ...others] = SPAN.exec(hours)?.slice(1).map(Number) ?? []
  const [fromMinute = 0, until = 0, untilMinute = 0] = others
  const spans = daysBetween(now, now + DAY_MS, zone).map((day) => ({
    zone,
    midnight: momentOf(day, { hour: 0, minute: 0 }, zone),
    from: Math.max(now, momentOf(day, { hour: from || 0, minute: fromMinute }, zone)),
    until: momentOf(day, { hour: until, minute: untilMinute }, zone),
  }))
  return Number.isNaN(from) ? undefined : spans.find((span) => span.from < span.until)
}

/** The plan, line by line. */
export async function planned(
  desk: PackingDesk,
  depot: Depot,
  vehicles: readonly Vehicle[],
  window: Window,
): Promise<readonly string[]> {
  const orders = await desk.toBring(depot.id, DELIVERIES_MAX)
  const deliveries = orders.map(({ code: id, basket, opens, closes }) => ({
    ...{ id, load: piecesOf(basket), serviceMs: SERVICE_MS },
    opensAt: opens === null ? window.from : window.midnight + opens * 60_000,
    closesAt: closes === null ? window.until : window.midnight + closes * 60_000,
  }))
  const ways = roadWays([depot.at, ...orders.map(({ at }) => at)], METRES_PER_MINUTE)
  const plan = planRuns({ deliveries, vehicles, ways })
  const shelves = await desk.shelves(depot.id)
  const products = orders.flatMap(({ basket }) => basket.map(({ product }) => product))
  const names = await desk.names([...new Set(products)])
  const byCode = new Map(orders.map((order) => [order.code, order]))
  return [
    `${depot.name}: ${orders.length} orders in ${plan.runs.length} runs, ${kmOf(plan.metres)}`,
    ...plan.runs.flatMap((run, n) => {
      const aboard = run.visits.flatMap(({ delivery }) => byCode.get(delivery) ?? [])
      return [headOf(run, n + 1, window), ...wave(aboard, shelves, names), ...stops(run, byCode, window)]
    }),
    ...plan.unserved.map(({ delivery, why }) => `  not brought: ${delivery}, ${why.replaceAll('_', ' ')}`),
  ]
}

const piecesOf = (basket: ToBring['basket']): number => basket.reduce((sum, { count }) => sum + count, 0)
const kmOf = (metres: number): string => `${(metres / 1000).toFixed(1)} km`

const headOf = (
  { vehicle, leavesAt, backAt, load, metres }: DeliveryRun,
  n: number,
  { zone }: Window,
): string =>
  `run ${n}: vehicle ${vehicle}, ${tellDay(leavesAt, zone)}, back ${tellDay(backAt, zone)}, ${load} pieces, ${kmOf(metres)}`

/** What is packed for all of a run at once. */
function wave(
  orders: readonly ToBring[],
  shelves: ReadonlyMap<number, Shelf>,
  names: ReadonlyMap<number, string>,
): readonly string[] {
  const open = orders.filter(({ isPacked }) => !isPacked)
  const wanted = open.flatMap(({ code, basket }) => basket.map((item) => ({ order: code, ...item })))
  const deepest = Math.max(0, ...[...shelves.values()].map(({ bay }) => bay))
  const whereOf = ({ shelf }: Pick) => (shelf ? `${shelf.zone} ${shelf.aisle}-${shelf.bay}` : '?')
  return pickWalk(wanted, shelves, deepest).map((pick) => {
    const each = pick.orders.map(({ order, count }) => `${order} x${count}`).join(', ')
    return `  pick ${whereOf(pick)}: ${names.get(pick.product) ?? pick.product} x${pick.count} (${each})`
  })
}

const stops = (
  { visits }: DeliveryRun,
  orders: ReadonlyMap<string, ToBring>,
  { zone }: Window,
): readonly string[] =>
  // Who comes early waits.
  visits.map(({ delivery, leavesAt }) => {
    const order = orders.get(delivery)
    return `  ${tellDay(leavesAt - SERVICE_MS, zone)} ${order?.to ?? ''}, order ${delivery}, tel ${order?.owner ?? ''}`
  })
