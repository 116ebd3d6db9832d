import type { z } from 'zod'
import { Problem, type ProblemCode } from '../../core/base/problem.ts'
import type { Rates } from '../../core/people/rates.ts'
import type { Person } from '../../core/people/token.ts'

/** Who may ask: everybody, whoever is logged in, or drivers only. Whose things they get is each route's business. */
export type Who = 'anyone' | 'person' | 'driver'

/** The message a request is, to the conversation it takes part in. */
export type Message = {
  readonly id: string
  /** What an earlier try of the same request was about to make. */
  readonly about: string | null
  /** Keeps what this try is about to make. */
  note(about: string): Promise<void>
}

/** A request before its parts were looked at. */
export type Raw = {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly person: Person | null
  readonly ip: string
  readonly message: Message
}

export type Asked<P, Q, B, W extends Who> = {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly person: W extends 'anyone' ? null : Person
  readonly ip: string
  readonly message: Message
}

export type Answer<D> = { readonly data: D; readonly meta?: Readonly<Record<string, unknown>> }

type Terms<P, Q, B, D, W extends Who> = {
  readonly method: 'get' | 'post'
  /** E.g. `/v1/bookings/:id`. */
  readonly path: string
  /** Unique; clients made from the document call it so. */
  readonly name: string
  readonly summary: string
  readonly who: W
  readonly rate?: { readonly of: keyof Rates; readonly per: 'ip' | 'person' }
  /** Takes an Idempotency-Key. */
  readonly keyed?: boolean
  readonly params?: z.ZodType<P>
  readonly query?: z.ZodType<Q>
  readonly body?: z.ZodType<B>
  readonly status?: 200 | 201 | 202
  readonly answer: z.ZodType<D>
  /** What it may refuse, besides what every route may. */
  readonly problems: readonly ProblemCode[]
  readonly handle: (asked: Asked<P, Q, B, W>) => Promise<Answer<D>>
}

/** One line of the API: it is mounted from this, and described from this, so the two cannot differ. */
export type Route = Omit<Terms<unknown, unknown, unknown, unknown, Who>, 'handle'> & {
  run(raw: Raw): Promise<Answer<unknown>>
}

/** Ties a handler to the schemas of what it is given, so that it only ever sees what fits them. */
export function route<P, Q, B, D, W extends Who>(terms: Terms<P, Q, B, D, W>): Route {
  const { handle, ...rest } = terms
  return {
    ...rest,
    run({ person, params, query, body, ip, message }) {
      if (!mayAsk(terms.who, person)) throw new Problem('unauthorised', 'Log in first.')
      return handle({
        params: read(terms.params, params, 'path'),
        query: read(terms.query, query, 'query'),
        body: read(terms.body, body, 'body'),
        person,
        ip,
        message,
      })
    },
  }
}

const mayAsk = <W extends Who>(
  who: W,
  person: Person | null,
): person is W extends 'anyone' ? null : Person => (who === 'anyone') === (person === null)

function read<T>(schema: z.ZodType<T> | undefined, given: unknown, where: string): T {
  const read = schema?.safeParse(given)
  if (read?.success) return read.data
  const errors = (read?.error.issues ?? []).map(({ path, message }) => ({
    path: [where, ...path].join('.'),
    message,
  }))
  throw new Problem('bad_request', 'The request does not have the form it must have.', { errors })
}
