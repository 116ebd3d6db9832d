import type { PaymentFault } from '../../../core/pay/provider.ts'

/** Why a request was not let in, before any wallet was asked: nothing has moved, nothing will. */
const REFUSED: ReadonlyMap<string, PaymentFault> = new Map(
  [
    ...['001', '003', '005', '006', '007', '110', '112', '114', '115', '116', '119'].map(
      (end) => `ROUTER${end}`,
    ),
    ...['08', '33', '34', '35', '36', '39'].map((end) => `ESB0000${end}`),
    // The signature does not fit the payload.
    'DP00800001026',
    'DP00900001016',
  ].map((code) => [code, 'misconfigured']),
)

/**
 * Why what the letter calls failed has failed: DP008… of a collection, DP009… of a disbursement. Airtel's own lists
 * contradict each other, so a code only chooses words; it never decides.
 */
const FAILED: ReadonlyMap<string, PaymentFault> = new Map<string, PaymentFault>([
  // Of an enquiry it says that the question was wrong.
  ...[...REFUSED].filter(([code]) => code !== 'ESB000008'),
  ['DP00800001002', 'wrong_pin'],
  ['DP00800001003', 'payer_limit'],
  ['DP00800001004', 'misconfigured'],
  ['DP00800001005', 'payer_timeout'],
  ['DP00800001007', 'insufficient_funds'],
  ['DP00800001008', 'payer_declined'],
  ['DP00800001009', 'misconfigured'],
  ['DP00800001010', 'misconfigured'],
  ['DP00800001029', 'payer_timeout'],
  ['DP00900001003', 'payer_limit'],
  ['DP00900001004', 'misconfigured'],
  ['DP00900001005', 'provider_down'],
  ['DP00900001007', 'insufficient_funds'],
  ['DP00900001009', 'misconfigured'],
  ['DP00900001010', 'unknown_payer'],
  ['DP00900001012', 'unknown_payer'],
  ['DP00900001013', 'misconfigured'],
])

/** Nothing is known under that name. */
const ABSENT = new Set(['DP00800001025', 'DP00900001015', 'ESB000045'])

/** Said beside any letter: that the question itself was understood, or plainly "failed". */
const PLAIN = new Set(['200', '400', 'ESB000010', 'ESB000011'])

/** Why a request without a letter was not let in; undefined unless the codes say so, and nothing else. */
export function refusalOf(codes: readonly string[]): PaymentFault | undefined {
  const rest = codes.filter((one) => !REFUSED.has(one))
  const code = codes.find((one) => REFUSED.has(one))
  return code !== undefined && isExplained(rest) ? REFUSED.get(code) : undefined
}

/** Why the letter says "failed"; undefined when a code beside it is unknown, or none that ends a payment. */
export function failureOf(codes: readonly string[]): PaymentFault | undefined {
  if (!isExplained(codes)) return undefined
  const code = codes.find((one) => FAILED.has(one))
  return code === undefined ? 'provider_down' : FAILED.get(code)
}

/** Whether every code is one that may stand beside a failure: none says "ambiguous", "in process", "asked before". */
export const isExplained = (codes: readonly string[]): boolean =>
  codes.every((code) => PLAIN.has(code) || FAILED.has(code))

export const isAbsence = (codes: readonly string[]): boolean =>
  codes.some((code) => ABSENT.has(code)) && codes.every((code) => PLAIN.has(code) || ABSENT.has(code))

/** The key we sealed with has been replaced, or something on the way has touched the body. */
export const isMismatch = (codes: readonly string[]): boolean =>
  codes.some((code) => code === 'DP00800001026' || code === 'DP00900001016')

/** That name was used before: whatever it names exists. */
export const isRepeat = (codes: readonly string[]): boolean => codes.includes('ESB000041')
