import type { z } from 'zod'
import { Problem, type ProblemCode } from '../../core/base/problem.ts'
import type { Rates } from '../../core/people/rates.ts'
import type { Person } from '../../core/people/token.ts'

/** Who may ask: everybody, or whoever is logged in. Whose things they get is each route's business. */
export type Who = 'anyone' | 'person'

/** The message a request is, to the conversation it takes part in. */
export type Message = {
  readonly id: string
  /** What an earlier try of the same request was about to make. */
  readonly about: string | null
  /** Keeps what this try is about to make. */
  note(about: string): Promise<void>
}

/** A request before anybody looked at its parts. */
export type Raw = {
  readonly input: { readonly params: unknown; readonly query: unknown; readonly body: unknown }
  readonly person: Person | null
  readonly ip: string
}

export type Asked<I, W extends Who> = {
  readonly input: I
  readonly person: Asker<W>
  readonly ip: string
  readonly message: Message
}
export type Asker<W extends Who> = W extends 'anyone' ? null : Person

export type Answer<D> = { readonly data: D; readonly meta?: Readonly<Record<string, unknown>> }

export type Terms<I extends z.ZodObject, D, W extends Who> = {
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
  /** Of `params`, `query` and `body`, those it reads; anything else is not looked at. */
  readonly takes: I
  readonly status: 200 | 201 | 202
  readonly gives: z.ZodType<D>
  /** What it gives is a file of that kind, its bytes, and no JSON. */
  readonly file?: 'application/pdf'
  /** What it may refuse besides what every route may. */
  readonly problems: readonly ProblemCode[]
  readonly handle: (asked: Asked<z.infer<I>, W>) => Promise<Answer<D>>
}

/** One line of the API: it is mounted from this, and described from this, so the two cannot differ. */
export type Route = Omit<Terms<z.ZodObject, unknown, Who>, 'handle'> & {
  /**
   * Reads a request; what is returned carries it out.
   * @throws Problem bad_request when the input does not fit
   */
  read(raw: Raw): (message: Message) => Promise<Answer<unknown>>
}

/** Ties a handler to the schema of its input, so that it only ever sees what fits. */
export function route<I extends z.ZodObject, D, W extends Who>(terms: Terms<I, D, W>): Route {
  const { handle, ...rest } = terms
  return {
    ...rest,
    read({ input, person, ip }) {
      if (!isAsker(terms.who, person)) throw new Problem('unauthorised', 'Log in first.')
      const read = terms.takes.safeParse(input)
      if (!read.success) throw malformed(read.error)
      return (message) => handle({ input: read.data, person, ip, message })
    },
  }
}

const isAsker = <W extends Who>(who: W, person: Person | null): person is Asker<W> =>
  (who === 'anyone') === (person === null)

const malformed = ({ issues }: z.ZodError): Problem => {
  const errors = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return new Problem('bad_request', 'The request does not have the form it must have.', { errors })
}
