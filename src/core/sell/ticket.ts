import type { Instant } from '../base/clock.ts'
import { codeOf, isCode } from '../base/code.ts'
import type { Money } from '../base/money.ts'
import { clean } from '../talk/reading.ts'

/** A seat that is paid for, as it is shown to who lets people aboard. */
export type Ticket = {
  /** The booking's, with its check digit; and four digits that only its owner was sent. */
  readonly code: string
  readonly proof: string
  readonly from: string
  readonly to: string
  readonly leavesAt: Instant
  /** IANA; times are told by its clocks. */
  readonly zone: string
  readonly seats: readonly number[]
  readonly names: readonly string[]
  readonly price: Money
  /** The operator's name. */
  readonly partner: string
  readonly plate: string
  readonly soldAt: Instant
}

const PROOF_DIGITS = 4
/** A code's, the proof's and one to check. */
const DIGITS = /^([1-9]\d{2,11})(\d{5})$/

/**
 * What lets somebody aboard: the code, the proof, and a check digit, `5724` and `0381` as `572403810`. Both parts
 * carry a digit of Damm's, so every wrong digit and every swap of unlike neighbours is noticed, also where the parts
 * meet. A digit left out or typed twice may pass for another ticket: what it names must still be looked up.
 * @throws RangeError when the code is none of ours, or the proof is not four digits
 */
export function ticketDigits(code: string, proof: string): string {
  if (!isTicketCode(code)) throw new RangeError('a ticket needs a code with its check digit')
  if (!/^\d{4}$/.test(proof)) throw new RangeError('a ticket needs a proof of four digits')
  // Noughts in front do not change Damm's digit.
  return code + codeOf(Number(proof)).padStart(PROOF_DIGITS + 1, '0')
}

/** What a conductor types, in any grouping; null when we cannot have given it. */
export function readTicket(text: string): { readonly code: string; readonly proof: string } | null {
  const digits = clean(text).replace(/[ .-]/g, '')
  const [, code = '', checked = ''] = DIGITS.exec(digits) ?? []
  if (!isTicketCode(code) || !isCode(checked)) return null
  return { code, proof: checked.slice(0, PROOF_DIGITS) }
}

const isTicketCode = (code: string): boolean => isCode(code) && !code.startsWith('0')
