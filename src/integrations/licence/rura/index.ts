import { z } from 'zod'
import { type Http, jsonOf } from '../../../core/base/http.ts'

const Licence = z.object({ status: z.enum(['valid', 'expired', 'suspended', 'unknown']) })

export type LicenceStatus = z.infer<typeof Licence>['status'] | 'unavailable'

/**
 * Asks whether a driver's transport licence stands. The wire is **simulated, not an official interface**: no
 * public licence service of Rwanda's regulator (RURA) is known, so `GET {baseUrl}/licences/{number}` answering
 * `{"status": "valid" | "expired" | "suspended" | "unknown"}` is ours. A real one replaces this file.
 * Never throws: a register that cannot be asked is `unavailable`, which proves nothing either way.
 */
export function ruraLicences({
  baseUrl,
  http,
  timeoutMs,
}: {
  baseUrl: string
  http: Http
  timeoutMs: number
}): (licenceNo: string) => Promise<LicenceStatus> {
  return async (licenceNo) => {
    const url = `${baseUrl}/licences/${encodeURIComponent(licenceNo)}`
    const answer = await http({ method: 'GET', url, timeoutMs })
    if (answer.kind !== 'answer' || answer.status !== 200) return 'unavailable'
    return Licence.safeParse(jsonOf(answer.body)).data?.status ?? 'unavailable'
  }
}
