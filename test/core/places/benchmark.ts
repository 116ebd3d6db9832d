import { readFileSync } from 'node:fs'
import { fold } from '../../../src/core/talk/reading.ts'
import type { Misspelt } from './misspell.ts'

const lines = (file: string): string[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)

/** Every province, district, sector and cell of Rwanda by its folded name; a name that several have, once. */
export const rwandaNames = (): string[] => [
  ...new Set(
    lines('rwanda.txt')
      .flatMap((line) => (line.startsWith('#') ? line.slice(1).split('/') : line.split(/[:,]/)))
      .map(fold)
      .filter((name) => name !== ''),
  ),
]

/** Real villages that are in no other list of ours: what is typed, and known to nobody. */
export const unknownNames = (): string[] => lines('villages.txt').map(fold)

/** The misspelt names as they were drawn once and for all. */
export const misspeltNames = (): Misspelt[] =>
  lines('misspelt.tsv').map((line) => {
    const [kind = '', typed = '', name = ''] = line.split('\t')
    return { kind, typed, name }
  })
