import { z } from 'zod'
import type { Clock } from '../../../core/base/clock.ts'
import { type Http, jsonOf } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'

const MARGIN_MIN_MS = 60_000
const MARGIN_SHARE = 0.1

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

export type Tokens = {
  /** A token that holds for a while yet; undefined when none can be had now. Never throws. */
  get(): Promise<string | undefined>
  /** Forgets a token that was refused, unless another has already taken its place. */
  drop(token: string): void
}

/**
 * Access tokens of a Daraja app (`GET /oauth/v1/generate`, Basic authentication), which hold 3599 s. All who ask at
 * once wait for the same call; a tenth of the time before its end, at least a minute and at most half, a token is
 * replaced.
 */
export function createTokens({
  baseUrl,
  key,
  secret,
  http,
  clock,
  log,
  timeoutMs,
}: {
  baseUrl: string
  key: string
  secret: string
  http: Http
  clock: Clock
  log: Log
  timeoutMs: number
}): Tokens {
  const url = `${baseUrl}/oauth/v1/generate?grant_type=client_credentials`
  const headers = { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` }
  let held: { token: string; until: number } | undefined
  let asking: Promise<string | undefined> | undefined

  const ask = async () => {
    const askedAt = clock.now()
    const answer = await http({ method: 'GET', url, headers, timeoutMs })
    const { data } = Answer.safeParse(answer.kind === 'answer' ? jsonOf(answer.body) : undefined)
    if (answer.kind !== 'answer' || answer.status !== 200 || !data) {
      log.error({ outcome: answer.kind === 'answer' ? answer.status : answer.kind }, 'mpesa gives no token')
      return undefined
    }
    held = { token: data.access_token, until: askedAt + usableMs(data.expires_in * 1000) }
    return held.token
  }

  return {
    get: async () => {
      if (held && clock.now() < held.until) return held.token
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
    drop: (token) => {
      if (held?.token === token) held = undefined
    },
  }
}

const usableMs = (lifeMs: number): number =>
  lifeMs - Math.min(lifeMs / 2, Math.max(MARGIN_MIN_MS, lifeMs * MARGIN_SHARE))
