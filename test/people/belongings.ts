/** A database in which somebody has a row in every table that a number can own something in. */
import { z } from 'zod'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { owners } from '../channels/owners.ts'

const columnRows = z.array(
  z.object({ table: z.string(), column: z.string(), type: z.string(), must: z.boolean() }),
)
const COLUMNS = `
select c.table_name as "table", c.column_name as "column", c.data_type as type,
  c.is_nullable = 'NO' and c.column_default is null and c.is_identity = 'NO' and c.is_generated = 'NEVER' as must
from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'`

/** Where numbers stand besides the columns that say whose a row is. */
const ELSEWHERE = [
  ['departures', 'conductor'],
  ['partner_members', 'phone'],
  ['warehouses', 'desk'],
] as const

/** Every column that says by a number whose a row is: as `owners.ts` has it, and what else is called so. */
export async function numbered(db: Db): Promise<readonly (readonly [table: string, column: string])[]> {
  const columns = columnRows.parse((await db.raw(COLUMNS)).rows)
  const isNamed = ({ column, type }: { column: string; type: string }) =>
    type === 'text' && ['phone', 'person', 'customer'].includes(column)
  const all = [
    ...owners.flatMap(([table, owner]) => ('person' in owner ? [[table, owner.person] as const] : [])),
    ...columns.filter(isNamed).map(({ table, column }) => [table, column] as const),
    ...ELSEWHERE,
  ]
  return [...new Map(all.map((one) => [one.join('.'), one])).values()]
}

const VALUES: Readonly<Record<string, unknown>> = {
  integer: 1,
  bigint: 1,
  boolean: false,
  jsonb: '{}',
  date: '2026-01-01',
  point: '(1,1)',
}

/** What a plain value would not do for. */
const SPECIAL: Readonly<Record<string, object>> = {
  drivers: { status: 'free' },
  own_places: { name: 'home' },
  partner_members: { role: 'clerk' },
  seat_waits: { leave: 2 },
  messages: { fall_back: '{}' },
  warehouses: { country: 'NG' },
}

/** Gives somebody a row of each table, whatever the row would lead to. */
export async function endow(db: Db, person: Msisdn): Promise<void> {
  const columns = columnRows.parse((await db.raw(COLUMNS)).rows)
  await db.transaction(async (trx) => {
    await trx.raw(`set local session_replication_role = replica`)
    for (const [table, owner] of await numbered(trx)) {
      if (table === 'former_holders') continue
      const plain = columns
        .filter((one) => one.table === table && one.must)
        .map(({ column, type }) => [column, type === 'text' ? person.slice(-6) : VALUES[type]])
      await trx(table).insert({ ...Object.fromEntries(plain), ...SPECIAL[table], [owner]: person })
    }
  })
}

/** Tables in which the number stands, anywhere in a row. */
export async function mentioning(db: Db, person: Msisdn): Promise<readonly string[]> {
  const tables = new Set(columnRows.parse((await db.raw(COLUMNS)).rows).map(({ table }) => table))
  const found: string[] = []
  for (const table of tables) {
    const row = await db.raw(`select 1 from ?? t where to_jsonb(t)::text like ? limit 1`, [
      table,
      `%${person}%`,
    ])
    if (row.rows.length > 0) found.push(table)
  }
  return found.sort()
}
