import type { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'

const WINDOW_MS = 3 * 60_000
const LONG_MS = 4 * 60_000
const LATE_MS = 6 * 60_000
const REVIVED_MS = 2 * 60_000

/** Success, failed, expired, in progress; `TA` (ambiguous) and `TX` (no letter of Airtel's) are only ever shown. */
export type Letter = 'TS' | 'TF' | 'TE' | 'TIP'

/** One turn in the life of a movement: `code` is the last four digits of its response code. */
interface Step {
  afterMs?: number
  letter: Letter
  code?: string
}

/** Where a movement is going. Without steps it stays in progress for ever. */
export interface Plan {
  steps: readonly Step[]
  /** What enquiries are told once it has ended, whatever is true. */
  shown?: 'TA' | 'TX'
  /** No callback is ever sent. */
  silent?: boolean
  /** How many times the callback comes. */
  copies?: number
  badHash?: boolean
  /** The request is answered with 408 though it was taken. */
  timesOut?: boolean
}

const failed = (code: string): Plan => ({ steps: [{ letter: 'TF', code }] })
const EXPIRED: Step = { afterMs: WINDOW_MS, letter: 'TE', code: '1029' }
const PAID: Step = { letter: 'TS' }

/** What a scenario may say of a collection. */
export const COLLECTIONS: Readonly<Record<string, Plan>> = {
  approve: { steps: [PAID] },
  silent: { steps: [PAID], silent: true },
  twice: { steps: [PAID], copies: 2 },
  bad_hash: { steps: [PAID], badHash: true },
  timeout: { steps: [PAID], timesOut: true },
  late: { steps: [{ letter: 'TS', afterMs: LATE_MS }] },
  ongoing: { steps: [] },
  ambiguous: { steps: [PAID], shown: 'TA', silent: true },
  odd: { steps: [PAID], shown: 'TX', silent: true },
  revived: { steps: [EXPIRED, { letter: 'TS', afterMs: REVIVED_MS }] },
  expire: { steps: [EXPIRED] },
  decline: failed('1008'),
  insufficient: failed('1007'),
  wrong_pin: failed('1002'),
  limit: failed('1003'),
  no_pin: failed('1005'),
  unheard_of: failed('1099'),
}

/** And of a disbursement; its codes are of another list. */
export const DISBURSEMENTS: Readonly<Record<string, Plan>> = {
  approve: { steps: [PAID] },
  timeout: { steps: [PAID], timesOut: true },
  late: { steps: [{ letter: 'TS', afterMs: LATE_MS }] },
  ongoing: { steps: [] },
  ambiguous: { steps: [PAID], shown: 'TA' },
  expire: { steps: [{ ...EXPIRED, code: '1014' }] },
  insufficient: failed('1007'),
  bad_number: failed('1012'),
  fail: failed('1005'),
  timed_out: failed('1014'),
}

/** And of a full refund. */
export const REFUNDS: Readonly<Record<string, Plan>> = {
  approve: { steps: [PAID] },
  late: { steps: [{ letter: 'TS', afterMs: LATE_MS }] },
  ongoing: { steps: [] },
  fail: failed('1005'),
}

/** How long a payer who is not asked takes to approve, ms. */
export const thinkingMs = (random: Random): number => random.between(1_000, 2_000)

/** What a scenario makes of a movement: its first turn comes after `delayMs`, or `defaultMs`. */
export function planned(
  plans: Readonly<Record<string, Plan>>,
  { outcome, delayMs }: Scenario,
  defaultMs: number,
): Plan {
  const plan = plans[outcome ?? ''] ?? { steps: [PAID] }
  const [first, ...rest] = plan.steps
  if (!first) return plan
  return { ...plan, steps: [{ ...first, afterMs: delayMs ?? first.afterMs ?? defaultMs }, ...rest] }
}

/** Our own invention, for Airtel publishes no test numbers: the last three digits of the payer's. */
const MAGIC: Readonly<Record<string, string>> = {
  '001': 'insufficient',
  '002': 'wrong_pin',
  '003': 'expire',
  '004': 'ambiguous',
  '005': 'late',
  '006': 'silent',
  '007': 'twice',
  '008': 'revived',
  '009': 'timeout',
  '010': 'bad_hash',
}

/** What becomes of a collection from one of those numbers; undefined for others. */
export function magicPlan(msisdn: string, defaultMs: number): Plan | undefined {
  const outcome = MAGIC[msisdn.slice(-3)]
  if (outcome === undefined) return undefined
  const delayMs = outcome === 'late' ? LONG_MS : undefined
  return planned(
    COLLECTIONS,
    { subject: msisdn, outcome, delayMs, after: false, count: 1, status: 500 },
    defaultMs,
  )
}
