import type { Instant } from '../core/base/clock.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { carriers, townId } from './pakistan.ts'

const PAPERS_LAST_MS = 365 * 24 * 3_600_000

/** Adds the demo's carriers with papers in order for a year and their vehicles; rows that are there stay as they are. Their towns must be there already. */
export async function seedPakistan(db: Db, now: Instant): Promise<void> {
  const add = (table: string, rows: readonly object[]) => db(table).insert(rows).onConflict().ignore()
  const paper = { expires_at: now + PAPERS_LAST_MS, state: 'verified' }
  const vehicles = carriers.flatMap(({ id, vehicles: own }) =>
    own.map(([plate, kind, capacity_kg]) => ({
      ...{ id: `ve_pk_${plate.replace(' ', '_').toLowerCase()}`, partner: id, plate, kind, capacity_kg },
    })),
  )
  await add(
    'partners',
    carriers.map(({ id, name }) => ({ id, name, kind: 'carrier' })),
  )
  await add(
    'partner_members',
    carriers.map(({ id, phone }) => ({
      ...{ id: `pm_${id.slice(3)}`, partner: id, phone, role: 'owner', paid: true, joined_at: now },
    })),
  )
  await add(
    'partner_papers',
    carriers.map(({ id, phone }) => ({
      id: `pp_${id}`,
      partner: id,
      kind: 'identity',
      number: phone,
      ...paper,
    })),
  )
  await add(
    'carriers',
    carriers.map(({ id, home, stars: [stars_sum, stars_count] }) => ({
      ...{ partner: id, home: townId(home), stars_sum, stars_count },
    })),
  )
  await add('vehicles', vehicles)
  await add(
    'vehicle_papers',
    vehicles.flatMap(({ id, plate }) =>
      ['insurance', 'inspection'].map((kind) => ({
        ...{ id: `vp_${id}_${kind}`, vehicle: id, kind, number: plate, ...paper },
      })),
    ),
  )
}
