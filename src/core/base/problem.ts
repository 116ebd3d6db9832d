const STATUS = {
  bad_request: 400,
  unauthorised: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  not_applicable: 409,
  key_reused: 422,
  unprocessable: 422,
  too_many: 429,
  unavailable: 503,
} as const

export type ProblemCode = keyof typeof STATUS

/** A request we understood and refuse. Only these are shown to programs (RFC 9457); anything else is a 500. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: Readonly<Record<string, unknown>>

  constructor(code: ProblemCode, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'Problem'
    this.code = code
    this.status = STATUS[code]
    this.detail = detail
  }
}
