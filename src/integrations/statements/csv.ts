import { parse } from 'csv-parse/sync'
import { maskPhone } from '../../core/base/phone.ts'
import type { Malformed } from '../../core/pay/statement.ts'

const MAX_LINE_CHARACTERS = 2_000
const SHOWN_CHARACTERS = 120

/** A line's cells, or why it has none. */
export type CsvLine = { readonly line: number; readonly text: string } & (
  | { readonly cells: readonly string[] }
  | { readonly why: string }
)

/**
 * Comma-separated lines (RFC 4180, but that a quoted cell may not run over the end of its line: a quote that is never
 * closed spoils its own line and no other). UTF-8, with or without a mark; empty lines are left out. In memory there is
 * no more than one chunk and one line.
 */
export async function* csvLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvLine, void, undefined> {
  let line = 1
  for await (const lines of linesOf(bytes)) {
    const records = parsed(lines)
    for (const [n, text] of lines.entries()) {
      const read = text.trim() === '' ? undefined : (records?.[n] ?? alone(text))
      if (read) yield { line, text, ...(typeof read === 'string' ? { why: read } : { cells: read }) }
      line += 1
    }
  }
}

/** What may be shown and kept of a line that could not be read: its beginning, without phone numbers. */
export const malformed = (line: number, text: string, why: string): Malformed => ({
  line,
  why,
  text: text.slice(0, SHOWN_CHARACTERS).replace(/\+?\d{11,15}/g, maskPhone),
})

/** All of them at once, which is many times faster; nothing when any one cannot be read for itself. */
function parsed(lines: readonly string[]): string[][] | undefined {
  if (lines.some((text) => text.length > MAX_LINE_CHARACTERS)) return undefined
  try {
    const records = recordsOf(lines.join('\n'))
    return records.length === lines.length ? records : undefined
  } catch {
    return undefined
  }
}

function alone(text: string): string[] | string {
  if (text.length > MAX_LINE_CHARACTERS) return `longer than ${MAX_LINE_CHARACTERS} characters`
  try {
    return recordsOf(text)[0] ?? 'no cells'
  } catch (error) {
    return error instanceof Error ? (error.message.split(':')[0] ?? 'no cells') : String(error)
  }
}

const recordsOf = (text: string): string[][] =>
  parse(text, { relax_column_count: true, record_delimiter: '\n', trim: true })

/** Whole lines, as many at once as a chunk holds. Of an endless one only the beginning is kept. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[], void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARACTERS + 1)
    if (lines.length > 0) yield lines.map((text) => text.replace(/\r$/, ''))
  }
  rest += decoder.decode()
  if (rest !== '') yield [rest.replace(/\r$/, '')]
}
