import type { Clock } from '../clock.ts'
import { type Answer, type Call, header, json, jsonIn } from '../http.ts'
import { hex } from '../random.ts'
import { isRecord } from '../read.ts'
import { expired, fault, routerFault } from './answers.ts'
import { CLIENT } from './keys.ts'

const TOKEN_S = 180
const MAX_TOKENS = 5_000

/** Who may call: one token for all products, for three minutes, said as a string. */
export interface Access {
  /** `POST /auth/oauth2/token`; a wrong client is refused in the body of a 200. */
  issueToken(call: Call): Answer
  /** The answer to a call that lacks what every call needs; undefined when it may pass. */
  refuse(call: Call): Answer | undefined
  /** From now on no token is good. */
  expireAll(): void
}

export function createAccess(clock: Clock): Access {
  const endsAt = new Map<string, number>()

  function issueToken(call: Call) {
    const body = jsonIn(call)
    const isKnown =
      isRecord(body) &&
      body.client_id === CLIENT.id &&
      body.client_secret === CLIENT.secret &&
      body.grant_type === 'client_credentials'
    if (!isKnown)
      return json(200, { error: 'invalid_client', error_description: 'Invalid client authentication' })
    const oldest = endsAt.size >= MAX_TOKENS ? endsAt.keys().next().value : undefined
    if (oldest !== undefined) endsAt.delete(oldest)
    const token = hex(16)
    endsAt.set(token, clock.now() + TOKEN_S * 1000)
    return json(200, { access_token: token, expires_in: String(TOKEN_S), token_type: 'bearer' })
  }

  function refuse(call: Call) {
    const token = /^Bearer (\S+)$/.exec(header(call, 'authorization') ?? '')?.[1] ?? ''
    if ((endsAt.get(token) ?? 0) <= clock.now()) return expired
    const country = header(call, 'x-country')
    const currency = header(call, 'x-currency')
    if (!country) return routerFault('ROUTER110', 'Partner not found')
    if (!currency) return fault(400, 'ESB000008', "Missing request header 'x-wallet-id'")
    if (country !== 'RW') return routerFault('ROUTER006', 'Invalid Country')
    return currency === 'RWF' ? undefined : routerFault('ROUTER112', 'Invalid Currency')
  }

  return { issueToken, refuse, expireAll: () => endsAt.clear() }
}
