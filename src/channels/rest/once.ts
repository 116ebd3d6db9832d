import { createHash } from 'node:crypto'
import { Problem } from '../../core/base/problem.ts'
import type { Named } from '../../core/people/once.ts'
import type { Person } from '../../core/people/token.ts'
import type { RestParts } from './parts.ts'
import { type Refusal, refusalOf } from './problem.ts'
import type { Message } from './route.ts'

export const KEY_HEADER = 'Idempotency-Key'

/** A request's try that ended in no answer counts as dead after this; a turn takes 4 s at most. */
const LEASE_MS = 15_000
const AGAIN_S = 1

/** The outcome of a request, whole: what is kept under its key is what is sent. */
export type Sent = Refusal & {
  readonly repeated: boolean
  /** In the body's place; only what is read gives one, and that is never kept under a key. */
  readonly file?: { readonly type: string; readonly bytes: Buffer }
}

/** Refusals that are about the moment: the same request may well succeed in the next. */
const PASSING = new Set(['unavailable', 'conflict'])

export type Request = {
  readonly person: Person
  readonly key: string
  /** Method, path and body: what makes it the same request. */
  readonly text: string
  readonly requestId: string
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** A message that nobody can repeat. */
export const freshMessage = ({ ids }: Pick<RestParts, 'ids'>): Message => ({
  id: `rest:${ids.next('rq')}`,
  about: null,
  note: async () => {},
})

/** The key of a request, where it has one. @throws Problem bad_request for one that no client of ours would make */
export function keyIn(header: string | undefined): string | null {
  if (header === undefined || header === '') return null
  if (/^[\w.:-]{1,64}$/.test(header)) return header
  throw new Problem('bad_request', `${KEY_HEADER}: 1 to 64 letters, digits, dots, dashes, colons.`)
}

/**
 * Does a request under its Idempotency-Key: once, however often it comes.
 * @throws Problem key_reused for another request under the same key, conflict while the first is running
 */
export async function onceOnly(
  { once, clock }: Pick<RestParts, 'once' | 'clock'>,
  { person, key, text, requestId }: Request,
  work: (message: Message) => Promise<Refusal>,
): Promise<Sent> {
  const named: Named = { owner: person.phone, key }
  const begun = await once.begin(named, { hash: digest(text), at: clock.now(), leaseMs: LEASE_MS })
  if (begun.kind === 'done') return { status: begun.status, headers: {}, body: begun.body, repeated: true }
  if (begun.kind === 'other')
    throw new Problem('key_reused', 'This Idempotency-Key belongs to another request.')
  if (begun.kind === 'busy')
    throw new Problem('conflict', 'This request is being carried out.', { retryAfterS: AGAIN_S })
  const message: Message = {
    // Follows from whose key it is, yet names nobody where it is logged.
    id: `rest:${digest(`${person.phone} ${key}`)}`,
    about: begun.about,
    note: (about) => once.note(named, about),
  }
  try {
    const done = await work(message).catch((error: unknown) => {
      if (!(error instanceof Problem) || PASSING.has(error.code)) throw error
      return refusalOf(error, requestId)
    })
    await once.finish(named, done)
    return { ...done, repeated: false }
  } catch (error) {
    await once.release(named)
    throw error
  }
}
