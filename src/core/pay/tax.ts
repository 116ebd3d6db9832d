import type { Instant } from '../base/clock.ts'
import {
  type Buyer,
  type FiscalLine,
  type FiscalReceipt,
  fiscalReceipt,
  type RefundReason,
  TAX_CLASSES,
  type TaxClass,
  type TaxLaw,
} from './fiscal.ts'

/** One service and what was paid for it, tax included, in whole francs. */
export type Part = { readonly service: string; readonly amountMinor: number }

/**
 * The tax inside an amount, half up to the hundredth of a franc: `taxIn(200_000, 1800)` is 3_050_847, which is
 * 200,000 × 18/118 (RRA's certification sheet, point 47).
 */
export function taxIn(amountMinor: number, rateBp: number): number {
  const rate = BigInt(rateBp)
  const whole = 10_000n + rate
  return Number((200n * BigInt(amountMinor) * rate + whole) / (2n * whole))
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

/** Totals are sums of the lines, never rounded anew. */
function totalsOf(lines: readonly FiscalLine[], ratesBp: Readonly<Record<TaxClass, number>>) {
  const classTotal = (taxClass: TaxClass) => {
    const own = lines.filter((line) => line.taxClass === taxClass)
    return {
      rateBp: ratesBp[taxClass],
      amountMinor: sum(own, (line) => line.amountMinor),
      taxHundredths: sum(own, (line) => line.taxHundredths),
    }
  }
  return {
    classes: Object.fromEntries(TAX_CLASSES.map((taxClass) => [taxClass, classTotal(taxClass)])),
    amountMinor: sum(lines, (line) => line.amountMinor),
    taxHundredths: sum(lines, (line) => line.taxHundredths),
  }
}

/**
 * The receipt of a sale by the law in force at `at`.
 * @throws Error for a service the law table does not know, one named twice, or an amount that is not positive
 */
export function saleOf(
  law: TaxLaw,
  sale: {
    readonly id: string
    readonly at: Instant
    readonly method: FiscalReceipt['method']
    readonly buyer?: Buyer | null
    readonly parts: readonly Part[]
  },
): FiscalReceipt {
  assertOnce(sale.id, sale.parts)
  const lines = sale.parts.map(({ service, amountMinor }): FiscalLine => {
    const treatment = law.services.get(service)
    if (!treatment) throw new Error(`the service ${service} has no tax class`)
    return {
      service,
      ...treatment,
      amountMinor,
      taxHundredths: taxIn(amountMinor, law.ratesBp[treatment.taxClass]),
    }
  })
  return fiscalReceipt.parse({
    id: sale.id,
    kind: 'sale',
    of: null,
    reason: null,
    at: sale.at,
    currency: 'RWF',
    method: sale.method,
    buyer: sale.buyer ?? null,
    lines,
    ...totalsOf(lines, law.ratesBp),
  })
}

/**
 * The receipt of a refund, by the law that the sale was made under. Numbers stay positive.
 * @param refund.parts what of each service goes back; the whole sale when left out
 * @throws Error when `sale` is none, or a part is larger than what was sold
 */
export function refundOf(
  sale: FiscalReceipt,
  refund: {
    readonly id: string
    readonly at: Instant
    readonly reason?: RefundReason
    readonly parts?: readonly Part[]
  },
): FiscalReceipt {
  if (sale.kind !== 'sale') throw new Error(`${sale.id} is no sale`)
  const { A, B, C, D } = sale.classes
  const ratesBp = { A: A.rateBp, B: B.rateBp, C: C.rateBp, D: D.rateBp }
  const parts = refund.parts ?? sale.lines
  assertOnce(refund.id, parts)
  const lines = parts.map(({ service, amountMinor }): FiscalLine => {
    const sold = sale.lines.find((line) => line.service === service)
    if (!sold || amountMinor > sold.amountMinor) throw new Error(`${sale.id} sold less ${service} than that`)
    return { ...sold, amountMinor, taxHundredths: taxIn(amountMinor, ratesBp[sold.taxClass]) }
  })
  return fiscalReceipt.parse({
    ...sale,
    id: refund.id,
    kind: 'refund',
    of: sale.id,
    reason: refund.reason ?? 'refund',
    at: refund.at,
    lines,
    ...totalsOf(lines, ratesBp),
  })
}

function assertOnce(id: string, parts: readonly Part[]): void {
  if (new Set(parts.map(({ service }) => service)).size < parts.length)
    throw new Error(`fiscal receipt ${id} names a service twice`)
}

/** Whether refunds together give back no more of any service than was sold. */
export function isCovered(sale: FiscalReceipt, refunds: readonly FiscalReceipt[]): boolean {
  const back = refunds.flatMap(({ lines }) => lines)
  const backOf = (service: string) =>
    sum(
      back.filter((line) => line.service === service),
      (line) => line.amountMinor,
    )
  const isSold = (service: string) => sale.lines.some((line) => line.service === service)
  return (
    back.every(({ service }) => isSold(service)) &&
    sale.lines.every(({ service, amountMinor }) => backOf(service) <= amountMinor)
  )
}
