import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../../core/base/http.ts'
import {
  type FiscalLine,
  type FiscalUpdate,
  fiscalSignature,
  type NumberedReceipt,
  type RefundReason,
  TAX_CLASSES,
} from '../../../core/pay/fiscal.ts'
import type { Seller } from '../../../core/pay/receipt.ts'
import { instantOf, stampOf } from '../../../core/pay/stamp.ts'
import { meaningOf } from './codes.ts'

/**
 * `vsdc` is the service that we run ourselves beside the gateway; `osdc` the one that RRA runs, which wants its key
 * in every body and tells the device's numbers only when it is initialised.
 */
export type Profile =
  | { readonly kind: 'vsdc' }
  | { readonly kind: 'osdc'; readonly cmcKey: string; readonly sdcId: string; readonly mrcNo: string }

export const SALE_PATH = { vsdc: '/trnsSales/saveSales', osdc: '/saveTrnsSalesOsdc' } as const

/** Code class 07. */
const METHODS = { cash: '01', credit: '02', card: '05', mobile_money: '06', other: '07' } as const

/** Code class 32; the documents know thirteen, of which a journey needs four. */
const REASONS: Readonly<Record<RefundReason, string>> = {
  refund: '06',
  wrong_price: '09',
  wrong_item: '11',
  other: '13',
}

/** As long as an amount has at most 15 digits its JSON shows exactly these decimals. */
const decimal = (hundredths: number): number => hundredths / 100

const WHO = { regrId: 'inzira', regrNm: 'inzira', modrId: 'inzira', modrNm: 'inzira' } as const

/**
 * Body of a sale or a refund (RRA VSDC v1.0.5 saveSales, OSDC v1.0.1 saveTrnsSalesOsdc). Numbers are positive in
 * refunds too. Nothing in it tells who travelled.
 * @param branch `bhfId`, two digits
 */
export function saleBody(
  seller: Seller & { readonly branch: string },
  profile: Profile,
  receipt: NumberedReceipt,
): string {
  const made = stampOf(receipt.at)
  const custTin = receipt.buyer?.tin ?? null
  return JSON.stringify({
    tin: seller.tin,
    bhfId: seller.branch,
    ...(profile.kind === 'osdc' && { cmcKey: profile.cmcKey }),
    invcNo: receipt.invoiceNo,
    orgInvcNo: receipt.ofInvoiceNo ?? 0,
    custTin,
    prcOrdCd: receipt.buyer?.purchaseCode ?? null,
    custNm: null,
    salesTyCd: 'N',
    rcptTyCd: receipt.kind === 'refund' ? 'R' : 'S',
    pmtTyCd: METHODS[receipt.method],
    salesSttsCd: '02',
    cfmDt: made,
    salesDt: made.slice(0, 8),
    stockRlsDt: null,
    cnclReqDt: null,
    cnclDt: null,
    rfdDt: receipt.kind === 'refund' ? made : null,
    rfdRsnCd: receipt.reason && REASONS[receipt.reason],
    totItemCnt: receipt.lines.length,
    ...classTotals(receipt),
    totTaxblAmt: receipt.amountMinor,
    totTaxAmt: decimal(receipt.taxHundredths),
    totAmt: receipt.amountMinor,
    prchrAcptcYn: 'N',
    remark: null,
    ...WHO,
    receipt: {
      custTin,
      custMblNo: null,
      rptNo: 1,
      trdeNm: seller.name,
      adrs: seller.address,
      topMsg: null,
      btmMsg: null,
      prchrAcptcYn: 'N',
    },
    itemList: receipt.lines.map(itemOf),
  })
}

const classTotals = ({ classes }: NumberedReceipt): object =>
  Object.fromEntries(
    TAX_CLASSES.flatMap((name) => [
      [`taxblAmt${name}`, classes[name].amountMinor],
      [`taxRt${name}`, decimal(classes[name].rateBp)],
      [`taxAmt${name}`, decimal(classes[name].taxHundredths)],
    ]),
  )

/** Journeys are sold one by one and never at a discount: a price is what was paid. */
const itemOf = (line: FiscalLine, index: number): object => ({
  itemSeq: index + 1,
  itemCd: line.itemCode,
  itemClsCd: line.itemClass,
  itemNm: line.name,
  bcd: null,
  pkgUnitCd: 'NT',
  pkg: 1,
  qtyUnitCd: 'U',
  qty: 1,
  prc: line.amountMinor,
  splyAmt: line.amountMinor,
  dcRt: 0,
  dcAmt: 0,
  isrccCd: null,
  isrccNm: null,
  isrcRt: null,
  isrcAmt: null,
  taxTyCd: line.taxClass,
  taxblAmt: line.amountMinor,
  taxAmt: decimal(line.taxHundredths),
  totAmt: line.amountMinor,
})

export const Envelope = z.object({ resultCd: z.string(), data: z.unknown() })

/** OSDC writes its counters as strings. */
const count = z.union([z.int(), z.string().regex(/^\d{1,15}$/)]).transform(Number)
const moment = z.string().transform(instantOf)

const Signed = z.union([
  z
    .object({ rcptNo: count, vsdcRcptPbctDate: moment, sdcId: z.string(), mrcNo: z.string() })
    .transform(({ rcptNo: receiptNo, vsdcRcptPbctDate: signedAt, ...ids }) => ({
      receiptNo,
      signedAt,
      ...ids,
    })),
  z
    .object({ curRcptNo: count, sdcDateTime: moment })
    .transform(({ curRcptNo: receiptNo, sdcDateTime: signedAt }) => ({ receiptNo, signedAt })),
])
const Proof = z.object({ totRcptNo: count, intrlData: z.string(), rcptSign: z.string() })

/** What was sent: for the first time, or again after a doubt. */
export type Asked = 'issue' | 'inspect'

/**
 * What the answer to a sale means. A success whose signature cannot be read is `unknown`: asked again, the device
 * says 994. That code without an earlier request of ours means that the number is somebody else's.
 */
export function readSale(answer: HttpAnswer, asked: Asked, profile: Profile): FiscalUpdate {
  if (answer.kind === 'not_sent') return { status: 'not_sent' }
  const { data: said } = Envelope.safeParse(
    answer.kind === 'answer' && answer.status === 200 ? jsonOf(answer.body) : undefined,
  )
  if (!said) return { status: 'unknown', code: null }
  const code = said.resultCd.slice(0, 10)
  const meaning = meaningOf(said.resultCd)
  switch (meaning.kind) {
    case 'signed':
      return readSigned(said.data, profile) ?? { status: 'unknown', code }
    case 'duplicate':
      return { status: asked === 'inspect' ? 'unseen' : 'taken' }
    case 'refused':
      return { status: 'refused', fault: meaning.fault, code }
    case 'not_issued':
    case 'unknown':
      return { status: meaning.kind, code }
  }
}

function readSigned(data: unknown, profile: Profile): FiscalUpdate | undefined {
  const [head, proof] = [Signed.safeParse(data).data, Proof.safeParse(data).data]
  if (!head || !proof) return undefined
  const ids = profile.kind === 'osdc' ? { sdcId: profile.sdcId, mrcNo: profile.mrcNo } : {}
  const { data: signature } = fiscalSignature.safeParse({
    ...ids,
    ...head,
    totalNo: proof.totRcptNo,
    internalData: proof.intrlData,
    signature: proof.rcptSign,
  })
  return signature && { status: 'signed', signature }
}
