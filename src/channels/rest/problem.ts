import { Problem, type ProblemCode } from '../../core/base/problem.ts'

/** Said by the wire itself, never by the core. */
type WireCode = 'internal' | 'method_not_allowed'

const TITLES: Readonly<Record<ProblemCode | WireCode, string>> = {
  bad_request: 'The request cannot be read.',
  unauthorised: 'Log in first.',
  forbidden: 'This is for others.',
  not_found: 'There is nothing here.',
  method_not_allowed: 'This cannot be done here.',
  conflict: 'Something else is going on.',
  not_applicable: 'This means nothing now.',
  too_large: 'The request is too large.',
  key_reused: 'The idempotency key belongs to another request.',
  unprocessable: 'This cannot be done.',
  too_many: 'Too many requests.',
  unavailable: 'Not now.',
  internal: 'Something went wrong on our side.',
}

/** What is answered instead of data. */
export type Refusal = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export const PROBLEM_TYPE = 'application/problem+json'

/** The problem document (RFC 9457) for whatever was thrown. Only Problems say what happened; nothing says where. */
export function refusalOf(error: unknown, requestId: string): Refusal {
  if (!(error instanceof Problem)) return refusal('internal', 500, undefined, {}, requestId)
  const { retryAfterS, ...detail } = error.detail
  const headers = {
    ...(typeof retryAfterS === 'number' ? { 'retry-after': String(retryAfterS) } : {}),
    ...(error.code === 'unauthorised' ? { 'www-authenticate': 'Bearer' } : {}),
  }
  const { status, body } = refusal(error.code, error.status, error.message, detail, requestId)
  return { status, headers, body }
}

/** A path that is there, asked in a way that is not. */
export function notAllowed(allow: readonly string[], requestId: string): Refusal {
  const { status, body } = refusal('method_not_allowed', 405, undefined, {}, requestId)
  return { status, headers: { allow: allow.join(', ') }, body }
}

function refusal(
  code: ProblemCode | WireCode,
  status: number,
  detail: string | undefined,
  more: Readonly<Record<string, unknown>>,
  requestId: string,
): Refusal {
  const problem = {
    ...more,
    type: `urn:inzira:problem:${code}`,
    title: TITLES[code],
    status,
    code,
    detail,
    requestId,
  }
  return { status, headers: {}, body: JSON.stringify(problem) }
}
