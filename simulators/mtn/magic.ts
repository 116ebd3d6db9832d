import type { Random } from '../random.ts'
import { type Ending, failed, type Plan, thinkingMs } from './outcomes.ts'

const DELAYED_MS = 30_000
const SANDBOX = '46733123'

/** An error answer of the wallet: HTTP status, and code for the body. */
export interface Fault {
  status: number
  code: string
}

type Magic = Readonly<Record<string, Ending | Fault>>

const NOT_ALLOWED: Fault = { status: 500, code: 'NOT_ALLOWED' }
const TARGET: Fault = { status: 500, code: 'NOT_ALLOWED_TARGET_ENVIRONMENT' }
const CALLBACK: Fault = { status: 500, code: 'INVALID_CALLBACK_URL_HOST' }
const CURRENCY: Fault = { status: 500, code: 'INVALID_CURRENCY' }
const INTERNAL: Fault = { status: 500, code: 'INTERNAL_PROCESSING_ERROR' }
const UNAVAILABLE: Fault = { status: 503, code: 'SERVICE_UNAVAILABLE' }
const ONGOING: Ending = { status: 'PENDING' }
const DELAYED: Ending = { status: 'SUCCESSFUL', waitMs: DELAYED_MS }

const COLLECTS: Magic = {
  450: failed('INTERNAL_PROCESSING_ERROR'),
  451: failed('APPROVAL_REJECTED'),
  452: failed('EXPIRED'),
  453: ONGOING,
  454: DELAYED,
  455: failed('PAYER_NOT_FOUND'),
  456: failed('PAYEE_NOT_ALLOWED_TO_RECEIVE'),
  457: NOT_ALLOWED,
  458: TARGET,
  459: CALLBACK,
  460: CURRENCY,
  461: INTERNAL,
  462: UNAVAILABLE,
  463: failed('COULD_NOT_PERFORM_TRANSACTION'),
  464: failed('TRANSFER_TYPE_UNKNOWN'),
}

const TRANSFERS: Magic = {
  450: failed('INTERNAL_PROCESSING_ERROR'),
  451: failed('APPROVAL_REJECTED'),
  452: failed('EXPIRED'),
  453: ONGOING,
  454: DELAYED,
  455: failed('NOT_ENOUGH_FUNDS'),
  456: failed('PAYER_LIMIT_REACHED'),
  457: failed('PAYEE_NOT_FOUND'),
  458: NOT_ALLOWED,
  459: TARGET,
  460: CALLBACK,
  461: CURRENCY,
  462: INTERNAL,
  463: UNAVAILABLE,
  464: failed('TRANSFER_TYPE_UNKNOWN'),
}

const REFUNDS: Magic = {
  1: failed('RESOURCE_NOT_FOUND'),
  2: failed('INTERNAL_PROCESSING_ERROR'),
  3: failed('APPROVAL_REJECTED'),
  4: failed('EXPIRED'),
  5: ONGOING,
  6: DELAYED,
  7: NOT_ALLOWED,
  8: TARGET,
  9: CALLBACK,
  10: CURRENCY,
  11: INTERNAL,
  12: UNAVAILABLE,
  13: failed('COULD_NOT_PERFORM_TRANSACTION'),
}

const HOLDERS: Readonly<Record<string, Fault | false>> = {
  450: { status: 404, code: 'RESOURCE_NOT_FOUND' },
  451: false,
  452: NOT_ALLOWED,
  453: TARGET,
  454: INTERNAL,
  455: UNAVAILABLE,
}

const serial = (msisdn: string) => (msisdn.startsWith(SANDBOX) ? msisdn.slice(SANDBOX.length) : '')

const from = (table: Magic, key: string, random: Random): Plan | Fault | undefined => {
  const magic = table[key]
  return magic && ('code' in magic ? magic : { waitMs: thinkingMs(random), ...magic })
}

/**
 * What becomes of a payment by the provider's test identities 46733123450 to …464 (momodeveloper.mtn.com,
 * "Testing"): how it goes on, or the error it is refused with at once; undefined for all other numbers.
 */
export const magicCollect = (msisdn: string, random: Random) => from(COLLECTS, serial(msisdn), random)

/** The same for a transfer to them. */
export const magicTransfer = (msisdn: string, random: Random) => from(TRANSFERS, serial(msisdn), random)

/** The same for the test values 1 to 13 of `referenceIdToRefund`. */
export const magicRefund = (referenceIdToRefund: string, random: Random) =>
  from(REFUNDS, referenceIdToRefund, random)

/** What asking whether a test identity is active answers: an error, or false for the inactive one. */
export const magicHolder = (msisdn: string): Fault | false | undefined => HOLDERS[serial(msisdn)]
