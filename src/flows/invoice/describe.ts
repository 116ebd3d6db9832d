import { z } from 'zod'
import type { Billing, Invoice } from '../../core/people/invoices.ts'
import { money } from '../effects.ts'
import { render } from '../words/index.ts'
import { openOf } from './changes.ts'
import { invoiceContext } from './model.ts'
import { invoiceScreen } from './screens.ts'

/** An invoice as programs see it. Moments are epoch ms, amounts in the currency's smallest unit. */
const shape = z.object({
  id: z.string(),
  number: z.string().meta({ description: 'Without gaps in its year, as `2026-000123`.' }),
  code: z.string().meta({ description: 'Digits by which people name it: those of the booking.' }),
  bookingId: z.string(),
  state: z.enum(['due', 'overdue', 'paying', 'checking', 'settled', 'cancelled', 'closed']).meta({
    description: 'While it is `checking` nobody may pay again.',
  }),
  money,
  open: money.meta({ description: 'What is still to be paid.' }),
  lines: z.array(z.object({ what: z.string(), amountMinor: z.int() })),
  issuedAt: z.number(),
  dueAt: z.number(),
  issuedOn: z.string().meta({ description: 'The day, as the operator’s calendar has it.' }),
  dueOn: z.string(),
  say: z.string().meta({ description: 'The state in words, in the language of the one who asks.' }),
})
type State = z.infer<typeof shape>['state']

/** Where an invoice stands, as its customer is told; what a person does about it is nobody else's business. */
const STATES: Readonly<Record<string, State>> = {
  due: 'due',
  overdue: 'overdue',
  collecting: 'overdue',
  settled: 'settled',
  cancelled: 'cancelled',
  writtenOff: 'closed',
}

function describe({ id, state, context: saved }: Invoice, language: string): z.infer<typeof shape> {
  const context = invoiceContext.parse(saved)
  const { number, code, booking, money: whole, issuedAt, dueAt, issuedOn, dueOn } = context
  return {
    id,
    number,
    code,
    bookingId: booking,
    state: STATES[state] ?? (context.unsure ? 'checking' : 'paying'),
    money: whole,
    open: openOf(context),
    lines: context.lines.map(({ what, amountMinor }) => ({ what: render(what, language), amountMinor })),
    issuedAt,
    dueAt,
    issuedOn,
    dueOn,
    say: invoiceScreen(state, context, language).say,
  }
}

/** Invoices for programs. */
export const invoiceBilling: Billing = { shape, describe }
