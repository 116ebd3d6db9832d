import type { Http, HttpAnswer } from '../../../core/base/http.ts'
import type { Held } from '../held.ts'
import { authorized } from '../token.ts'
import { isTokenRefused } from './answers.ts'

/** Posts JSON to one path of the API. */
export type Daraja = (path: string, body: string) => Promise<HttpAnswer>

/**
 * Calls Daraja with a token. A refused token is replaced and the call repeated, once. Without a token nothing is
 * sent.
 * @param baseUrl as `https://api.safaricom.co.ke`
 */
export function createDaraja({
  baseUrl,
  tokens,
  http,
  timeoutMs,
}: {
  baseUrl: string
  tokens: Held<string>
  http: Http
  timeoutMs: number
}): Daraja {
  return (path, body) => {
    const attempt = (token: string) =>
      http({
        method: 'POST',
        url: baseUrl + path,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
        timeoutMs,
      })
    return authorized(tokens, attempt, isTokenRefused)
  }
}
