import { z } from 'zod'
import type { Clock } from '../../core/base/clock.ts'
import { type Http, type HttpAnswer, type HttpRequest, jsonOf } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { createHeld, type Held } from './held.ts'

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

/** How long before its end a token is replaced: a share of its life, at least `leastMs`, and at most half. */
export type Margin = { readonly share: number; readonly leastMs: number }

const MARGIN: Margin = { share: 0.1, leastMs: 60_000 }

/** The header of Basic authentication (RFC 7617). */
export const basic = (user: string, secret: string): string =>
  `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`

/**
 * OAuth 2 access tokens (RFC 6749, 5.1) of one provider, asked for as its documents want.
 * @param name of the provider, for the log
 */
export function createTokens(options: {
  readonly name: string
  readonly request: HttpRequest
  readonly margin?: Margin
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
}): Held<string> {
  const { name, request, margin = MARGIN, http, clock, log } = options
  return createHeld(async () => {
    const answer = await http(request)
    const { data } = Answer.safeParse(answer.kind === 'answer' ? jsonOf(answer.body) : undefined)
    if (answer.kind !== 'answer' || answer.status !== 200 || !data) {
      log.error({ outcome: answer.kind === 'answer' ? answer.status : answer.kind }, `${name} gives no token`)
      return undefined
    }
    return { value: data.access_token, forMs: usableMs(data.expires_in * 1_000, margin) }
  }, clock)
}

const usableMs = (lifeMs: number, { share, leastMs }: Margin): number =>
  lifeMs - Math.min(lifeMs / 2, Math.max(leastMs, lifeMs * share))

const NO_TOKEN: HttpAnswer = { kind: 'not_sent', why: 'no token' }

/**
 * Sends with a token. A refused one is replaced and the sending repeated, once. Without a token nothing is sent.
 * @param isRefused whether the answer is only of a token that is not, or no longer, good
 */
export async function authorized(
  tokens: Held<string>,
  send: (token: string) => Promise<HttpAnswer>,
  isRefused: (answer: HttpAnswer) => boolean,
): Promise<HttpAnswer> {
  const token = await tokens.get()
  if (!token) return NO_TOKEN
  const answer = await send(token)
  if (!isRefused(answer)) return answer
  tokens.drop(token)
  const fresh = await tokens.get()
  return fresh ? send(fresh) : NO_TOKEN
}
