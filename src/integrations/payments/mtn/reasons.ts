import type { PaymentFault } from '../../../core/pay/provider.ts'

/** Who of the two is the person: whoever pays a collection, whoever is given a refund or a payout. We are the other. */
export type Person = 'payer' | 'payee'

const OUR_FAULTS = [
  'FORBIDDEN_IP',
  'INVALID_CALLBACK_URL_HOST',
  'INVALID_CURRENCY',
  'NOT_ALLOWED',
  'NOT_ALLOWED_TARGET_ENVIRONMENT',
  'RESOURCE_NOT_FOUND',
] as const

/** What an error code says of a request that was not taken: nothing has moved, nothing will. */
const REFUSED: ReadonlyMap<string, PaymentFault> = new Map<string, PaymentFault>([
  ...OUR_FAULTS.map((code) => [code, 'misconfigured'] as const),
  ['NOT_ENOUGH_FUNDS', 'insufficient_funds'],
  ['PAYER_LIMIT_REACHED', 'payer_limit'],
])

/** The same code speaks of the person or of our own account, by who is which. */
const OF_PERSON: Readonly<Record<Person, ReadonlyMap<string, PaymentFault>>> = {
  payer: new Map<string, PaymentFault>([
    ['PAYER_NOT_FOUND', 'unknown_payer'],
    ['PAYEE_NOT_FOUND', 'misconfigured'],
    ['PAYEE_NOT_ALLOWED_TO_RECEIVE', 'misconfigured'],
  ]),
  payee: new Map<string, PaymentFault>([
    ['PAYER_NOT_FOUND', 'misconfigured'],
    ['PAYEE_NOT_FOUND', 'unknown_payer'],
    ['PAYEE_NOT_ALLOWED_TO_RECEIVE', 'unknown_payer'],
  ]),
}

/**
 * What only the reason of a FAILED payment says (momodeveloper.mtn.com, common error codes). MTN explains
 * INTERNAL_PROCESSING_ERROR as mostly a lack of money, and COULD_NOT_PERFORM_TRANSACTION as a prompt that was
 * not answered within five minutes. SERVICE_UNAVAILABLE, ONGOING and the DELAYED ones are left out: not the end.
 */
const FAILED: ReadonlyMap<string, PaymentFault> = new Map<string, PaymentFault>([
  ['APPROVAL_REJECTED', 'payer_declined'],
  ['PAYMENT_NOT_APPROVED', 'payer_declined'],
  ['TRANSACTION_CANCELED', 'payer_declined'],
  ['COULD_NOT_PERFORM_TRANSACTION', 'payer_timeout'],
  ['EXPIRED', 'payer_timeout'],
  ['INTERNAL_PROCESSING_ERROR', 'insufficient_funds'],
])

/** Why a request was not taken; undefined when the code does not plainly say that it was not. */
export const refusalOf = (code: string, person: Person): PaymentFault | undefined =>
  OF_PERSON[person].get(code) ?? REFUSED.get(code)

/** Why a payment is FAILED; undefined when the reason is unknown, or is none that ends a payment. */
export const failureOf = (reason: string, person: Person): PaymentFault | undefined =>
  refusalOf(reason, person) ?? FAILED.get(reason)
