import type { Db } from '../../src/integrations/postgres/connect.ts'

const YEAR_MS = 365 * 24 * 3_600_000

/** By the name that a talk gives their phone: where they are at home, and what they drive. */
const CARRIERS = [
  { phone: 'Akagera', id: 'pt_rw_akagera', name: 'Akagera Haulage', home: 'rw-kigali', plate: 'RAF 412 T' },
  {
    phone: 'Ibirunga',
    id: 'pt_rw_ibirunga',
    name: 'Ibirunga Transport',
    home: 'rw-musanze',
    plate: 'RAE 870 L',
  },
  { phone: 'Ravi', id: 'pt_pk_ravi', name: 'Ravi Goods', home: 'pk-lahore', plate: 'LEJ 2209' },
  { phone: 'Indus', id: 'pt_pk_indus', name: 'Indus Carriers', home: 'pk-karachi', plate: 'KAE 5512' },
] as const

/** Those of a country, as if nothing had been carried before, with the phones that a talk gives them. */
export async function carriers(
  db: Db,
  now: number,
  phones: Readonly<Record<string, string>>,
  country: 'rw' | 'pk' = 'rw',
): Promise<void> {
  const those = CARRIERS.filter(({ home }) => home.startsWith(country))
  await db('vehicle_days').delete()
  const ids = those.map(({ id }) => id)
  await db('partner_members').whereIn('partner', ids).update({ left_at: now })
  const add = (table: string, rows: readonly object[], key = 'id') =>
    db(table).insert(rows).onConflict(key).merge()
  const expires_at = now + YEAR_MS
  await add(
    'partners',
    those.map(({ id, name }) => ({ id, name, kind: 'carrier' })),
  )
  await add(
    'carriers',
    those.map(({ id, home }) => ({ partner: id, home, stars_sum: 0, stars_count: 0 })),
    'partner',
  )
  await add(
    'partner_papers',
    those.map(({ id, plate }) => {
      return { id: `pp_${id}`, partner: id, kind: 'identity', number: plate, expires_at, state: 'verified' }
    }),
  )
  await add(
    'vehicles',
    those.map(({ id, plate }) => ({
      id: `ve_${id}`,
      partner: id,
      plate,
      kind: 'truck',
      capacity_kg: 10_000,
    })),
  )
  await add(
    'vehicle_papers',
    those.flatMap(({ id, plate }) =>
      ['insurance', 'inspection'].map((kind) => {
        const paper = { id: `vp_${id}_${kind}`, vehicle: `ve_${id}`, kind, number: plate }
        return { ...paper, expires_at, state: 'verified' }
      }),
    ),
  )
  const members = those.flatMap(({ id, phone }) => {
    const number = phones[phone]
    if (number === undefined) return []
    return [
      {
        id: `pm_${number.slice(1)}`,
        partner: id,
        phone: number,
        role: 'owner',
        joined_at: now,
        left_at: null,
      },
    ]
  })
  if (members.length > 0) await add('partner_members', members)
}
