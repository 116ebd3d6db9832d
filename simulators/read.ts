/** A request that is answered with `status` and a sentence for the developer. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Checks one value named `name`; throws a Refusal (400) that says what is wrong. */
export type Reader<T> = (value: unknown, name: string) => T

type Readers = Readonly<Record<string, Reader<unknown>>>
type Read<R extends Readers> = { [K in keyof R]: ReturnType<R[K]> }

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads an object by its readers; an unknown key is refused, so that a typing mistake is never silent. */
export function read<R extends Readers>(value: unknown, readers: R, name = 'the body'): Read<R> {
  if (!isRecord(value)) throw new Refusal(400, `${name} must be a JSON object`)
  const stray = Object.keys(value).find((key) => !Object.hasOwn(readers, key))
  if (stray !== undefined) {
    throw new Refusal(
      400,
      `${name} has the unknown key "${stray}"; known: ${Object.keys(readers).join(', ')}`,
    )
  }
  const pairs = Object.entries(readers).map(([key, reader]) => [key, reader(value[key], key)])
  return Object.fromEntries(pairs) as Read<R>
}

export const string =
  (max = 1000): Reader<string> =>
  (value, name) => {
    if (typeof value !== 'string' || value.length > max)
      throw bad(name, `a string of at most ${max} characters`)
    return value
  }

export const oneOf =
  <const T extends string>(words: readonly T[]): Reader<T> =>
  (value, name) => {
    const word = words.find((known) => known === value)
    if (word === undefined) throw bad(name, `one of ${words.join(', ')}`)
    return word
  }

export const whole =
  (low: number, high: number): Reader<number> =>
  (value, name) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
      throw bad(name, `a whole number from ${low} to ${high}`)
    }
    return value
  }

export const number: Reader<number> = (value, name) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw bad(name, 'a number')
  return value
}

export const boolean: Reader<boolean> = (value, name) => {
  if (typeof value !== 'boolean') throw bad(name, 'true or false')
  return value
}

export const object =
  <R extends Readers>(readers: R): Reader<Read<R>> =>
  (value, name) =>
    read(value, readers, name)

export const optional =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (value, name) =>
    value === undefined ? undefined : reader(value, name)

/** A phone number as E.164 with `+`; the `+` may be missing. */
export const phone: Reader<string> = (value, name) => {
  const e164 = typeof value === 'string' ? toE164(value) : undefined
  if (e164 === undefined) throw bad(name, 'a phone number such as +250788000001')
  return e164
}

/** A `+` that a query string turned into a space is read as `+`. */
export function toE164(text: string): string | undefined {
  const digits = text.trim().replace(/^\+/, '')
  return /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : undefined
}

const bad = (name: string, wanted: string) => new Refusal(400, `${name} must be ${wanted}`)
