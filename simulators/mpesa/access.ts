import type { Clock } from '../clock.ts'
import { type Answer, type Call, header, json } from '../http.ts'
import { hex } from '../random.ts'

const TOKEN_S = 3599
const MAX_TOKENS = 5_000
const EAT_OFFSET_MS = 3 * 3_600_000
/** Less than the three hours between UTC and Nairobi, so that the wrong one of them is seen. */
const SKEW_MS = 3_600_000

/** The sandbox's pay bill and its published pass key (developer.safaricom.co.ke, test credentials). */
export const SHORT_CODE = '174379'
export const PASS_KEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919'
const CONSUMER = 'inzira:inzira-key'

let requests = 0

/** Error answer of Daraja: `{requestId, errorCode, errorMessage}`. */
export const fault = (status: number, errorCode: string, errorMessage: string): Answer =>
  json(status, { requestId: `29115-${++requests}-1`, errorCode, errorMessage })

export const badField = (name: string): Answer => fault(400, '400.002.02', `Bad Request - Invalid ${name}`)

/** `YYYYMMDDHHmmss` in East Africa Time. */
export const stampOf = (at: number): string =>
  new Date(at + EAT_OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14)

/** Who may ask: tokens of the app `inzira` with the secret `inzira-key`, and passwords of pay bill 174379. */
export interface Access {
  issueToken(call: Call): Answer
  /** Ends every token. */
  forget(): void
  /** The answer to a call without a token that holds; undefined when it has one. */
  refuse(call: Call): Answer | undefined
  /** The answer to a body whose short code, timestamp and password do not fit together; undefined when they do. */
  refuseMerchant(body: Record<string, unknown>): Answer | undefined
}

export function createAccess(clock: Clock): Access {
  const tokens = new Map<string, number>()

  function issueToken(call: Call) {
    const wanted = `Basic ${Buffer.from(CONSUMER).toString('base64')}`
    if (call.query.get('grant_type') !== 'client_credentials') {
      return fault(400, '400.008.02', 'Invalid grant type passed')
    }
    if (header(call, 'authorization') !== wanted)
      return fault(400, '400.008.01', 'Invalid Authentication passed')
    const oldest = tokens.size >= MAX_TOKENS ? tokens.keys().next().value : undefined
    if (oldest !== undefined) tokens.delete(oldest)
    const token = hex(14)
    tokens.set(token, clock.now() + TOKEN_S * 1000)
    return json(200, { access_token: token, expires_in: String(TOKEN_S) })
  }

  function refuse(call: Call) {
    const token = /^Bearer (\S+)$/.exec(header(call, 'authorization') ?? '')?.[1]
    if (token === undefined) return fault(401, '401.003.01', 'Error Occurred - Invalid Access Token')
    const endsAt = tokens.get(token) ?? 0
    return endsAt > clock.now() ? undefined : fault(404, '404.001.03', 'Invalid Access Token')
  }

  function refuseMerchant(body: Record<string, unknown>) {
    const { BusinessShortCode, Timestamp, Password } = body
    if (!isNow(Timestamp)) return badField('Timestamp')
    if (String(BusinessShortCode) !== SHORT_CODE) return fault(500, '500.001.1001', 'Merchant does not exist')
    const wanted = Buffer.from(SHORT_CODE + PASS_KEY + Timestamp).toString('base64')
    return Password === wanted ? undefined : fault(500, '500.001.1001', 'Wrong credentials')
  }

  /** A gateway in another process does not share the pushed clock, so the wall's is as good. */
  function isNow(stamp: unknown): stamp is string {
    const parts = typeof stamp === 'string' && /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp)
    if (!parts) return false
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
    const at = Date.UTC(year, month - 1, day, hour, minute, second) - EAT_OFFSET_MS
    return [clock.now(), Date.now()].some((now) => Math.abs(now - at) < SKEW_MS)
  }

  return { issueToken, forget: () => tokens.clear(), refuse, refuseMerchant }
}
