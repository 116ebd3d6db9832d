import { type Answer, type Call, json, type Reply } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { RUINS, ruin } from '../ruin.ts'
import type { Mischief, World } from '../simulator.ts'
import type { Access } from './access.ts'
import { expired } from './answers.ts'
import type { Movement, Movements } from './movements.ts'
import type { Signing } from './signing.ts'

/** What the products share. */
export interface Office {
  world: World
  access: Access
  signing: Signing
  ledger: Ledger<Movement>
  movements: Movements
  mischief: Mischief
}

/** What may go wrong with any request, besides the faults that every simulator knows; given as an `outcome`. */
export const TROUBLES = [...RUINS, 'token_expired'] as const

const tooMany: Answer = json(429, { status: { code: '429', message: 'Too Many Requests', success: false } })

/**
 * Does a request's work, unless a trouble or a fault is planned for it: an answer cut off in the middle (the work is
 * done), 429, or every token expired in that moment.
 */
export async function attend(
  { access, mischief }: Office,
  on: string,
  msisdn: string,
  effect: () => Reply | Promise<Reply>,
): Promise<Reply> {
  const planned = mischief.faults.peek(on, msisdn)?.outcome
  const trouble = TROUBLES.find((one) => one === planned)
  if (trouble) mischief.faults.plan(on, msisdn)
  if (trouble === 'token_expired') {
    access.expireAll()
    return expired
  }
  return ruin(trouble, () => mischief.guard(on, msisdn, effect), tooMany)
}

/** The answer to a call that may not pass: its token, its headers, its signature. */
export const refuse = ({ access, signing }: Office, call: Call, mismatch: string): Answer | undefined =>
  access.refuse(call) ?? signing.refuse(call, mismatch)
