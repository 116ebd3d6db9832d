import type { Happening, Role } from '../../core/run/flow.ts'
import type { Prompt, Reply } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { say, type WordKey } from '../words/index.ts'
import { type News, wordsOf } from './changes.ts'
import type { EscrowContext } from './model.ts'

const NEWS: Readonly<Record<string, News>> = {
  disputed: 'escrowDisputed',
  released: 'escrowReleased',
  returned: 'escrowReturned',
  ruled: 'escrowRuled',
}

/** Only the payer is asked anything, and only whether all is well. */
const isAsked = (state: string, role: Role): boolean => state === 'claimed' && role === 'traveller'

/** What there is to see of it. */
export function escrowScreen(state: string, context: EscrowContext, role: Role, language: string): Prompt {
  const words = wordsOf(context, role)
  if (!isAsked(state, role)) {
    const key = NEWS[state] ?? (role === 'driver' ? 'escrowHeld' : 'escrowWaits')
    return { kind: 'tell', id: state, say: say(language, key, words), next: 'wait' }
  }
  const option = (value: string, key: Extract<WordKey, 'allIsWell' | 'notDelivered'>) =>
    choice(value, key, say(language, key))
  return {
    kind: 'choose',
    id: state,
    say: say(language, 'escrowClaimed', words),
    options: [option('yes', 'allIsWell'), option('no', 'notDelivered')],
  }
}

/** What the payer's answer means. */
export function hearPayer(state: string, reply: Reply, role: Role): Happening | undefined {
  if (!isAsked(state, role) || reply.kind !== 'answer') return undefined
  if (reply.value === 'yes') return { type: 'CONFIRM' }
  return reply.value === 'no' ? { type: 'DISPUTE', why: 'not delivered as agreed' } : undefined
}
