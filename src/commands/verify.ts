/**
 * `npm run verify [-- --mtn http://127.0.0.1:3900/mtn/_ledger …]`: looks whether the books of DATABASE_URL, or of the
 * PostgreSQL of our own, are as they must be, and as the named providers' own ledgers say. Exit code 1 when they are not.
 */
import { type Finding, verify as verifyBooks } from '../integrations/postgres/verify.ts'
import { verifyProvider } from '../integrations/postgres/verify-provider.ts'
import type { Command } from './command.ts'

const FETCH_MS = 30_000

/** Pairs of `--provider URL`. */
function ledgersIn(words: readonly string[]): (readonly [provider: string, url: string])[] {
  const pairs: (readonly [string, string])[] = []
  for (let n = 0; n < words.length; n += 2) {
    const provider = /^--([a-z]\w*)$/.exec(words[n] ?? '')?.[1]
    const url = words[n + 1] ?? ''
    if (!provider || !URL.canParse(url))
      throw new Error(`not --provider URL: ${words.slice(n, n + 2).join(' ')}`)
    pairs.push([provider, url])
  }
  return pairs
}

async function entriesAt(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) })
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`)
  return response.json()
}

const isWrong = ({ weight, broken }: Finding): boolean => weight === 'wrong' && broken > 0

const linesOf = (finding: Finding): string[] => {
  const { rule, broken, cases, examples } = finding
  const word = isWrong(finding) ? 'WRONG' : broken > 0 ? 'note' : 'ok'
  const more = broken > examples.length ? [`and ${broken - examples.length} more`] : []
  return [
    `${word.padEnd(6)}${`${broken} of ${cases}`.padStart(16)}  ${rule}`,
    ...[...examples, ...more].map((text) => `${' '.repeat(26)}${text}`),
  ]
}

/** The invariants of a live database. */
export const verify: Command = {
  takesSchemaAsItIs: true,
  async perform({ db, print }, words) {
    const ledgers = ledgersIn(words)
    const findings = [...(await verifyBooks(db, Date.now()))]
    for (const [provider, url] of ledgers)
      findings.push(...(await verifyProvider(db, provider, await entriesAt(url))))
    print(...findings.flatMap(linesOf))
    return findings.some(isWrong) ? 1 : 0
  },
}
