import { type Answer, type Call, form, header, json } from '../http.ts'

const MAX_AMOUNT = 99_999_999
const MAX_NAME = 250
const KEY = /^(?:sk|rk)_test_\w{4,}$/

/** Error answer: `{error: {type, code, message}}`. */
export const fault = (status: number, message: string, code?: string, type = 'invalid_request_error') =>
  json(status, { error: { type, message, ...(code && { code }) } })

export const missing = (what: string, id: string) =>
  fault(404, `No such ${what}: '${id}'`, 'resource_missing')

export const limited: Answer = fault(429, 'Request rate limit exceeded.', 'rate_limit')

/** The answer to a call without a test key, or undefined. */
export function admit(call: Call): Answer | undefined {
  const key = /^Bearer (\S+)$/.exec(header(call, 'authorization') ?? '')?.[1] ?? ''
  return KEY.test(key) ? undefined : fault(401, 'Invalid API Key provided.')
}

/** A session to make, checked. */
export interface Ask {
  reference: string
  amount: number
  currency: string
  name: string
  successUrl: string
}

const LINE = 'line_items[0]'
const PRICE = `${LINE}[price_data]`
const KNOWN = [
  'mode',
  'payment_method_types[0]',
  'client_reference_id',
  'metadata[reference]',
  'payment_intent_data[metadata][reference]',
  `${LINE}[quantity]`,
  `${PRICE}[currency]`,
  `${PRICE}[unit_amount]`,
  `${PRICE}[product_data][name]`,
  'success_url',
  'cancel_url',
]

/** Reads a request for a Checkout Session in payment mode; the provider's error when something is wrong. */
export function readSession(call: Call): Ask | Answer {
  const given = form(call)
  const stray = unknown(given, KNOWN)
  if (stray) return stray
  const field = (name: string) => given.get(name) ?? ''
  const amount = Number(field(`${PRICE}[unit_amount]`))
  const [currency, name] = [field(`${PRICE}[currency]`), field(`${PRICE}[product_data][name]`)]
  const [reference, successUrl] = [field('client_reference_id'), field('success_url')]
  if (field('mode') !== 'payment') return fault(400, 'Missing required param: mode.', 'parameter_missing')
  if (!/^[a-z]{3}$/.test(currency)) return fault(400, `Invalid currency: ${currency}.`)
  if (!isAmount(amount)) return fault(400, 'Invalid unit_amount.', 'parameter_invalid_integer')
  if (!name || name.length > MAX_NAME) return fault(400, 'Invalid name.', 'parameter_invalid_empty')
  if (field(`${LINE}[quantity]`) !== '1') return fault(400, 'Invalid quantity.', 'parameter_invalid_integer')
  if (!URL.canParse(successUrl)) return fault(400, 'Not a valid URL', 'url_invalid')
  if (field('metadata[reference]') !== reference) return fault(400, 'The reference is missing.')
  return { reference, amount, currency, name, successUrl }
}

/** A refund to give, checked. */
export interface RefundAsk {
  paymentIntent: string
  reference: string
  /** Undefined for all that is left. */
  amount: number | undefined
}

export function readRefund(call: Call): RefundAsk | Answer {
  const given = form(call)
  const stray = unknown(given, ['payment_intent', 'amount', 'metadata[reference]'])
  if (stray) return stray
  const amount = given.has('amount') ? Number(given.get('amount')) : undefined
  if (amount !== undefined && !isAmount(amount))
    return fault(400, 'Invalid amount.', 'parameter_invalid_integer')
  const reference = given.get('metadata[reference]') ?? ''
  return { paymentIntent: given.get('payment_intent') ?? '', reference, amount }
}

const isAmount = (amount: number) => Number.isInteger(amount) && amount > 0 && amount <= MAX_AMOUNT

function unknown(given: URLSearchParams, known: readonly string[]): Answer | undefined {
  const stray = [...given.keys()].find((name) => !known.includes(name))
  return stray === undefined
    ? undefined
    : fault(400, `Received unknown parameter: ${stray}`, 'parameter_unknown')
}
