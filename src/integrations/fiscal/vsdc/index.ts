import type { Http } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { FiscalDevice, FiscalUpdate, NumberedReceipt } from '../../../core/pay/fiscal.ts'
import type { Seller } from '../../../core/pay/receipt.ts'
import { createLine } from './line.ts'
import { type Asked, type Profile, readSale, SALE_PATH, saleBody } from './wire.ts'

export { type Introduction, introduce } from './introduce.ts'
export type { Profile } from './wire.ts'

export type VsdcOptions = {
  /** E.g. `http://localhost:8085`, without a slash at the end. */
  readonly baseUrl: string
  readonly profile: Profile
  readonly seller: Seller
  /** `bhfId` of the branch, two digits; the head office is `00`. */
  readonly branch: string
  readonly http: Http
  readonly log: Log
  /** How long a signature may take; past it the outcome is unknown. */
  readonly timeoutMs: number
}

/**
 * RRA's sales data controller, as VSDC (v1.0.5) or OSDC (v1.0.1). Requests go one by one, in order. The documents
 * know no way to look a sale up, so a doubt is settled by sending the same number again: 000 signs it now, 994 says
 * that it was signed then, but not with what; that is found in the device's own database or RRA's portal.
 */
export function vsdc(options: VsdcOptions): FiscalDevice {
  const { baseUrl, profile, branch, http, log, timeoutMs } = options
  const id = `${options.seller.tin}-${branch}`
  const seller = { ...options.seller, branch }
  const inLine = createLine()

  const send = async (receipt: NumberedReceipt, asked: Asked): Promise<FiscalUpdate> => {
    const answer = await inLine(() =>
      http({
        method: 'POST',
        url: baseUrl + SALE_PATH[profile.kind],
        headers: { 'content-type': 'application/json' },
        body: saleBody(seller, profile, receipt),
        timeoutMs,
      }),
    )
    const update: FiscalUpdate = answer ? readSale(answer, asked, profile) : { status: 'not_sent' }
    tell(receipt, update)
    return update
  }

  const tell = ({ invoiceNo }: NumberedReceipt, update: FiscalUpdate) => {
    const said = { device: id, invoiceNo, ...('code' in update && { code: update.code }) }
    if (update.status === 'refused' || update.status === 'taken' || update.status === 'unseen')
      log.error(said, `fiscal receipt ${update.status}`)
    else if (update.status !== 'signed') log.warn(said, `fiscal receipt ${update.status}`)
  }

  return {
    id,
    issue: (receipt) => send(receipt, 'issue'),
    inspect: (receipt) => send(receipt, 'inspect'),
  }
}
