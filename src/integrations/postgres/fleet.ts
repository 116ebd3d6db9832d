import { z } from 'zod'
import { Problem } from '../../core/base/problem.ts'
import { type Fleet, PAPER_KINDS, VEHICLE_KINDS, type Vehicle } from '../../core/move/vehicles.ts'
import type { Hand } from '../../core/people/partners.ts'
import { type Db, prepared } from './connect.ts'
import { keepChange } from './partner-changes.ts'

const VEHICLE = `
select v.id, v.plate, v.kind, v.seats, v.capacity_kg as "capacityKg", v.status, coalesce((
  select json_agg(json_build_object('id', p.id, 'kind', p.kind, 'number', p.number, 'expiresAt', p.expires_at,
    'state', p.state) order by p.id)
  from vehicle_papers p where p.vehicle = v.id), '[]') as papers
from vehicles v where v.partner = $1`
const LIST = `${VEHICLE} and v.plate > $2 order by v.plate limit $3`
const FIND = `${VEHICLE} and v.id = $2`
/** Whoever changes a vehicle or its papers, or sends it somewhere, does so one after another. */
const LOCK = 'select id from vehicles where partner = $1 and id = $2 for update'
const ADD = `
insert into vehicles (partner, id, plate, kind, seats, capacity_kg) values ($1, $2, $3, $4, $5, $6)
on conflict do nothing returning id`
const RETIRE = `update vehicles set status = 'retired' where partner = $1 and id = $2`
const SUBMIT = `
insert into vehicle_papers (vehicle, id, kind, number, expires_at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing`
const REVIEW = 'update vehicle_papers set state = $3 where vehicle = $1 and id = $2'

const vehicleRow: z.ZodType<Vehicle> = z.object({
  id: z.string(),
  plate: z.string(),
  kind: z.enum(VEHICLE_KINDS),
  seats: z.int().nullable(),
  capacityKg: z.int().nullable(),
  status: z.enum(['active', 'retired']),
  papers: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(PAPER_KINDS),
      number: z.string(),
      expiresAt: z.number(),
      state: z.enum(['submitted', 'verified', 'rejected']),
    }),
  ),
})

const findVehicle = async (db: Db, partner: string, id: string): Promise<Vehicle | null> =>
  (await prepared(db, 'vehicle', FIND, [partner, id], (row) => vehicleRow.parse(row)))[0] ?? null

/** A partner's vehicle, nobody else's turn until the transaction ends; null when it has none of that name. */
export async function lockVehicle(trx: Db, partner: string, id: string): Promise<Vehicle | null> {
  const locked = await prepared(trx, 'lock_vehicle', LOCK, [partner, id], (row) => row)
  return locked.length === 0 ? null : findVehicle(trx, partner, id)
}

export function createFleet(db: Db): Fleet {
  /** Changes one vehicle, and keeps what it was and is. */
  const change = (
    hand: Hand,
    id: string,
    what: string,
    work: (trx: Db, before: Vehicle) => Promise<unknown>,
  ): Promise<Vehicle | null> =>
    db.transaction(async (trx) => {
      const before = await lockVehicle(trx, hand.partner, id)
      if (!before || (await work(trx, before)) === null) return null
      const after = await findVehicle(trx, hand.partner, id)
      await keepChange(trx, hand, { what, about: id, before, after })
      return after
    })
  const run = (trx: Db, name: string, text: string, values: readonly unknown[]) =>
    prepared(trx, name, text, values, (row) => row)

  return {
    of: (partner, past, limit) =>
      prepared(db, 'vehicles', LIST, [partner, past ?? '', limit], (row) => vehicleRow.parse(row)),
    find: (partner, id) => findVehicle(db, partner, id),
    add: (hand, { id, plate, kind, seats, capacityKg }) =>
      db.transaction(async (trx) => {
        const added = await run(trx, 'add_vehicle', ADD, [hand.partner, id, plate, kind, seats, capacityKg])
        const after = await findVehicle(trx, hand.partner, id)
        if (added.length > 0)
          await keepChange(trx, hand, { what: 'vehicle added', about: id, before: null, after })
        return after
      }),
    retire: (hand, id) =>
      change(hand, id, 'vehicle retired', (trx) => run(trx, 'retire', RETIRE, [hand.partner, id])),
    submit: (hand, id, { id: paper, kind, number, expiresAt }, most) =>
      change(hand, id, 'paper submitted', async (trx, { papers }) => {
        if (papers.length >= most && papers.every((one) => one.id !== paper))
          throw new Problem('unprocessable', `A vehicle has at most ${most} papers.`)
        return run(trx, 'submit_paper', SUBMIT, [id, paper, kind, number, expiresAt])
      }),
    review: (hand, id, paper, state) =>
      change(hand, id, `paper ${state}`, async (trx, { papers }) =>
        papers.some((one) => one.id === paper) ? run(trx, 'review_paper', REVIEW, [id, paper, state]) : null,
      ),
  }
}
