import type { Http, HttpAnswer } from '../../../core/base/http.ts'
import { isTokenRefused } from './answers.ts'
import type { Tokens } from './token.ts'

/** Posts JSON to one path of the API. */
export type Daraja = (path: string, body: string) => Promise<HttpAnswer>

const NO_TOKEN: HttpAnswer = { kind: 'not_sent', why: 'no token' }

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
  tokens: Tokens
  http: Http
  timeoutMs: number
}): Daraja {
  const attempt = (path: string, body: string, token: string) =>
    http({
      method: 'POST',
      url: baseUrl + path,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      timeoutMs,
    })
  return async (path, body) => {
    const token = await tokens.get()
    if (!token) return NO_TOKEN
    const answer = await attempt(path, body, token)
    if (!isTokenRefused(answer)) return answer
    tokens.drop(token)
    const fresh = await tokens.get()
    return fresh ? attempt(path, body, fresh) : NO_TOKEN
  }
}
