import { json, type Reply } from '../http.ts'
import type { Mischief } from '../simulator.ts'
import { type Access, fault } from './access.ts'

/** Outcomes of any request, for what the shared faults do not know. */
export const ANSWERS = ['truncated', 'tooMany', 'expired'] as const

/**
 * The shared guard, and before it: an answer cut in half (the effect is done), one request too many (429), and every
 * token gone from now on.
 */
export function createGuard({ faults, guard }: Mischief, access: Access): Mischief['guard'] {
  return async (on, subject, effect) => {
    const planned = ANSWERS.find((answer) => answer === faults.peek(on, subject)?.outcome)
    if (planned) faults.plan(on, subject)
    if (planned === 'tooMany')
      return json(429, { errorCode: '500.003.02', errorMessage: 'Spike arrest violation' })
    if (planned === 'expired') {
      access.forget()
      return fault(404, '404.001.03', 'Invalid Access Token')
    }
    return planned ? cut(await effect()) : guard(on, subject, effect)
  }
}

function cut(reply: Reply): Reply {
  if (typeof reply !== 'object' || reply.body === undefined) return reply
  return { ...reply, body: reply.body.slice(0, reply.body.length / 2) }
}
