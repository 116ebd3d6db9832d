import { isRecord } from '../read.ts'
import type { Device, Devices, Receipt } from './device.ts'
import { isPositive, wrongFigures } from './figures.ts'
import { isStamp } from './sign.ts'

type Body = Readonly<Record<string, unknown>>

/** A result code of the documents, with what is wrong for the developer to read. */
export interface No {
  code: string
  message: string
}

const no = (code: string, message: string): No => ({ code, message })

const REASON = /^(?:0[1-9]|1[0-3])$/
const PURCHASE_CODE = /^[A-Za-z0-9]{6}$/

/**
 * Signs a sale or a refund, or says why not. The order of the checks is ours; the rules are RRA's: numbers go up and
 * never come twice, figures add up, no number is negative, a refund follows its sale, a business has a purchase code.
 */
export function receive(devices: Devices, device: Device, body: Body): Receipt | No {
  const { invcNo, orgInvcNo, rcptTyCd } = body
  if (typeof invcNo !== 'number' || !Number.isSafeInteger(invcNo) || invcNo < 1) return no('910', 'invcNo')
  if (rcptTyCd !== 'S' && rcptTyCd !== 'R') return no('910', 'rcptTyCd')
  if (typeof orgInvcNo !== 'number') return no('910', 'orgInvcNo')
  const receipts = devices.receiptsOf(device)
  if (receipts.some((receipt) => receipt.invcNo === invcNo)) return no('994', 'There is an overlapped data')
  if (invcNo <= device.lastInvcNo) return no('910', 'invcNo goes back')
  const wrong = wrongHeader(body) ?? (isPositive(body) ? wrongFigures(body) : 'a negative number')
  if (wrong) return no('910', wrong)
  const refused = buyerFault(body, receipts) ?? orderFault(device, body, receipts)
  if (refused) return refused
  if (!devices.maySign(device)) return no('894', 'RRA was not reached for 24 hours')
  const amounts = { totAmt: Number(body.totAmt), totTaxAmt: Number(body.totTaxAmt) }
  const prcOrdCd = typeof body.prcOrdCd === 'string' ? body.prcOrdCd : null
  return devices.sign(device, { invcNo, orgInvcNo, rcptTyCd, prcOrdCd, ...amounts })
}

function wrongHeader(body: Body): string | undefined {
  if (body.salesTyCd !== 'N' || body.salesSttsCd !== '02') return 'salesTyCd'
  if (!/^0[1-7]$/.test(String(body.pmtTyCd))) return 'pmtTyCd'
  if (!isStamp(body.cfmDt)) return 'cfmDt'
  if (body.salesDt !== body.cfmDt.slice(0, 8)) return 'salesDt'
  if (!isRecord(body.receipt)) return 'receipt'
  const { regrId, regrNm, modrId, modrNm } = body
  if ([regrId, regrNm, modrId, modrNm].some((who) => typeof who !== 'string' || who === '')) return 'regrId'
  if (body.rcptTyCd === 'S') return body.orgInvcNo === 0 ? undefined : 'orgInvcNo'
  return isStamp(body.rfdDt) && REASON.test(String(body.rfdRsnCd)) ? undefined : 'rfdDt'
}

function buyerFault({ custTin, prcOrdCd, rcptTyCd }: Body, receipts: readonly Receipt[]): No | undefined {
  if (custTin === null || custTin === undefined) return undefined
  if (!/^\d{9}$/.test(String(custTin))) return no('884', 'Customer TIN is invalid')
  if (!prcOrdCd) return no('881', 'Purchase code is mandatory')
  if (typeof prcOrdCd !== 'string' || !PURCHASE_CODE.test(prcOrdCd))
    return no('882', 'Purchase code is invalid')
  const isUsed = rcptTyCd === 'S' && receipts.some((receipt) => receipt.prcOrdCd === prcOrdCd)
  return isUsed ? no('883', 'Purchase code was used') : undefined
}

function orderFault(device: Device, body: Body, receipts: readonly Receipt[]): No | undefined {
  if (String(body.salesDt) <= device.declaredTo) return no('921', 'That day is declared')
  if (body.rcptTyCd === 'S') return undefined
  const sale = receipts.find(({ invcNo, rcptTyCd }) => invcNo === body.orgInvcNo && rcptTyCd === 'S')
  if (!sale) return no('922', 'The sale must come first')
  const back = receipts.filter(({ orgInvcNo }) => orgInvcNo === sale.invcNo)
  const given = back.reduce((total, { totAmt }) => total + totAmt, 0)
  return given + Number(body.totAmt) > sale.totAmt ? no('910', 'more than was sold') : undefined
}
