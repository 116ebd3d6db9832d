import type { Clock, Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

/** So long after a SIM card was changed, or money was sent another way, whoever did it may not be who they seem. */
export const COOL_DOWN_MS = 72 * 3_600_000

/** When the SIM card of a number was last changed; `unknown` while nobody has said. */
export type LastSwap = Instant | 'never' | 'unknown'

/** Networks' word on SIM cards. */
export interface SimSwaps {
  /** Asks where nobody has lately: who gets `unknown` asks again later. Never throws. */
  lastOf(person: Msisdn): Promise<LastSwap>
}

/** What was asked about a number last. */
export type SimCheck = {
  readonly askedAt: Instant
  /** Null until the answer has come. */
  readonly heardAt: Instant | null
  readonly swappedAt: Instant | null
}

/** Questions and answers as rows: an answer comes to any process of ours, or before we know what it is called. */
export interface SimChecks {
  newest(person: Msisdn): Promise<SimCheck | null>
  /** @param request the provider's name for it */
  asked(request: string, person: Msisdn, at: Instant): Promise<void>
  answered(request: string, swappedAt: Instant | null, at: Instant): Promise<void>
}

/** Where an account's money goes. */
export interface Payees {
  /** Since when it goes to that number; null where nobody ever changed it. */
  since(account: string, payee: Msisdn): Promise<Instant | null>
}

/** Why money waits: for so long, or, where nobody knows for how long, until it is known or a person says so. */
export type Wait = { readonly why: 'swapped' | 'unknown' | 'new payee'; readonly forMs: number | null }

/** Whether money may leave now. Null lets it go. */
export type Clearance = (payout: { readonly account: string; readonly payee: Msisdn }) => Promise<Wait | null>

/**
 * Money waits for `COOL_DOWN_MS` after a SIM card was changed, or after it was sent to somebody new; what nobody knows
 * is never taken for well.
 * @param numbers beginnings of those whose network tells of SIM cards; others are not asked about
 */
export const createClearance =
  (parts: {
    readonly swaps: SimSwaps
    readonly payees: Payees
    readonly numbers: readonly string[]
    readonly clock: Clock
  }): Clearance =>
  async ({ account, payee }) => {
    const isRecent = (at: Instant) => parts.clock.now() - at < COOL_DOWN_MS
    const waitFrom = (why: Wait['why'], at: Instant): Wait => ({
      why,
      forMs: at + COOL_DOWN_MS - parts.clock.now(),
    })
    const since = await parts.payees.since(account, payee)
    if (since !== null && isRecent(since)) return waitFrom('new payee', since)
    if (!parts.numbers.some((beginning) => payee.startsWith(beginning))) return null
    const last = await parts.swaps.lastOf(payee)
    if (last === 'unknown') return { why: 'unknown', forMs: null }
    return last !== 'never' && isRecent(last) ? waitFrom('swapped', last) : null
  }
