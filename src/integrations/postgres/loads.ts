import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import { roadMetres } from '../../core/move/places.ts'
import type { Bidder, Candidate, Load, LoadBoard, Loads } from '../../core/sell/loads.ts'
import { daysOnRoad } from '../../core/sell/papers.ts'
import { createBatch } from './batch.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'
import { DB_NOW } from './seats.ts'
import { CARRIER_IN_ORDER, VEHICLE_IN_ORDER } from './vehicles.ts'

/** Loads inside a transaction. */
export type LoadTx = { readonly loads: LoadBoard }

const PLACE = (
  alias: string,
) => `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'area', ${alias}.area,
  'stage', ${alias}.stage, 'lat', ${alias}.at[1], 'lng', ${alias}.at[0])`
const LOAD = `select l.booking, l.code, l.what, l.kg, ${PLACE('a')} as "from", ${PLACE('b')} as "to",
  to_char(l.day, 'YYYY-MM-DD') as day, l.zone, l.currency, l.target_minor as "targetMinor"
  from loads l join places a on a.id = l."from" join places b on b.id = l."to"`

// A load is open while its booking takes bids: nothing else has to be kept in step.
const OPEN = `${LOAD} join instances i on i.id = l.booking and i.state in ('quoting', 'confirming')
where ($1::text is null or l."from" = $1) and ($2::text is null or l."to" = $2) and ($3::int is null or l.kg <= $3)
  and ($4::text is null or l.booking < $4) order by l.booking desc limit $5`

/** Of the newest, so many are looked at for somebody near. */
const MOST_LOOKED_AT = 200

const POST = `
insert into loads (booking, code, owner, what, kg, "from", "to", day, zone, currency, target_minor, days)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning booking`

const ENDS = `select at[1] as lat, at[0] as lng from unnest(array[$1, $2]) with ordinality one(id, n)
join places p on p.id = one.id order by n`

/** Whether a vehicle is on the road for another load on a day that this one needs. */
const FREE = `not exists (select from vehicle_days d where d.vehicle = v.id
  and (d.until_at is null or d.until_at > ${DB_NOW}) and d.day >= l.day and d.day < l.day + l.days)`

const FITS = `v.status = 'active' and v.capacity_kg >= l.kg and ${VEHICLE_IN_ORDER} and ${FREE}`

// Where a vehicle stands on the day before a load: where its last one goes, or at home.
const STANDS = `left join lateral (select o."to" from vehicle_days d join loads o on o.booking = d.load
  where d.vehicle = v.id and d.day < l.day and d.until_at is null order by d.day desc limit 1) last on true
join places s on s.id = coalesce(last."to", c.home)`

const CANDIDATES = `
select p.id as partner, m.phone, v.id as vehicle, v.capacity_kg as "capacityKg",
  json_build_object('lat', s.at[1], 'lng', s.at[0]) as at, json_build_object('lat', h.at[1], 'lng', h.at[0]) as home,
  case when c.stars_count > 0 then c.stars_sum * 10 / c.stars_count end as stars,
  (select count(distinct t.id)::int from vehicle_days d join vehicles o on o.id = d.vehicle and o.partner = p.id
    join instances t on t.id = d.journey and t.state = 'done') as delivered
from loads l join places a on a.id = l."from" join places b on b.id = l."to"
join vehicles v on true join partners p on p.id = v.partner and p.kind = 'carrier'
join carriers c on c.partner = p.id join places h on h.id = c.home
join lateral (select phone from partner_members where partner = p.id and left_at is null order by role desc, id limit 1) m on true
${STANDS}
where l.booking = $1 and m.phone <> l.owner and ${CARRIER_IN_ORDER} and ${FITS}
order by s.at <-> a.at, v.id limit $2`

// One row says which of the three is wanting.
const BIDDER = `
select p.id as partner, p.name, v.id as vehicle, v.plate, ${CARRIER_IN_ORDER} as "inOrder",
  case when c.stars_count > 0 then c.stars_sum * 10 / c.stars_count end as stars
from partner_members m join partners p on p.id = m.partner and p.kind = 'carrier' join carriers c on c.partner = p.id
join loads l on l.booking = $2 join places a on a.id = l."from" join places b on b.id = l."to"
left join lateral (select v.id, v.plate from vehicles v where v.partner = p.id and ${FITS}
  order by v.capacity_kg, v.id limit 1) v on true
where m.phone = $1 and m.left_at is null order by v.id is null, p.id limit 1`

const NEAR = `${LOAD} join instances i on i.id = l.booking and i.state in ('quoting', 'confirming')
join lateral (select min(s.at <-> a.at) as far from partner_members m
  join partners p on p.id = m.partner and p.kind = 'carrier' join carriers c on c.partner = p.id
  join vehicles v on v.partner = p.id ${STANDS}
  where m.phone = $1 and m.left_at is null and ${CARRIER_IN_ORDER} and ${FITS}) near on near.far is not null
where l.owner <> $1 and l.booking = any(array(select booking from loads order by booking desc limit $3))
order by near.far, l.booking desc limit $2`

const JOB = `
select i.id from partner_members m join vehicles v on v.partner = m.partner
join vehicle_days d on d.vehicle = v.id and d.until_at is null
join instances i on i.id = d.journey and not i.done and i.context->'driver'->>'phone' = m.phone
where m.phone = $1 and m.left_at is null order by d.day, i.id limit 1`

const CARRIERS = `select distinct on (m.phone) m.phone, p.id from partner_members m
join partners p on p.id = m.partner and p.kind = 'carrier'
where m.phone = any($1) and m.left_at is null order by m.phone, p.id`

const position = z.object({ lat: z.number(), lng: z.number() })
const place = position.extend({
  id: z.string(),
  name: z.string(),
  area: z.string(),
  stage: z.int().nullable(),
})
const loadRow: z.ZodType<Load> = z.object({
  booking: z.string(),
  code: z.string(),
  what: z.string(),
  kg: z.int(),
  from: place,
  to: place,
  day: z.string(),
  zone: z.string(),
  currency: z.string().refine(isCurrency),
  targetMinor: z.int().nullable(),
})
const candidateRow: z.ZodType<Candidate> = z.object({
  partner: z.string(),
  phone,
  vehicle: z.string(),
  capacityKg: z.int(),
  at: position,
  home: position,
  stars: z.int().nullable(),
  delivered: z.int(),
})
const bidderRow = z.object({
  partner: z.string(),
  name: z.string(),
  vehicle: z.string().nullable(),
  plate: z.string().nullable(),
  inOrder: z.boolean(),
  stars: z.int().nullable(),
})

const idRow = z.object({ id: z.string() })
const carrierRow = z.object({ phone, id: z.string() })

/** The board of loads, for carriers. */
export function createLoads(db: Db): Loads {
  /** Asked of whoever is new to us: people who come at once share a trip. */
  const carrierOf = createBatch<Msisdn, string | null>({
    most: 100,
    inFlight: 2,
    keysOf: () => [],
    async run(people) {
      const rows = await prepared(db, 'carriers', CARRIERS, [people], (row) => carrierRow.parse(row))
      const found = new Map(rows.map((row) => [row.phone, row.id]))
      return people.map((person) => found.get(person) ?? null)
    },
  })
  return {
    carrierOf,
    open: ({ from, to, kg, after, limit }) =>
      prepared(db, 'loads', OPEN, [from ?? null, to ?? null, kg ?? null, after ?? null, limit], (row) =>
        loadRow.parse(row),
      ),
    near: (person, limit) =>
      prepared(db, 'loads_near', NEAR, [person, limit, MOST_LOOKED_AT], (row) => loadRow.parse(row)),
    async jobOf(person) {
      const [job] = await prepared(db, 'carrier_job', JOB, [person], (row) => idRow.parse(row))
      return job?.id ?? null
    },
    async bidder(person, booking) {
      const [row] = await prepared(db, 'bidder', BIDDER, [person, booking], (one) => bidderRow.parse(one))
      if (!row) return (await carrierOf(person)) === null ? 'notCarrier' : 'noSuchLoad'
      if (!row.inOrder) return 'notVerified'
      const { partner, name, vehicle, plate, stars } = row
      return vehicle === null || plate === null
        ? 'noVehicle'
        : ({ partner, name, phone: person, vehicle, plate, stars } satisfies Bidder)
    },
  }
}

/** @param trx a transaction */
export const createLoadTx = (trx: Db): LoadTx => ({
  loads: {
    async post({ booking, code, owner, what, kg, from, to, day, zone, currency, targetMinor }) {
      const [a, b] = await prepared(trx, 'load_ends', ENDS, [from, to], (row) => position.parse(row))
      if (!a || !b) throw new Error(`load ${booking} goes between places that are not there`)
      const length = daysOnRoad(roadMetres(a, b))
      const values = [booking, code, owner, what, kg, from, to, day, zone, currency, targetMinor, length]
      const fresh = await prepared(trx, 'load_post', POST, values, (row) => row)
      if (fresh.length === 0) return null
      const [load] = await prepared(trx, 'load', `${LOAD} where l.booking = $1`, [booking], (row) =>
        loadRow.parse(row),
      )
      return load ?? null
    },
    candidates: (booking, limit) =>
      prepared(trx, 'candidates', CANDIDATES, [booking, limit], (row) => candidateRow.parse(row)),
    async rate(partner, stars) {
      const text =
        'update carriers set stars_sum = stars_sum + $2, stars_count = stars_count + 1 where partner = $1'
      await prepared(trx, 'rate_carrier', text, [partner, stars], (row) => row)
    },
  },
})
