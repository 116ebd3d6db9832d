import type { Instant } from '../base/clock.ts'
import type { Money } from '../base/money.ts'
import type { Finding, Mismatch } from './reconcile.ts'
import type { Movement, StatementFormat } from './statement.ts'
import type { FileFault } from './tally.ts'

/** Something to look into, until somebody closes it or a later run finds that it has come right. */
export type OpenItem = {
  readonly id: number
  readonly provider: string
  readonly day: string
  readonly found: Mismatch | FileFault['found']
  readonly kind: Movement | null
  readonly reference: string | null
  readonly ours: (Money & { readonly at: Instant }) | null
  readonly theirs:
    | (Money & {
        readonly line: number
        readonly transaction: string
        readonly feeMinor: number
        readonly at: Instant
      })
    | null
  /** In words, for what is wrong with a file. */
  readonly why: string | null
}

export type ItemEvent = {
  readonly what: 'opened' | 'closed' | 'reopened'
  readonly by: string
  readonly reason: string
  readonly at: Instant
}

export type Outcome = {
  /** False when the very file was there already: everything was held against our books once more. */
  readonly isNew: boolean
  readonly rows: number
  /** What this day's rows and entries were found to be. */
  readonly counts: Readonly<Partial<Record<Finding['found'] | FileFault['found'], number>>>
  readonly opened: number
  /** Closed because they have come right. */
  readonly closed: number
  /** What the provider has settled and our payments and payouts do not know to be: each is to be asked after. */
  readonly hints: readonly string[]
}

/** Statements kept, held against the ledger, and what came of it. */
export interface Reconciliation {
  /**
   * Keeps a day's statement, holds it against the ledger, and looks again at earlier days with money missing. Nothing is
   * kept when it throws; to run it again is harmless. A different file of the same day replaces the one before.
   * @throws StatementError when the file is not this provider's or of another day, or the day before it has not come yet
   */
  run(
    statement: {
      readonly format: StatementFormat
      readonly day: string
      readonly bytes: AsyncIterable<Uint8Array>
    },
    at: Instant,
  ): Promise<Outcome>
  /** The oldest open items, of one provider or of all; at most `limit`. */
  open(limit: number, provider?: string): Promise<readonly OpenItem[]>
  /** @returns false when there is no such open item @throws RangeError when name or reason is missing */
  close(
    id: number,
    word: { readonly by: string; readonly reason: string; readonly at: Instant },
  ): Promise<boolean>
  history(id: number): Promise<readonly ItemEvent[]>
}
