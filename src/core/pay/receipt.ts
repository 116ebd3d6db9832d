import { type FiscalSignature, type NumberedReceipt, TAX_CLASSES, type TaxClass } from './fiscal.ts'
import { stampOf } from './stamp.ts'

/** Columns of a printed receipt: a till roll of 58 to 80 mm. */
const WIDTH = 42

const RULE = '-'.repeat(WIDTH)
const NOT_OFFICIAL = 'THIS IS NOT AN OFFICIAL RECEIPT'

const METHODS = {
  cash: 'CASH',
  credit: 'CREDIT',
  card: 'CARD',
  mobile_money: 'MOBILE MONEY',
  other: 'OTHER',
} as const

/** Who sells, as it stands at the head of a receipt. */
export type Seller = { readonly tin: string; readonly name: string; readonly address: string }

/** A receipt that may be printed. */
export type Signed = {
  readonly receipt: NumberedReceipt
  readonly signature: FiscalSignature
  /** The device's number of the sale that a refund is of; null when there is none, or it was never seen. */
  readonly ofReceiptNo: number | null
}

/** `1234567` hundredths → `12,345.67`. */
const decimal = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}`.replace(/\B(?=(\d{3})+(?!\d))/g, ',') +
  `.${String(hundredths % 100).padStart(2, '0')}`

/** Grouped by four: `ISO5-EIP5-E7HD-ZCJC`. */
const dashed = (text: string): string => text.replace(/.{4}(?=.)/g, '$&-')

const pair = (left: string, right: string): string =>
  `${left.slice(0, WIDTH - right.length - 1).padEnd(WIDTH - right.length)}${right}`

const centred = (text: string): string => {
  const kept = text.slice(0, WIDTH)
  return ' '.repeat(Math.floor((WIDTH - kept.length) / 2)) + kept
}

const dayOf = (stamp: string): string => stamp.replace(/^(\d{4})(\d\d)(\d\d).*/, '$3/$2/$1')
const hourOf = (stamp: string): string => stamp.replace(/^\d{8}(\d\d)(\d\d)(\d\d)$/, '$1:$2:$3')

/** `NS` normal sale, `NR` normal refund, `CS` and `CR` copies of them. */
const labelOf = (receipt: NumberedReceipt, isCopy: boolean): string =>
  (isCopy ? 'C' : 'N') + (receipt.kind === 'refund' ? 'R' : 'S')

/**
 * What the QR code of a receipt says: `ddmmyyyy#hhmmss#sdcId#rcptNo#intrlData#rcptSign` (RRA, CIS specification
 * of 2018, 7.24.7).
 */
export function qrPayload({ signedAt, sdcId, receiptNo, internalData, signature }: FiscalSignature): string {
  const stamp = stampOf(signedAt)
  const day = dayOf(stamp).replaceAll('/', '')
  return [day, stamp.slice(8), sdcId, receiptNo, internalData, signature].join('#')
}

/**
 * The receipt as lines of at most 42 signs (RRA, CIS specification of 2018, 7.22 to 7.27). Amounts of a refund bear a
 * minus. The logo and the QR code, which stand beside them, are pictures.
 * @param isCopy for every print after the first
 */
export function printedReceipt(seller: Seller, signed: Signed, isCopy = false): string[] {
  return [
    ...headOf(seller, signed, isCopy),
    RULE,
    ...amountsOf(signed.receipt),
    ...(isCopy ? [RULE, centred('COPY'), centred(NOT_OFFICIAL)] : []),
    RULE,
    ...deviceBlock(signed, isCopy),
  ]
}

function headOf(seller: Seller, { receipt, ofReceiptNo }: Signed, isCopy: boolean): string[] {
  const { buyer, ofInvoiceNo } = receipt
  const original = `REF. NORMAL RECEIPT#: ${ofReceiptNo ?? `invoice ${ofInvoiceNo}`}`
  return [
    centred(seller.name),
    centred(seller.address),
    centred(`TIN: ${seller.tin}`),
    ...(isCopy ? [centred('COPY')] : []),
    ...(receipt.kind === 'refund' ? [RULE, centred('REFUND'), original] : []),
    ...(buyer ? [RULE, `CLIENT ID: ${buyer.tin}`] : []),
  ]
}

function amountsOf(receipt: NumberedReceipt): string[] {
  const sign = receipt.kind === 'refund' ? '-' : ''
  const money = (hundredths: number) => (hundredths > 0 ? sign : '') + decimal(hundredths)
  const amount = (minor: number) => money(minor * 100)
  const ofClass = (taxClass: TaxClass): string[] => {
    const total = receipt.classes[taxClass]
    if (total.rateBp === 0 && total.amountMinor === 0) return []
    const name = taxClass === 'A' ? 'A-EX' : `${taxClass}-${decimal(total.rateBp)}%`
    const taxed = total.rateBp > 0 ? [pair(`TOTAL TAX ${taxClass}`, money(total.taxHundredths))] : []
    return [pair(`TOTAL ${name}`, amount(total.amountMinor)), ...taxed]
  }
  return [
    ...receipt.lines.map((line) => pair(line.name, `${amount(line.amountMinor)} ${line.taxClass}`)),
    RULE,
    pair('TOTAL', amount(receipt.amountMinor)),
    ...TAX_CLASSES.flatMap(ofClass),
    pair('TOTAL TAX', money(receipt.taxHundredths)),
    pair(METHODS[receipt.method], amount(receipt.amountMinor)),
    pair('ITEMS NUMBER', String(receipt.lines.length)),
  ]
}

function deviceBlock({ receipt, signature }: Signed, isCopy: boolean): string[] {
  const [signed, made] = [stampOf(signature.signedAt), stampOf(receipt.at)]
  return [
    'SDC INFORMATION',
    `Date: ${dayOf(signed)} Time: ${hourOf(signed)}`,
    `SDC ID: ${signature.sdcId}`,
    `RECEIPT NUMBER: ${signature.receiptNo}/${signature.totalNo} ${labelOf(receipt, isCopy)}`,
    'Internal Data:',
    dashed(signature.internalData),
    'Receipt Signature:',
    dashed(signature.signature),
    RULE,
    `RECEIPT NUMBER: ${receipt.invoiceNo}`,
    `Date: ${dayOf(made)} Time: ${hourOf(made)}`,
    `MRC: ${signature.mrcNo}`,
  ]
}

/**
 * The receipt in one text message: at most 160 signs of GSM-7 for every signature as documented. Not a substitute
 * for the printed one, but enough to find it by.
 */
export function shortReceipt({ receipt, signature }: Pick<Signed, 'receipt' | 'signature'>): string[] {
  const sign = receipt.kind === 'refund' ? '-' : ''
  const label = labelOf(receipt, false)
  return [
    `EBM ${signature.receiptNo}/${signature.totalNo} ${label} ${dayOf(stampOf(signature.signedAt))}`,
    `RWF ${sign}${decimal(receipt.amountMinor * 100)} tax ${receipt.taxHundredths > 0 ? sign : ''}${decimal(receipt.taxHundredths)}`,
    `${signature.sdcId} ${dashed(signature.signature)}`,
  ]
}
