import type { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'

const LATE_MS = 6 * 60_000
const DELAYED_MS = 30_000

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

type Ending = Pick<Plan, 'status'> & Partial<Plan>

const failed = (reason: string): Ending => ({ status: 'FAILED', reason })

/** Outcomes a scenario may name, for payments and refunds. */
export const ENDINGS: Readonly<Record<string, Ending>> = {
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

/** How long a payer who is not asked takes to approve, ms. */
export const thinkingMs = (random: Random): number => random.between(1_000, 2_000)

/** What a scenario makes of a payment. */
export function planned(scenario: Scenario, random: Random): Plan {
  const ending = ENDINGS[scenario.outcome ?? 'approve'] ?? failed('INTERNAL_PROCESSING_ERROR')
  const lateMs = scenario.outcome === 'late' ? (scenario.lateMs ?? LATE_MS) : 0
  return { ...ending, waitMs: (scenario.delayMs ?? (lateMs > 0 ? 0 : thinkingMs(random))) + lateMs }
}

/** An error answer of the wallet: HTTP status, and code for the body. */
export interface Fault {
  status: number
  code: string
}

const SANDBOX = '46733123'

const MAGIC: Readonly<Record<string, Ending & { afterMs?: number }>> = {
  450: failed('INTERNAL_PROCESSING_ERROR'),
  451: failed('APPROVAL_REJECTED'),
  452: failed('EXPIRED'),
  453: { status: 'PENDING' },
  454: { status: 'SUCCESSFUL', afterMs: DELAYED_MS },
  455: failed('PAYER_NOT_FOUND'),
  456: failed('PAYEE_NOT_ALLOWED_TO_RECEIVE'),
  463: failed('COULD_NOT_PERFORM_TRANSACTION'),
  464: failed('TRANSFER_TYPE_UNKNOWN'),
}

const MAGIC_FAULTS: Readonly<Record<string, Fault>> = {
  457: { status: 500, code: 'NOT_ALLOWED' },
  458: { status: 500, code: 'NOT_ALLOWED_TARGET_ENVIRONMENT' },
  459: { status: 500, code: 'INVALID_CALLBACK_URL_HOST' },
  460: { status: 500, code: 'INVALID_CURRENCY' },
  461: { status: 500, code: 'INTERNAL_PROCESSING_ERROR' },
  462: { status: 503, code: 'SERVICE_UNAVAILABLE' },
}

const HOLDER_FAULTS: Readonly<Record<string, Fault>> = {
  450: { status: 404, code: 'RESOURCE_NOT_FOUND' },
  452: { status: 500, code: 'NOT_ALLOWED' },
  453: { status: 500, code: 'NOT_ALLOWED_TARGET_ENVIRONMENT' },
  454: { status: 500, code: 'INTERNAL_PROCESSING_ERROR' },
  455: { status: 503, code: 'SERVICE_UNAVAILABLE' },
}

const serial = (msisdn: string) => (msisdn.startsWith(SANDBOX) ? msisdn.slice(SANDBOX.length) : '')

/** The provider's test identities 46733123450 to …464 (momodeveloper.mtn.com, "Testing"); undefined for others. */
export function magicPlan(msisdn: string, random: Random): Plan | undefined {
  const ending = MAGIC[serial(msisdn)]
  return ending && { ...ending, waitMs: ending.afterMs ?? thinkingMs(random) }
}

/** The test identities that are refused at once. */
export const magicFault = (msisdn: string): Fault | undefined => MAGIC_FAULTS[serial(msisdn)]

/** What asking whether a test identity is active answers: an error, or false for the inactive one. */
export const magicHolder = (msisdn: string): Fault | false | undefined =>
  serial(msisdn) === '451' ? false : HOLDER_FAULTS[serial(msisdn)]

const MAGIC_REFUNDS: Readonly<Record<string, Ending | Fault>> = {
  1: failed('RESOURCE_NOT_FOUND'),
  2: failed('INTERNAL_PROCESSING_ERROR'),
  3: failed('APPROVAL_REJECTED'),
  4: failed('EXPIRED'),
  5: { status: 'PENDING' },
  6: { status: 'SUCCESSFUL', waitMs: DELAYED_MS },
  7: { status: 500, code: 'NOT_ALLOWED' },
  8: { status: 500, code: 'NOT_ALLOWED_TARGET_ENVIRONMENT' },
  9: { status: 500, code: 'INVALID_CALLBACK_URL_HOST' },
  10: { status: 500, code: 'INVALID_CURRENCY' },
  11: { status: 500, code: 'INTERNAL_PROCESSING_ERROR' },
  12: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  13: failed('COULD_NOT_PERFORM_TRANSACTION'),
}

/** The test values 1 to 13 of `referenceIdToRefund`. */
export function magicRefund(referenceIdToRefund: string, random: Random): Plan | Fault | undefined {
  const magic = MAGIC_REFUNDS[referenceIdToRefund]
  return magic && ('code' in magic ? magic : { waitMs: thinkingMs(random), ...magic })
}
