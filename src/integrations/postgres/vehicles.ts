import { z } from 'zod'
import { NEEDED } from '../../core/move/vehicles.ts'
import type { VehicleClaims } from '../../core/sell/loads.ts'
import { CARRIER_PAPERS } from '../../core/sell/papers.ts'
import { type Db, prepared } from './connect.ts'
import { DB_NOW } from './seats.ts'

/** Vehicles inside a transaction. */
export type VehicleTx = { readonly vehicles: VehicleClaims }

/** When the last of a load's days is over where it is loaded. */
const ARRIVED = `(extract(epoch from (l.day + l.days)::timestamp at time zone l.zone) * 1000)::bigint`

const inOrder = (table: string, whose: string, kinds: readonly string[]): string =>
  `(select count(distinct w.kind) from ${table} w where w.${whose}
    and w.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})
    and w.state = 'verified' and w.expires_at >= ${ARRIVED}) = ${kinds.length}`

/** Of a partner `p`, or a vehicle `v`, for a load `l`: every paper it needs is verified and outlasts the way. */
export const CARRIER_IN_ORDER = inOrder('partner_papers', 'partner = p.id', CARRIER_PAPERS)
export const VEHICLE_IN_ORDER = inOrder('vehicle_papers', 'vehicle = v.id', NEEDED)

// The vehicle first: whoever else wants it waits until this one is decided.
const LOCK = `select id from vehicles where id = $1 and partner = $2 for update`
const ORDER = `
select ${CARRIER_IN_ORDER} and ${VEHICLE_IN_ORDER} and v.status = 'active' and v.capacity_kg >= l.kg as fit,
  l.days, to_char(l.day, 'YYYY-MM-DD') as day, l.zone
from loads l join vehicles v on v.id = $2 join partners p on p.id = v.partner where l.booking = $1`
const CLEAR = `delete from vehicle_days where vehicle = $1 and until_at <= ${DB_NOW} and journey <> $2`
const TAKE = `
insert into vehicle_days (vehicle, day, journey, load, until_at)
select $1, l.day + n, $3, l.booking, ${DB_NOW} + $4::bigint from loads l cross join generate_series(0, l.days - 1) n
where l.booking = $2 on conflict do nothing returning day`
const MINE = 'select count(*)::int as n from vehicle_days where journey = $1 and vehicle = $2'
const KEEP = 'update vehicle_days set until_at = null where journey = $1 returning day'
const FREE = 'delete from vehicle_days where journey = $1'

const orderRow = z.object({ fit: z.boolean(), days: z.int(), day: z.string(), zone: z.string() })
const countRow = z.object({ n: z.int() })

/** @param trx a transaction: what is claimed stays locked until it ends */
export function createVehicleTx(trx: Db): VehicleTx {
  const run = <Row>(name: string, text: string, values: readonly unknown[], row: z.ZodType<Row>) =>
    prepared(trx, name, text, values, (one) => row.parse(one))
  const free = (journey: string) => run('vehicle_free', FREE, [journey], z.unknown())
  return {
    vehicles: {
      async hold({ load, partner, vehicle, journey, holdMs }) {
        if (!trx.isTransaction) throw new Error('vehicles are claimed in a transaction')
        const [locked] = await run('vehicle_lock', LOCK, [vehicle, partner], z.unknown())
        const [order] = await run('vehicle_order', ORDER, [load, vehicle], orderRow)
        if (!locked || !order?.fit) return { kind: 'unfit' }
        const { fit: _, ...when } = order
        const [mine] = await run('vehicle_mine', MINE, [journey, vehicle], countRow)
        if (mine?.n === order.days) return { kind: 'held', ...when }
        await run('vehicle_clear', CLEAR, [vehicle, journey], z.unknown())
        const taken = await run('vehicle_take', TAKE, [vehicle, load, journey, holdMs], z.unknown())
        if (taken.length === order.days) return { kind: 'held', ...when }
        await free(journey)
        return { kind: 'busy' }
      },
      keep: async (journey) => (await run('vehicle_keep', KEEP, [journey], z.unknown())).length > 0,
      async free(journey) {
        await free(journey)
      },
    },
  }
}
