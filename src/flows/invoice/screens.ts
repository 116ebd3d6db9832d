import type { Happening } from '../../core/run/flow.ts'
import type { Prompt, Reply } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { render, say, type WordKey } from '../words/index.ts'
import { words } from './changes.ts'
import type { InvoiceContext } from './model.ts'

const OWED = new Set(['due', 'overdue', 'collecting'])
const ENDED: Readonly<Record<string, WordKey>> = {
  settled: 'invoicePaid',
  cancelled: 'invoiceCancelled',
  writtenOff: 'invoiceClosed',
}

/** The customer's screen in each state. */
export function invoiceScreen(state: string, context: InvoiceContext, language: string): Prompt {
  const args = words(context)
  const ended = ENDED[state]
  if (ended) return { kind: 'tell', id: state, say: render({ key: ended, args }, language), next: 'end' }
  if (!OWED.has(state)) {
    const text = context.unsure ? say(language, 'checking') : say(language, 'paying', args)
    return { kind: 'tell', id: state, say: text, next: 'wait' }
  }
  if (context.fault !== null) {
    const why = render({ key: context.fault, args: {} }, language)
    const options = [choice('pay', 'tryAgain', say(language, 'tryAgain'))]
    return { kind: 'choose', id: 'invoiceUnpaid', say: say(language, 'unpaid', { ...args, why }), options }
  }
  const key = state === 'due' ? 'invoiceDue' : 'invoiceLate'
  const options = [choice('pay', 'payNow', say(language, 'payNow'))]
  return { kind: 'tell', id: 'invoice', say: say(language, key, args), next: 'wait', options }
}

/** What a customer's reply means where the invoice stands. */
export const hearCustomer = (state: string, reply: Reply): Happening | undefined =>
  OWED.has(state) && reply.kind === 'answer' && reply.value === 'pay' ? { type: 'PAY' } : undefined
