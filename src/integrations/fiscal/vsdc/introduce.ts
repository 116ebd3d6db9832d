import { z } from 'zod'
import { type Http, jsonOf } from '../../../core/base/http.ts'
import { Envelope, type Profile } from './wire.ts'

const PATH: Readonly<Record<Profile['kind'], string>> = {
  vsdc: '/initializer/selectInitInfo',
  osdc: '/selectInitOsdcInfo',
}

const Info = z.object({
  info: z.object({
    sdcId: z.string(),
    mrcNo: z.string(),
    lastInvcNo: z.coerce.number().int().nonnegative().nullish(),
    cmcKey: z.string().nullish(),
  }),
})

/** `already`: the device was introduced before, and does not repeat what it said then. */
export type Introduction =
  | {
      readonly kind: 'introduced'
      readonly sdcId: string
      readonly mrcNo: string
      /** The last invoice number used on the device, to count on from. */
      readonly lastInvoiceNo: number
      /** OSDC only: goes into every later body. */
      readonly cmcKey: string | null
    }
  | { readonly kind: 'already' }
  | { readonly kind: 'unavailable'; readonly code: string | null }

/**
 * Initialises a device (VSDC selectInitInfo, OSDC selectInitOsdcInfo). Keep what comes back: a second call is
 * answered 902 without it, so one whose answer is lost is settled by RRA's help desk. Never throws.
 * @param serialNo `dvcSrlNo`, as on the application form
 */
export async function introduce({
  baseUrl,
  kind,
  tin,
  branch,
  serialNo,
  http,
  timeoutMs,
}: {
  baseUrl: string
  kind: Profile['kind']
  tin: string
  branch: string
  serialNo: string
  http: Http
  timeoutMs: number
}): Promise<Introduction> {
  const answer = await http({
    method: 'POST',
    url: baseUrl + PATH[kind],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tin, bhfId: branch, dvcSrlNo: serialNo }),
    timeoutMs,
  })
  const body = answer.kind === 'answer' && answer.status === 200 ? jsonOf(answer.body) : undefined
  const said = Envelope.safeParse(body).data
  if (said?.resultCd === '902') return { kind: 'already' }
  const { data } = Info.safeParse(said?.resultCd === '000' ? said.data : undefined)
  if (!data) return { kind: 'unavailable', code: said?.resultCd.slice(0, 10) ?? null }
  const { sdcId, mrcNo, lastInvcNo, cmcKey } = data.info
  return { kind: 'introduced', sdcId, mrcNo, lastInvoiceNo: lastInvcNo ?? 0, cmcKey: cmcKey ?? null }
}
