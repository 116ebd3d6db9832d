import { parse } from 'node:querystring'
import type { z } from 'zod'
import type { HookAnswer, HookRequest } from '../../core/base/hook.ts'
import { jsonOf } from '../../core/base/http.ts'

type Fields = (name: string) => string

/** The fields of a form; one that is missing or doubled is empty. */
export function formOf({ body }: HookRequest): Fields {
  const form = parse(body.toString('utf8'))
  return (name) => {
    const value = form[name]
    return typeof value === 'string' ? value : ''
  }
}

/** The same of a query. */
export const queryOf =
  ({ query }: HookRequest): Fields =>
  (name) =>
    query[name] ?? ''

/** A JSON body of that shape; null when it has another. */
export function jsonIn<T>({ body }: HookRequest, shape: z.ZodType<T>): T | null {
  return shape.safeParse(jsonOf(body.toString('utf8'))).data ?? null
}

export const json = (value: unknown): HookAnswer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
})
