import type { WordKey } from '../words/index.ts'
import type { InvoiceContext } from './model.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Stage = 'due' | 'overdue' | 'collecting'
/** What is said then, if anything, and where the invoice stands from then on. */
type Step = { readonly afterDueMs: number; readonly says: News | null; readonly stage: Stage }
type News = Extract<WordKey, 'invoiceSoon' | 'invoiceLate' | 'creditStopped'>

/** The calendar of collecting. After its last step nothing more is sold on credit, and a person looks. */
export const STEPS: readonly Step[] = [
  { afterDueMs: -2 * DAY_MS, says: 'invoiceSoon', stage: 'due' },
  { afterDueMs: 0, says: null, stage: 'overdue' },
  { afterDueMs: DAY_MS, says: 'invoiceLate', stage: 'overdue' },
  { afterDueMs: 7 * DAY_MS, says: 'invoiceLate', stage: 'overdue' },
  { afterDueMs: 30 * DAY_MS, says: 'creditStopped', stage: 'collecting' },
]

/** How many steps lie behind at a moment. */
export const stepAt = (dueAt: number, at: number): number =>
  STEPS.filter(({ afterDueMs }) => dueAt + afterDueMs <= at).length

/** Where an invoice stands after so many steps. */
export const stageOf = ({ step }: Pick<InvoiceContext, 'step'>): Stage => STEPS[step - 1]?.stage ?? 'due'

/**
 * Until the next step. The engine's deadlines may be late by a sixteenth, which of a month is two days: so we look
 * again a little before, until there is less than an hour to go.
 */
export function invoiceDeadlineMs(state: string, { step, dueAt, at }: InvoiceContext): number | null {
  const next = STEPS[step]
  if (!next || (state !== 'due' && state !== 'overdue')) return null
  const waitMs = Math.max(1, dueAt + next.afterDueMs - at)
  return waitMs > HOUR_MS ? Math.floor((waitMs * 16) / 17) : waitMs
}
