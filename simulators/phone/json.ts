import { isRecord } from '../read.ts'

const TIMEOUT_MS = 20_000

export type Row = Record<string, unknown>

/** A sentence for the person at the terminal: no trace, the program ends. */
export class Stop extends Error {}

/** The server understood and said no: to be shown, and the person goes on. */
export class Refused extends Error {}

export interface Json {
  get(path: string): Promise<unknown>
  post(path: string, body: object): Promise<unknown>
}

/** JSON over HTTP with the server at `base`. Rejects with a Stop when nobody answers there, with a Refused when the answer is no. */
export function json(base: string, headers: () => Record<string, string> = () => ({})): Json {
  async function ask(path: string, init: RequestInit): Promise<unknown> {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await fetch(base + path, { ...init, signal }).catch(() => {
      throw new Stop(`Nobody answers at ${base}. Start everything with: npm start`)
    })
    const text = await answer.text()
    if (!answer.ok) throw new Refused(`${path} answered ${answer.status}: ${text.slice(0, 300)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    get: (path) => ask(path, { headers: headers() }),
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers() },
        body: JSON.stringify(body),
      }),
  }
}

export const rows = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRecord) : [])

export const row = (value: unknown): Row => (isRecord(value) ? value : {})

/** The field as text, empty when it is not there. */
export function word(from: Row, name: string): string {
  const value = from[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
