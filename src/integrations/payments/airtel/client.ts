import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../../core/base/clock.ts'
import { type Http, type HttpAnswer, type HttpRequest, jsonOf } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import { createHeld, type Held } from '../held.ts'
import { createTokens, type Margin } from '../token.ts'
import { said } from './answer.ts'
import { isMismatch } from './codes.ts'
import { publicKeyOf, signatureOf } from './seal.ts'

const MARGIN: Margin = { share: 0.2, leastMs: 10_000 }
/** Airtel says until when a key is good, but not in which time zone: it is asked for often instead. */
const KEY_HOLD_MS = 3_600_000

const Key = z.object({ data: z.object({ key: z.string().min(1) }) })

type Call = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string }

export type Client = {
  /** `body` is JSON; signed where messages are. */
  post(path: string, body: string): Promise<HttpAnswer>
  get(path: string): Promise<HttpAnswer>
}

export type ClientOptions = {
  readonly baseUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly country: string
  readonly currency: string
  readonly isSigned: boolean
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly timeoutMs: number
}

const NOTHING_SENT: HttpAnswer = { kind: 'not_sent', why: 'no token or key' }

/**
 * Calls Airtel with its token and headers. An answer that calls the token expired (403) or the signature another's
 * makes us get a new one and call again, once. Without them nothing is sent.
 */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, country, currency, isSigned, http, clock, log, timeoutMs } = options
  const tokens = createTokens({ ...options, name: 'airtel', request: tokenRequest(options), margin: MARGIN })
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'x-country': country,
    'x-currency': currency,
  }

  /** The answer, and whether it is only of something of ours that has grown old. */
  const attempt = async ({ method, path, body }: Call) => {
    const key = isSigned && body !== undefined ? await keys.get() : undefined
    const token = await tokens.get()
    if (!token || (isSigned && body !== undefined && !key)) return { answer: NOTHING_SENT, isStale: false }
    const answer = await http({
      method,
      url: `${baseUrl}/${path}`,
      headers: {
        ...headers,
        ...(key && body !== undefined && signatureOf(body, key)),
        authorization: `Bearer ${token}`,
      },
      ...(body !== undefined && { body }),
      timeoutMs,
    })
    const isExpired = answer.kind === 'answer' && answer.status === 403
    const isOtherKey = key !== undefined && isMismatch(said(answer)?.codes ?? [])
    if (isExpired) tokens.drop(token)
    if (isOtherKey) keys.drop(key)
    return { answer, isStale: isExpired || isOtherKey }
  }
  const send = async (call: Call) => {
    const first = await attempt(call)
    if (!first.isStale) return first.answer
    const { answer } = await attempt(call)
    // Something did leave us, even when the second try did not.
    return answer.kind === 'not_sent' ? first.answer : answer
  }
  const keys: Held<KeyObject> = createHeld(async () => {
    const answer = await send({ method: 'GET', path: 'v1/rsa/encryption-keys' })
    const value = answer.kind === 'answer' && answer.status === 200 ? keyIn(answer.body) : undefined
    if (!value) log.error({ outcome: outcomeOf(answer) }, 'airtel gives no encryption key')
    return value && { value, forMs: KEY_HOLD_MS }
  }, clock)

  return {
    post: (path, body) => send({ method: 'POST', path, body }),
    get: (path) => send({ method: 'GET', path }),
  }
}

/** `POST /auth/oauth2/token`: it holds three minutes, said as a string. Refusals may come as 200. */
const tokenRequest = ({ baseUrl, clientId, clientSecret, timeoutMs }: ClientOptions): HttpRequest => ({
  method: 'POST',
  url: `${baseUrl}/auth/oauth2/token`,
  headers: { accept: '*/*', 'content-type': 'application/json' },
  body: JSON.stringify({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
  }),
  timeoutMs,
})

function keyIn(body: string): KeyObject | undefined {
  try {
    return publicKeyOf(Key.parse(jsonOf(body)).data.key)
  } catch {
    return undefined
  }
}

const outcomeOf = (answer: HttpAnswer): number | string =>
  answer.kind === 'answer' ? answer.status : answer.kind
