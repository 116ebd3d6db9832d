import type { Clock } from '../clock.ts'
import { type Answer, type Call, header, json, jsonBody } from '../http.ts'
import { hex } from '../random.ts'
import { isRecord } from '../read.ts'

const TOKEN_S = 3600
const MAX_TOKENS = 5_000
const MAX_USERS = 1_000
const SUBSCRIPTION = 'ocp-apim-subscription-key'
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const CURRENCIES: Readonly<Record<string, string>> = { mtnrwanda: 'RWF', sandbox: 'EUR' }

export type Product = 'collection' | 'disbursement'

interface User {
  apiKey: string | undefined
  callbackHost: string
}

/** Error answer of the wallet: `{code, message}`. */
export const fault = (status: number, code: string, message = code): Answer => json(status, { code, message })

export const isUuid4 = (text: string | undefined): text is string => text !== undefined && UUID4.test(text)

/** Somebody with a valid token: the currency of the environment it named, the host its callbacks must have. */
export interface Caller {
  currency: string
  /** Empty when any host will do. */
  callbackHost: string
}

/** Who may call which product: API users, their keys, and tokens that belong to one product for an hour. */
export interface Access {
  provision: (call: Call) => Answer
  describe(id: string): Answer
  issueKey(id: string): Answer
  issueToken(product: Product, call: Call): Answer
  /** The caller, or the answer to a call that lacks what every call of a product needs. */
  admit(product: Product, call: Call): Caller | Answer
}

/** API user `inzira` with key `inzira-key` is always known; others are provisioned as in the provider's sandbox. */
export function createAccess(clock: Clock): Access {
  const users = new Map<string, User>([['inzira', { apiKey: 'inzira-key', callbackHost: '' }]])
  const tokens = new Map<string, { product: Product; id: string; endsAt: number }>()

  function provision(call: Call) {
    const id = header(call, 'x-reference-id')
    const body = jsonBody(call)
    if (!header(call, SUBSCRIPTION)) return unsubscribed
    if (!isUuid4(id)) return fault(400, 'INVALID_REFERENCE_ID', 'X-Reference-Id must be a UUID version 4')
    if (users.has(id)) return fault(409, 'RESOURCE_ALREADY_EXIST', 'Duplicated reference id.')
    if (!isRecord(body) || typeof body.providerCallbackHost !== 'string') {
      return fault(400, 'INVALID_REQUEST', 'providerCallbackHost is missing')
    }
    if (users.size >= MAX_USERS) return fault(500, 'INTERNAL_PROCESSING_ERROR')
    users.set(id, { apiKey: undefined, callbackHost: body.providerCallbackHost })
    return { status: 201 }
  }

  function describe(id: string) {
    const user = users.get(id)
    if (!user) return notFound
    return json(200, { providerCallbackHost: user.callbackHost, targetEnvironment: 'sandbox' })
  }

  function issueKey(id: string) {
    const user = users.get(id)
    if (!user) return notFound
    user.apiKey = hex(16)
    for (const [token, owner] of tokens) if (owner.id === id) tokens.delete(token)
    return json(201, { apiKey: user.apiKey })
  }

  function issueToken(product: Product, call: Call) {
    const [id, apiKey] = basic(call)
    if (!header(call, SUBSCRIPTION)) return unsubscribed
    if (call.raw.length > 0) return fault(400, 'INVALID_REQUEST', 'a token request has no body')
    if (!apiKey || users.get(id)?.apiKey !== apiKey) return json(401, { error: 'login_failed' })
    const oldest = tokens.size >= MAX_TOKENS ? tokens.keys().next().value : undefined
    if (oldest !== undefined) tokens.delete(oldest)
    const token = hex(24)
    tokens.set(token, { product, id, endsAt: clock.now() + TOKEN_S * 1000 })
    return json(200, { access_token: token, token_type: 'access_token', expires_in: TOKEN_S })
  }

  function admit(product: Product, call: Call) {
    if (!header(call, SUBSCRIPTION)) return unsubscribed
    const token = tokens.get(/^Bearer (\S+)$/.exec(header(call, 'authorization') ?? '')?.[1] ?? '')
    if (token?.product !== product || token.endsAt <= clock.now()) {
      return fault(401, 'INVALID_TOKEN', 'The access token is missing, expired or of another product.')
    }
    const currency = CURRENCIES[header(call, 'x-target-environment') ?? '']
    if (!currency)
      return fault(500, 'NOT_ALLOWED_TARGET_ENVIRONMENT', 'Access to target environment is forbidden.')
    return { currency, callbackHost: users.get(token.id)?.callbackHost ?? '' }
  }

  return { provision, describe, issueKey, issueToken, admit }
}

export const notFound: Answer = fault(404, 'RESOURCE_NOT_FOUND', 'Requested resource was not found.')

const unsubscribed: Answer = json(401, {
  statusCode: 401,
  message: 'Access denied due to missing subscription key.',
})

function basic(call: Call): [string, string] {
  const encoded = /^Basic (\S+)$/.exec(header(call, 'authorization') ?? '')?.[1] ?? ''
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return [id, rest.join(':')]
}
