/**
 * `npm run verify [-- --mtn http://127.0.0.1:3900/mtn/_ledger …]`: looks whether the books of DATABASE_URL, or of the
 * PostgreSQL of our own, are as they must be, and as the named providers' own ledgers say. Exit code 1 when they are not.
 */
import { resolve } from 'node:path'
import { readConfig } from './core/base/config.ts'
import { silent } from './core/base/log.ts'
import { connectPostgres } from './integrations/postgres/connect.ts'
import { startEmbeddedPostgres } from './integrations/postgres/embedded.ts'
import { type Finding, verify } from './integrations/postgres/verify.ts'
import { verifyProvider } from './integrations/postgres/verify-provider.ts'

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

async function main(): Promise<boolean> {
  const ledgers = ledgersIn(process.argv.slice(2))
  const config = readConfig(process.env)
  const own = config.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({ dataDir: resolve(config.DATA_DIR, 'postgres'), durable: true })
  const db = connectPostgres(config.DATABASE_URL ?? own?.url ?? '', silent)
  try {
    const findings = [...(await verify(db, Date.now()))]
    for (const [provider, url] of ledgers)
      findings.push(...(await verifyProvider(db, provider, await entriesAt(url))))
    process.stdout.write(`${findings.flatMap(linesOf).join('\n')}\n`)
    return !findings.some(isWrong)
  } finally {
    await db.destroy()
    await own?.stop()
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
