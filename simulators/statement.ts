import type { Clock } from './clock.ts'
import { type Call, json, jsonBody, type Route, route, text } from './http.ts'
import { optional, type Reader, Refusal, read, string } from './read.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MAX_PLANTED = 10_000

/** A settled movement before it is printed. */
export interface Row {
  /** The provider's number of it. */
  transaction: string
  /** What the file calls it by, and by which an error is planted. */
  reference: string
  type: string
  /** Whole units and what is below them, as `11.50`. */
  amount: string
  currency: string
  /** Whole units. */
  fee: number
  at: number
  /** Whose wallet, or what else its line has of its own. */
  more: string
  /** Cut in the middle. */
  torn?: boolean
}

/** How one provider prints its day. */
export interface Paper {
  name: string
  /** Hours that its midnight is before that of UTC. */
  utcOffsetHours: number
  /** Everything that it has settled by now. */
  rows(): Row[]
  /** A collection that nobody asked for. */
  stranger(reference: string, at: number): Row
  /** The lines above the rows, the last of which names the columns. */
  heading(day: string): string[]
  line(row: Row): string
  /** The lines below them. */
  totals?(day: string, rows: readonly Row[]): string[]
}

/** Errors that can be planted, and what each makes of the row of the reference it names. */
const FAULTS = {
  drop: () => [],
  duplicate: (row) => [row, row],
  amount: (row) => [{ ...row, amount: String(Number(row.amount) + 1) }],
  currency: (row) => [{ ...row, currency: row.currency === 'EUR' ? 'RWF' : 'EUR' }],
  fee: (row) => [{ ...row, fee: row.fee + 1 }],
  /** Settled the next day. */
  late: (row) => [{ ...row, at: row.at + DAY_MS }],
  garble: (row) => [{ ...row, torn: true }],
} satisfies Record<string, (row: Row) => Row[]>

type Fault = keyof typeof FAULTS
const NAMES = Object.keys(FAULTS) as Fault[]

/**
 * A provider's statement: `GET /<name>/_statement.csv?day=2026-11-20` lists what was settled on that day, where the
 * provider is. `POST /<name>/_statement {drop|duplicate|amount|currency|fee|late|garble: reference or [references]}`
 * plants errors, `foreign` adds a collection of today that nobody asked for; a later error on a reference replaces the
 * earlier. `DELETE /<name>/_statement` takes them all away.
 */
export function statement(clock: Clock, paper: Paper): Route[] {
  const planted = new Map<string, Fault>()
  const foreign: Row[] = []

  function plant(call: Call) {
    const readers = [...NAMES, 'foreign' as const].map((name) => [name, optional(references)] as const)
    const body = read(jsonBody(call), Object.fromEntries(readers))
    for (const name of NAMES) for (const reference of body[name] ?? []) planted.set(reference, name)
    for (const reference of body.foreign ?? []) foreign.push(paper.stranger(reference, clock.now()))
    if (planted.size + foreign.length > MAX_PLANTED) throw new Refusal(400, `more than ${MAX_PLANTED} errors`)
    return json(200, { planted: Object.fromEntries(planted), foreign: foreign.map((row) => row.reference) })
  }

  function print(call: Call) {
    const day = call.query.get('day') ?? ''
    const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
    if (Number.isNaN(midnight)) throw new Refusal(400, 'day must be a date such as 2026-11-20')
    const from = midnight - paper.utcOffsetHours * HOUR_MS
    const rows = [...paper.rows(), ...foreign]
      .flatMap((row) => {
        const fault = planted.get(row.reference)
        return fault ? FAULTS[fault](row) : [row]
      })
      .filter(({ at }) => at >= from && at < from + DAY_MS)
    const lines = [...paper.heading(day), ...rows.map(lineOf), ...(paper.totals?.(day, rows) ?? [])]
    return text(200, `${lines.join('\r\n')}\r\n`, { 'content-type': 'text/csv; charset=utf-8' })
  }

  function lineOf(row: Row): string {
    const line = paper.line(row)
    return row.torn ? line.slice(0, line.length / 2) : line
  }

  return [
    route('GET', `/${paper.name}/_statement.csv`, print),
    route('POST', `/${paper.name}/_statement`, plant),
    route('DELETE', `/${paper.name}/_statement`, () => {
      planted.clear()
      foreign.length = 0
      return { status: 204 }
    }),
  ]
}

const references: Reader<string[]> = (value, name) =>
  (Array.isArray(value) ? value : [value]).map((one) => string(64)(one, name))

/** A moment by the provider's own clock, as `2026-11-20T12:00:00.000`. */
export const localTime = (at: number, { utcOffsetHours }: Pick<Paper, 'utcOffsetHours'>): string =>
  new Date(at + utcOffsetHours * HOUR_MS).toISOString().slice(0, -1)

/** A row as our own formats have it; `zone` is the offset as it is written behind the moment, `+02:00`. */
export const plainLine =
  (utcOffsetHours: number, zone: string) =>
  ({ transaction, reference, type, more, amount, currency, fee, at }: Row): string =>
    [
      transaction,
      reference,
      type,
      more,
      amount,
      currency,
      fee,
      `${localTime(at, { utcOffsetHours })}${zone}`,
    ].join()

/** `TOTAL,<day>,<rows>,,<amounts>,<currency>,<fees>,` for each currency; for `always` even when there are no rows. */
export const totals =
  (always: string) =>
  (day: string, rows: readonly Row[]): string[] =>
    [...new Set([always, ...rows.map(({ currency }) => currency)])].map((currency) => {
      const own = rows.filter((row) => row.currency === currency)
      const amount = own.reduce((sum, row) => sum + Math.round(Number(row.amount) * 100), 0) / 100
      const fees = own.reduce((sum, row) => sum + row.fee, 0)
      return ['TOTAL', day, own.length, '', amount, currency, fees, ''].join(',')
    })
