import { isRecord } from '../read.ts'

const CLASSES = ['A', 'B', 'C', 'D'] as const
const RATES: Readonly<Record<string, number>> = { A: 0, B: 1800, C: 0, D: 0 }
const MAX_ITEMS = 200

type Item = Readonly<Record<string, unknown>>

/** A number with at most two decimals as whole hundredths; undefined for anything else. */
function hundredths(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const whole = Math.round(value * 100)
  return Number.isSafeInteger(whole) && whole / 100 === value ? whole : undefined
}

/** Half up. `amount` in hundredths, `rate` in hundredths of a percent: 1800 takes 18/118. */
const taxOf = (amount: number, rate: number): number => {
  const [part, whole] = [BigInt(amount) * BigInt(rate), BigInt(10_000 + rate)]
  return Number((2n * part + whole) / (2n * whole))
}

/** Whether no number in it, however deep, is below zero. */
export function isPositive(value: unknown): boolean {
  if (typeof value === 'number') return value >= 0
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(isPositive)
}

/** What is wrong with the figures of a sale; undefined when everything adds up. */
export function wrongFigures(body: Item): string | undefined {
  const items = Array.isArray(body.itemList) ? body.itemList.filter(isRecord) : []
  if (items.length === 0 || items.length > MAX_ITEMS || body.totItemCnt !== items.length) return 'totItemCnt'
  const wrongItem = items.map(wrongInItem).find((wrong) => wrong !== undefined)
  return wrongItem ?? wrongInTotals(body, items)
}

function wrongInItem(item: Item, index: number): string | undefined {
  const at = (name: string) => hundredths(item[name])
  const [price, quantity, supply] = [at('prc'), at('qty'), at('splyAmt')]
  const [rate, discount, taxable] = [at('dcRt'), at('dcAmt'), at('taxblAmt')]
  if (item.itemSeq !== index + 1) return 'itemSeq'
  if (typeof item.itemCd !== 'string' || typeof item.itemClsCd !== 'string') return 'itemCd'
  if (typeof item.itemNm !== 'string' || item.itemNm === '') return 'itemNm'
  if (price === undefined || !quantity || supply === undefined) return 'qty'
  if (rate === undefined || discount === undefined || taxable === undefined) return 'dcAmt'
  if (supply * 100 !== price * quantity) return 'splyAmt'
  if ((rate === 0) !== (discount === 0) || discount !== Math.round((supply * rate) / 10_000)) return 'dcAmt'
  if (taxable !== supply - discount || at('totAmt') !== taxable) return 'taxblAmt'
  const percent = RATES[String(item.taxTyCd)]
  if (percent === undefined) return 'taxTyCd'
  return at('taxAmt') === taxOf(taxable, percent) ? undefined : 'taxAmt'
}

function wrongInTotals(body: Item, items: readonly Item[]): string | undefined {
  const sum = (name: string, of: readonly Item[]) =>
    of.reduce((total, item) => total + (hundredths(item[name]) ?? 0), 0)
  for (const name of CLASSES) {
    const own = items.filter(({ taxTyCd }) => taxTyCd === name)
    if (hundredths(body[`taxRt${name}`]) !== RATES[name]) return `taxRt${name}`
    if (hundredths(body[`taxblAmt${name}`]) !== sum('taxblAmt', own)) return `taxblAmt${name}`
    if (hundredths(body[`taxAmt${name}`]) !== sum('taxAmt', own)) return `taxAmt${name}`
  }
  if (hundredths(body.totTaxblAmt) !== sum('taxblAmt', items)) return 'totTaxblAmt'
  if (hundredths(body.totTaxAmt) !== sum('taxAmt', items)) return 'totTaxAmt'
  return hundredths(body.totAmt) === sum('totAmt', items) ? undefined : 'totAmt'
}
