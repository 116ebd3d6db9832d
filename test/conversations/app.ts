import { z } from 'zod'
import type { World } from '../support/world.ts'

const tokens = z.object({ data: z.object({ accessToken: z.string() }) })
const problem = z.object({ code: z.string(), detail: z.string().default('') })
const booking = z.object({
  data: z.object({
    state: z.string(),
    error: z.string().nullable(),
    prompt: z
      .object({
        say: z.string(),
        options: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
      })
      .nullable(),
  }),
})

/** The app on a smartphone: it talks REST, and shows what it gets as text. */
export class App {
  readonly #world: World
  readonly #number: string
  #token = ''

  constructor(world: World, number: string) {
    this.#world = world
    this.#number = number
  }

  async logIn(): Promise<void> {
    const phone = this.#number
    await this.send('/v1/auth/otp', { phone })
    const [, code] = await this.#world.hears(phone, / (\d{6})\D/)
    const answer = await this.#call('POST /v1/auth/verify', { phone, code })
    this.#token = tokens.parse(await answer.json()).data.accessToken
  }

  /** @returns the status, the booking's state, and its prompt with the values that answer it; or the problem's code */
  async ask(what: string, body?: object): Promise<string> {
    const answer = await this.#call(what, body)
    if (answer.headers.get('content-type') === 'application/pdf')
      return `${answer.status} ${(await answer.text()).startsWith('%PDF-') ? 'a page of PDF' : 'no PDF'}`
    const json: unknown = await answer.json()
    const failed = problem.safeParse(json)
    if (failed.success) return `${answer.status} ${failed.data.code}\n${failed.data.detail}`.trim()
    const { state, error, prompt } = booking.parse(json).data
    const options = (prompt?.options ?? []).map(({ value, label }) => `[${value}] ${label}`)
    return [`${answer.status} ${state}`, error, prompt?.say, ...options].filter((line) => line).join('\n')
  }

  /** What stands there, as it comes. */
  async read(path: string): Promise<unknown> {
    return (await this.#call(`GET ${path}`)).json()
  }

  /** @throws Error when it is refused */
  async send(path: string, body: object): Promise<unknown> {
    const answer = await this.#call(`POST ${path}`, body)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  #call(what: string, body?: object): Promise<Response> {
    const [method = '', path = ''] = what.split(' ')
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${this.#token}`,
      // An address of its own: so many may log in from one.
      'x-forwarded-for': `10.1.${Number(this.#number.slice(-4, -2))}.${Number(this.#number.slice(-2))}`,
    }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    return fetch(this.#world.gateway + path, { method, headers, ...sent })
  }
}
