import type { PaymentContext } from './model.ts'

/** How long we wait for money, and how often we ask. */
export const LIMITS = {
  /** Requests that never left are made again this often. */
  sendTries: 5,
  /** "No such payment" is believed after this many checks in a row, */
  absentChecks: 2,
  /** and no sooner than this after the request: a provider may be slow to know its own. */
  absentAfterMs: 30_000,
  /** A lost request is made again, under the same reference, while the payer may still be waiting. */
  resendForMs: 300_000,
  /** A payer has so long to approve (MTN MoMo); whoever asks later hears that we are asking too. */
  approveMs: 300_000,
  /** After this the provider's statement, or a person, decides. */
  horizonMs: 24 * 3_600_000,
  /** A refund that is plainly refused is tried again for so long; then a person pays what we owe. */
  refundForMs: 72 * 3_600_000,
  /** An errand that was never answered is asked again. */
  errandMs: 60_000,
} as const

/** What was set aside is let go by an outcome or by a person, never by time, for it may have gone: ten years. */
export const HOLD_MS = 10 * 366 * 24 * 3_600_000

/** Between tries to give back. */
const REFUND_AGAIN_MIN = [1, 5, 15, 60, 240] as const
/** After a plain no, within a day: the wallet may have taken it all the same, and nobody told us. */
const LOOK_AGAIN_MIN = [5, 30, 120, 480, 805] as const
const EARLY_POLLS_S = [2, 4, 8, 15, 30] as const
const FAST_FOR_MS = 600_000
const HOURLY_AFTER_MS = 3_600_000

export const isOlderThan = (
  { startedAt }: Pick<PaymentContext, 'startedAt'>,
  at: number,
  ms: number,
): boolean => at - startedAt > ms

/**
 * Milliseconds until the next look: soon at first, then each minute for ten minutes, each five for an hour, each
 * thirty for a day; spread by a fifth either way, by the reference, so that many payments do not ask at once.
 */
export function pollDelayMs(polls: number, reference: string): number {
  const early = EARLY_POLLS_S[polls]
  const minutely = polls - EARLY_POLLS_S.length
  const plain =
    early !== undefined
      ? early * 1000
      : minutely * 60_000 < FAST_FOR_MS
        ? 60_000
        : minutely * 60_000 < HOURLY_AFTER_MS
          ? 300_000
          : 1_800_000
  const spread = (Number.parseInt(reference.slice(0, 4), 16) % 401) / 1000 - 0.2
  return Math.round(plain * (1 + (Number.isNaN(spread) ? 0 : spread)))
}

const minutes = (count: number | undefined): number | null => (count === undefined ? null : count * 60_000)

/** Whether a payment that was declined is asked after once more. */
export const mayLookAgain = ({ context }: { readonly context: PaymentContext }): boolean =>
  context.secondLooks < LOOK_AGAIN_MIN.length

const refundAgainMs = (tries: number): number => (REFUND_AGAIN_MIN[tries] ?? 240) * 60_000

/** Deadlines of the payment's states; null where only somebody else can move it. */
export function paymentDeadlineMs(
  state: string,
  { polls, reference, refundTries, secondLooks }: PaymentContext,
): number | null {
  if (state === 'declined') return minutes(LOOK_AGAIN_MIN[secondLooks])
  if (state === 'refused') return refundAgainMs(refundTries)
  if (state === 'pending' || state === 'returning' || state === 'unsent') return pollDelayMs(polls, reference)
  if (['submitting', 'checking', 'refunding', 'checkingRefund'].includes(state)) return LIMITS.errandMs
  return null
}
