import type { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'

/** How long a late payer takes, ms: longer than any prompt is open. */
export const LATE_MS = 6 * 60_000

/** Where a payment is going. `FAILED` with a reason; PENDING stays so for ever. */
export interface Plan {
  status: 'SUCCESSFUL' | 'FAILED' | 'PENDING'
  reason?: string
  /** How long it stays PENDING, ms. */
  waitMs: number
  /** No callback is ever sent. */
  silent?: boolean
  /** The provider reports another amount than was asked for. */
  mismatch?: boolean
}

export type Ending = Pick<Plan, 'status'> & Partial<Plan>
export type Endings = Readonly<Record<string, Ending>>

export const failed = (reason: string): Ending => ({ status: 'FAILED', reason })

/** Outcomes a scenario may name, for payments and refunds. */
export const ENDINGS: Endings = {
  approve: { status: 'SUCCESSFUL' },
  silent: { status: 'SUCCESSFUL', silent: true },
  late: { status: 'SUCCESSFUL' },
  mismatch: { status: 'SUCCESSFUL', mismatch: true },
  ongoing: { status: 'PENDING' },
  decline: failed('APPROVAL_REJECTED'),
  expire: failed('EXPIRED'),
  insufficient: failed('NOT_ENOUGH_FUNDS'),
  not_found: failed('PAYER_NOT_FOUND'),
  limit: failed('PAYER_LIMIT_REACHED'),
  cancelled: failed('TRANSACTION_CANCELED'),
  not_performed: failed('COULD_NOT_PERFORM_TRANSACTION'),
  internal: failed('INTERNAL_PROCESSING_ERROR'),
}

/** Outcomes for transfers, where the person is the payee. */
export const TRANSFER_ENDINGS: Endings = {
  ...ENDINGS,
  not_found: failed('PAYEE_NOT_FOUND'),
  not_allowed: failed('PAYEE_NOT_ALLOWED_TO_RECEIVE'),
}

/** How long a payer who is not asked takes to approve, ms. */
export const thinkingMs = (random: Random): number => random.between(1_000, 2_000)

/** What a scenario makes of a payment. */
export function planned(scenario: Scenario, random: Random, endings = ENDINGS): Plan {
  const ending = endings[scenario.outcome ?? 'approve'] ?? failed('INTERNAL_PROCESSING_ERROR')
  const lateMs = scenario.outcome === 'late' ? (scenario.lateMs ?? LATE_MS) : 0
  return { ...ending, waitMs: (scenario.delayMs ?? (lateMs > 0 ? 0 : thinkingMs(random))) + lateMs }
}
