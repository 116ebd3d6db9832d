import { createHash, timingSafeEqual } from 'node:crypto'

/** A provider's call to us, its body untouched: signatures are made over bytes. */
export type HookRequest = {
  readonly method: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

export type HookAnswer = {
  readonly status: number
  readonly type: 'text/plain' | 'application/json' | 'application/xml' | 'audio/mpeg'
  readonly body: string
  /** Sent in the place of `body` where the answer is no text. */
  readonly bytes?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** A door for one provider. Paths are exact but for `:name` segments. */
export type Hook = {
  readonly methods: readonly ('GET' | 'POST' | 'PUT')[]
  /** E.g. `/hooks/ussd/africastalking/:secret`. */
  readonly path: string
  answer(request: HookRequest): Promise<HookAnswer>
}

export const text = (status: number, body: string): HookAnswer => ({ status, type: 'text/plain', body })

/** What a caller without the secret sees: the same as a path that does not exist. */
export const NOT_FOUND: HookAnswer = text(404, 'Not Found')

const digest = (value: string) => createHash('sha256').update(value).digest()

/** Ours are few and never change while we run. */
const known = new Map<string, Buffer>()
const KNOWN_LIMIT = 16

function wantedDigest(wanted: string): Buffer {
  const made = known.get(wanted) ?? digest(wanted)
  if (known.size < KNOWN_LIMIT) known.set(wanted, made)
  return made
}

/** Compares two secrets in a time that tells nothing about either. */
export const sameSecret = (given: string | undefined, wanted: string): boolean =>
  given !== undefined && timingSafeEqual(digest(given), wantedDigest(wanted))
