import { z } from 'zod'
import type { Clock } from '../../core/base/clock.ts'
import type { FiscalBook, FiscalReceipt, Till } from '../../core/pay/fiscal.ts'
import { refundOf, saleOf } from '../../core/pay/tax.ts'
import { decide, type Handlers, write } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { telling } from '../../core/talk/view.ts'
import { overpaidOf } from '../booking/facts.ts'
import { bookingContext, bookingEffects } from '../booking/model.ts'
import { lineOf } from '../lines/index.ts'
import { paymentContext, paymentEffects } from '../payment/model.ts'

type Tx = Ledgered & { readonly receipts: FiscalBook }

/** What tax law calls each way to pay. */
const METHODS: Readonly<Record<string, FiscalReceipt['method']>> = {
  mtn: 'mobile_money',
  airtel: 'mobile_money',
  mpesa: 'mobile_money',
  stripe: 'card',
  satim: 'card',
  credit: 'credit',
}

/** What was signed, in few words, to who paid for the booking that it is about. */
export const taxReceiptParams = z.object({ text: z.string() })

/**
 * Tax receipts of what was sold and of what was given back. A sale's id is its booking's and a refund's its payment's,
 * so there is one of each however often it is asked for. Without a till there are none.
 */
export function receiptHandlers({ till, clock }: { till?: Till | null; clock: Clock }): Handlers<Tx> {
  return {
    receipt: write('bulk', bookingEffects.receipt, async (sold, { about }, tx: Tx) => {
      if (!till || !about || sold.money.amountMinor === 0) return undefined
      const { line, money, at } = sold
      const method = sold.payment === null ? 'cash' : await methodOf(tx, sold.payment)
      // The device signs francs; what is sold elsewhere is another authority's.
      if (money.currency !== 'RWF') return undefined
      const parts = [{ service: lineOf(line).taxedAs, amountMinor: money.amountMinor }]
      const receipt = saleOf(await till.taxes.inForce(at), { id: about.id, at, method, parts })
      await tx.receipts.queue(till.device, receipt, clock.now())
      return undefined
    }),
    refundReceipt: write('bulk', paymentEffects.refundReceipt, async (back, { about }, tx: Tx) => {
      if (!till || !about || !(await isPaidBy(tx, back.booking, about.id))) return undefined
      const sale = await tx.receipts.find(back.booking)
      if (!sale && (await tx.receipts.isAwaited(back.booking)))
        throw new Error(`the sale ${back.booking} has no receipt yet`)
      const [sold] = sale?.lines ?? []
      if (!sale || !sold) return undefined
      const parts = [{ service: sold.service, amountMinor: back.money.amountMinor }]
      const receipt = refundOf(sale, { id: about.id, at: back.at, parts })
      await tx.receipts.queue(till.device, receipt, clock.now())
      return undefined
    }),
    taxReceipt: decide('message', taxReceiptParams, async ({ text }, { about }, draft) => {
      const booking = about && (await draft.get(about))
      if (!booking) return undefined
      // The same in every language, as RRA words it.
      const shown = telling({ kind: 'tell', id: 'taxReceipt', say: text, next: 'end' }, 'en')
      const said = { to: booking.owner, channel: 'sms', shown, purpose: 'receipt' }
      draft.errand('speak', said, about, clock.now())
      return undefined
    }),
  }
}

async function methodOf(tx: Tx, id: string): Promise<FiscalReceipt['method']> {
  const payment = await tx.instance({ flow: 'payment', id })
  return METHODS[payment ? paymentContext.parse(payment.context).provider : ''] ?? 'other'
}

/** A payment that came too late, or twice, goes back too, and what was beyond the price; but nothing was sold for it. */
async function isPaidBy(tx: Tx, id: string, payment: string): Promise<boolean> {
  const booking = await tx.instance({ flow: 'booking', id })
  if (!booking) return false
  const context = bookingContext.parse(booking.context)
  return context.paid && context.payment === payment && overpaidOf(context).amountMinor === 0
}
