import { z } from 'zod'
import type { Licences, Wanting } from '../../core/move/licences.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

const wantingRow: z.ZodType<Wanting> = z.object({
  phone,
  name: z.string(),
  licence: z.string(),
  status: z.string(),
  until: z.number().nullable(),
})
const WANTING = `
select phone, name, licence, licence_status as status, licence_until as until from drivers
where licence_status <> 'valid' or licence_until < $1
order by licence_until nulls first, phone limit $2`

// The register is asked again a day after this, and its word, where it has one, is the last.
const SHOW = `
with taken as (
  update drivers set licence_status = $2, licence_until = $3, licence_checked_at = $4 where licence = $1 returning id, licence)
insert into licence_evidence (at, driver, licence, status, until, how, by, why)
select $4, id, licence, $2, $3, $5, $6, $7 from taken returning n`

export const createLicences = (db: Db): Licences => ({
  wanting: (before, limit) =>
    prepared(db, 'licences_wanting', WANTING, [before, limit], (row) => wantingRow.parse(row)),
  async show(licence, { status, until }, { how, by, why, at }) {
    const values = [licence, status, until, at, how, by, why]
    return (await prepared(db, 'licence_show', SHOW, values, (row) => row)).length > 0
  },
})
