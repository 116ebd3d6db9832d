import type { Instant } from '../../core/base/clock.ts'
import { formatMoney, type Money } from '../../core/base/money.ts'
import type { Seller } from '../../core/pay/receipt.ts'
import { paper } from './paper.ts'

/** An invoice as it is printed. */
export type PrintedInvoice = {
  readonly number: string
  readonly seller: Seller
  /** The number it is paid from, and whose account it is. */
  readonly customer: string
  readonly account: string
  readonly code: string
  readonly issuedAt: Instant
  readonly issuedOn: string
  readonly dueOn: string
  readonly lines: readonly { readonly what: string; readonly amountMinor: number }[]
  readonly money: Money
  readonly openMinor: number
}

/** An invoice to be handed on: A4. It is no tax receipt; those come from the tax device. @returns the file's bytes */
export function invoicePdf({ number, seller, money, ...invoice }: PrintedInvoice): Promise<Buffer> {
  const lines = [
    `${seller.name}, ${seller.address}, TIN ${seller.tin}`,
    `Invoice ${number} of ${invoice.issuedOn}, to be paid by ${invoice.dueOn}`,
    `${invoice.customer}, ${invoice.account}`,
  ]
  const amount = (amountMinor: number) => formatMoney({ ...money, amountMinor })
  return paper({ title: `Invoice ${number}`, at: invoice.issuedAt, lines }, (row, boldRow) => {
    for (const { what, amountMinor } of invoice.lines) row(invoice.code, what, '', amount(amountMinor))
    boldRow('', 'Total', '', amount(money.amountMinor))
    if (invoice.openMinor !== money.amountMinor)
      row('', 'Paid or credited', '', amount(money.amountMinor - invoice.openMinor))
    boldRow('', 'To be paid', '', amount(invoice.openMinor))
    row('', 'This is not a tax receipt.', '', '')
  })
}
