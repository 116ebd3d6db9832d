import { type Answer, type Call, header, jsonIn } from '../http.ts'
import { isRecord } from '../read.ts'
import type { World } from '../simulator.ts'
import { type Caller, fault, isUuid4 } from './access.ts'

// Which characters the wallet refuses is not published; letters, digits and plain punctuation are known to pass.
const NOTE = /^[A-Za-z0-9 .,:_/-]{0,160}$/
const MSISDN = /^[1-9]\d{7,14}$/
const AMOUNT = /^\d{1,12}(\.\d{1,2})?$/

/** A request to move money, checked; `callbackUrl` when the gateway wants to be told. */
export interface Ask {
  reference: string
  amount: string
  currency: string
  externalId: string
  payerMessage: string
  payeeNote: string
  callbackUrl: string | undefined
  body: Record<string, unknown>
}

/** What requests to pay, transfers and refunds have in common; the provider's error answer when something is wrong. */
export function readAsk(call: Call, caller: Caller, world: World): Ask | Answer {
  const reference = header(call, 'x-reference-id')
  const body = jsonIn(call)
  if (!isUuid4(reference))
    return fault(400, 'INVALID_REFERENCE_ID', 'X-Reference-Id must be a UUID version 4')
  if (!isRecord(body)) return fault(400, 'INVALID_REQUEST', 'the body is not a JSON object')
  const { amount, currency, externalId, payerMessage = '', payeeNote = '' } = body
  if (typeof amount !== 'string' || !AMOUNT.test(amount) || Number(amount) <= 0) {
    return fault(400, 'INVALID_AMOUNT', 'amount must be a string with a number above 0')
  }
  if (typeof externalId !== 'string') return fault(400, 'INVALID_REQUEST', 'externalId is missing')
  if (!isNote(payerMessage) || !isNote(payeeNote)) {
    return fault(400, 'INVALID_REQUEST', 'payerMessage and payeeNote take 160 plain characters')
  }
  if (currency !== caller.currency) return fault(500, 'INVALID_CURRENCY', 'Currency not supported.')
  const callbackUrl =
    call.headers['x-callback-url'] === undefined ? undefined : header(call, 'x-callback-url')
  if (callbackUrl === '') return fault(400, 'INVALID_CALLBACK_URL', 'X-Callback-Url is empty')
  if (callbackUrl !== undefined && !mayCall(callbackUrl, caller, world)) {
    return fault(500, 'INVALID_CALLBACK_URL_HOST', 'Callback URL with different host value then specified.')
  }
  const plain = { externalId, payerMessage, payeeNote, callbackUrl, body }
  return { reference: reference.toLowerCase(), amount: String(Number(amount)), currency, ...plain }
}

/** The digits of a `payer` or `payee`; undefined when it is none. */
export function msisdnIn(party: unknown): string | undefined {
  const id = isRecord(party) && party.partyIdType === 'MSISDN' ? party.partyId : undefined
  return typeof id === 'string' && MSISDN.test(id) ? id : undefined
}

const isNote = (value: unknown): value is string => typeof value === 'string' && NOTE.test(value)

function mayCall(url: string, caller: Caller, world: World) {
  if (!world.gateway.ours(url)) return false
  return caller.callbackHost === '' || new URL(url).hostname === caller.callbackHost
}
