/**
 * Holds a provider's statement against our books, from a terminal:
 *
 *   npm run reconcile -- mtn 2026-11-20 statement.csv     ends with 1 when items are open
 *                                                         payments that the statement knows better are asked after
 *   npm run reconcile -- open [mtn]
 *   npm run reconcile -- close 17 "Alice U." "paid back by hand"
 */
import { createReadStream } from 'node:fs'
import { systemClock } from '../core/base/clock.ts'
import { silent } from '../core/base/log.ts'
import { formatMoney } from '../core/base/money.ts'
import type { OnHint } from '../core/pay/provider.ts'
import type { OpenItem, Outcome, Reconciliation } from '../core/pay/reconciliation.ts'
import { hinted } from '../doors.ts'
import { createReconciliation } from '../integrations/postgres/reconcile.ts'
import { STATEMENTS } from '../integrations/statements/index.ts'
import type { Command, Terminal } from './command.ts'
import { openCounter } from './counter.ts'

const SHOWN_ITEMS = 100
const SHOWN_HINTS = 20
const USAGE = `usage: npm run reconcile -- <${Object.keys(STATEMENTS).join('|')}> <YYYY-MM-DD> <file.csv>
       npm run reconcile -- open [provider]
       npm run reconcile -- close <item> <your name> <reason>`

type Office = {
  readonly books: Reconciliation
  readonly askAfter: OnHint
  readonly print: Terminal['print']
}

/** Does what the words say. @returns the process's exit code */
async function perform({ books, askAfter, print }: Office, words: readonly string[]): Promise<number> {
  const [first = '', second = '', third = '', fourth = ''] = words
  if (first === 'open') return showOpen({ books, print }, second || undefined)
  if (first === 'close') {
    const isClosed = await books.close(Number(second), { by: third, reason: fourth, at: systemClock.now() })
    print(isClosed ? `item ${second} is closed` : `there is no open item ${second}`)
    return isClosed ? 0 : 1
  }
  const format = Object.hasOwn(STATEMENTS, first) ? STATEMENTS[first] : undefined
  if (!format || words.length !== 3) {
    print(USAGE)
    return 2
  }
  const bytes = createReadStream(third)
  const outcome = await books.run({ format, day: second, bytes }, systemClock.now())
  for (const reference of outcome.hints) await askAfter(reference)
  print(`${first} ${second}: ${outcome.rows} rows${outcome.isNew ? '' : ', as before'}`, ...table(outcome))
  return showOpen({ books, print }, first)
}

function table({ counts, opened, closed, hints }: Outcome): string[] {
  const most = Math.max(...Object.keys(counts).map(({ length }) => length), 0)
  return [
    ...Object.entries(counts).map(([found, count]) => `  ${found.padEnd(most)} ${String(count).padStart(8)}`),
    `items: ${opened} new, ${closed} have come right`,
    ...(hints.length > 0
      ? [`payments asked after: ${hints.length}`, ...hints.slice(0, SHOWN_HINTS).map((one) => `  ${one}`)]
      : []),
  ]
}

async function showOpen(
  { books, print }: Pick<Office, 'books' | 'print'>,
  provider?: string,
): Promise<number> {
  const items = await books.open(SHOWN_ITEMS, provider)
  const count = items.length < SHOWN_ITEMS ? String(items.length) : `${SHOWN_ITEMS} or more`
  print(`open items: ${count}`, ...items.map(lineOf))
  return items.length > 0 ? 1 : 0
}

const lineOf = ({ id, provider, day, found, kind, reference, ours, theirs, why }: OpenItem): string =>
  [
    `  ${id}`,
    provider,
    day,
    found,
    ...(why === null
      ? [
          kind,
          reference,
          `ours ${ours ? formatMoney(ours) : '-'}`,
          `theirs ${theirs ? formatMoney(theirs) : '-'}`,
        ]
      : [why]),
    ...(found === 'fee' && theirs ? [`fee ${formatMoney({ ...theirs, amountMinor: theirs.feeMinor })}`] : []),
  ].join('  ')

/** A provider's statement against our books, and the items that came of it. */
export const reconcile: Command = {
  perform: ({ config, db, print }, words) =>
    perform(
      { books: createReconciliation(db), askAfter: hinted(openCounter(config, db).run, silent), print },
      words,
    ),
}
