import { daysAfter, localTime } from '../../core/base/calendar.ts'
import { CREDIT, type CreditOffice, numberOf } from '../../core/pay/credit.ts'
import type { Draft } from '../../core/run/draft.ts'
import type { InstanceRef } from '../../core/run/flow.ts'
import { decide, type Errand, type Handlers, write } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { bookingContext } from '../booking/model.ts'
import { lineOf } from '../lines/index.ts'
import { beginPayment, type PaymentWorld } from '../payment/effects.ts'
import { paymentContext, paymentEffects } from '../payment/model.ts'
import { billParams, type InvoiceInput, invoiceEffects } from './model.ts'

export type InvoiceWorld = PaymentWorld & {
  /** Whose calendar names the days and years of invoices, by the IANA's name. */
  readonly zone: string
}

type Tx = Ledgered & { readonly credit: CreditOffice }

/** An invoice is due at the end of the working day, and its reminders come at that hour too. */
const DUE_HOUR = 17

/** Each charge has one invoice, whose id says so. */
export const invoiceOf = (payment: string): InstanceRef & { readonly flow: 'invoice' } => ({
  flow: 'invoice',
  id: payment.replace(/^py_/, 'iv_'),
})

/** What invoices want done, and what charges on credit want of them. */
export function invoiceHandlers(world: InvoiceWorld): Handlers<Tx> {
  const { clock } = world
  // What is owed is not paid by owing it again.
  const providers = world.providers.filter(({ name }) => name !== CREDIT)
  return {
    payInvoice: decide('payment', invoiceEffects.payInvoice, async (params, { id, about }, draft) => {
      const invoice = about && (await draft.get(about))
      if (invoice?.state !== 'paying') return undefined
      const wanted = { ...params, flow: 'invoice', booking: invoice.id, root: invoice.root } as const
      const payment = await beginPayment({ ...world, providers }, draft, wanted, id)
      return payment === null
        ? { type: 'UNPAID', payment: null, fault: 'provider_down' }
        : { type: 'PAYING', payment, amountMinor: params.money.amountMinor }
    }),
    repay: write('payment', invoiceEffects.repay, async (came, { about }, tx: Tx) => {
      if (about) await tx.credit.repay({ invoice: about.id, ...came })
      return undefined
    }),
    stopCredit: write('payment', invoiceEffects.stopCredit, async ({ account }, _errand, tx: Tx) => {
      await tx.credit.stop(account)
      return undefined
    }),
    bill: write('payment', billParams, (params, errand, tx: Tx, draft) =>
      bill(world, params.booking, errand, tx, draft),
    ),
    credited: write(
      'payment',
      paymentEffects.credited,
      async ({ amountMinor }, { id, about }, tx: Tx, draft) => {
        if (!about) return undefined
        // In this order: an invoice that is opened between the two is found.
        const isAwaited = await tx.credit.isAwaited(about.id)
        const invoice = await tx.instance(invoiceOf(about.id))
        if (!invoice && isAwaited) throw new Error(`the charge ${about.id} has no invoice yet`)
        if (invoice) await draft.apply(invoice, { type: 'CREDITED', amountMinor }, id, clock.now())
        return undefined
      },
    ),
  }
}

/** Opens the invoice of a charge. Its number is taken last, for others wait for theirs until this is written. */
async function bill(
  { clock, zone }: InvoiceWorld,
  id: string,
  { id: cause, about }: Errand,
  tx: Tx,
  draft: Draft,
): Promise<undefined> {
  const [payment, booking] = [about && (await tx.instance(about)), await tx.instance({ flow: 'booking', id })]
  if (!about || !payment || !booking) throw new Error(`nothing to invoice: ${id}`)
  const ref = invoiceOf(about.id)
  if (await tx.instance(ref)) return undefined
  const { reference, owner, code, money } = paymentContext.parse(payment.context)
  const { line, given } = bookingContext.parse(booking.context)
  const account = await tx.credit.charged(reference)
  if (!account) throw new Error(`nobody was charged for ${about.id}`)
  const [issuedAt, day] = [clock.now(), localTime(zone, 'yyyy-MM-dd')]
  const due = daysAfter(issuedAt, { days: account.termsDays, hour: DUE_HOUR, zone })
  const year = Number(day(issuedAt).slice(0, 4))
  const no = await tx.credit.number(year, { id: ref.id, charge: reference })
  const input: InvoiceInput = {
    id: ref.id,
    number: numberOf(year, no),
    owner,
    code,
    account: account.id,
    payment: about.id,
    booking: id,
    money,
    lines: [{ what: lineOf(line).summary(given), amountMinor: money.amountMinor }],
    issuedAt,
    dueAt: due.at,
    issuedOn: day(issuedAt),
    dueOn: due.day,
  }
  draft.open(ref, { owner, code, root: booking.root, input }, cause, issuedAt)
  return undefined
}
