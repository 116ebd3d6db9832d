import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { phone, Refusal, toE164 } from './read.ts'

const MAX_BODY_BYTES = 64 * 1024

/** One request, read whole. */
export interface Call {
  method: string
  path: string
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  headers: IncomingHttpHeaders
  raw: Buffer
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string | Buffer
}

/** `'drop'` cuts the connection without an answer; a function takes the response over (a stream). */
export type Reply = Answer | 'drop' | ((response: ServerResponse) => void)

export type Handler = (call: Call) => Reply | Promise<Reply>

export interface Route {
  method: string
  pattern: RegExp
  handler: Handler
}

/** A route; `:name` matches one path segment, a last `*` the rest. */
export function route(method: string, path: string, handler: Handler): Route {
  const source = path
    .replace(/[.]/g, '\\.')
    .replace(/:(\w+)/g, '(?<$1>[^/]+)')
    .replace('*', '.*')
  return { method, pattern: new RegExp(`^${source}/?$`), handler }
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
})

export const text = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
})

export const form = (call: Call): URLSearchParams => new URLSearchParams(call.raw.toString('utf8'))

/** The body read as JSON; undefined when it is none. */
export function jsonIn(call: Call): unknown {
  try {
    return JSON.parse(call.raw.toString('utf8'))
  } catch {
    return undefined
  }
}

/** The body read as JSON; throws a Refusal (400) when it is none. */
export function jsonBody(call: Call): unknown {
  const value = jsonIn(call)
  if (value === undefined) throw new Refusal(400, 'the body is not JSON')
  return value
}

/** The one header line named `name`, or undefined. */
export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** The phone a handset request is about: `?phone=+250…`. */
export const phoneOf = (call: Call): string => phone(call.query.get('phone'), 'phone')

/** The phone a ledger is filtered by, if any: `?to=`, `?phone=` or `?msisdn=`. */
export function filterOf(call: Call): string | undefined {
  const wanted = call.query.get('to') ?? call.query.get('phone') ?? call.query.get('msisdn')
  return wanted === null ? undefined : (toE164(wanted) ?? wanted)
}

/** Answers one request by the first route that fits. Never throws, whatever came in. */
export async function serve(routes: readonly Route[], request: IncomingMessage, response: ServerResponse) {
  try {
    send(response, await dispatch(routes, request))
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500
    if (status === 500)
      process.stderr.write(`simulators: ${request.method} ${request.url}: ${String(error)}\n`)
    send(response, json(status, { error: error instanceof Error ? error.message : 'failed' }))
  }
}

async function dispatch(routes: readonly Route[], request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://simulators')
  const path = decode(url.pathname)
  const found = routes.filter((candidate) => candidate.pattern.test(path))
  const match = found.find((candidate) => candidate.method === request.method)
  if (!match) throw new Refusal(found.length > 0 ? 405 : 404, `no ${request.method} ${path} here`)
  return match.handler({
    method: match.method,
    path,
    params: match.pattern.exec(path)?.groups ?? {},
    query: url.searchParams,
    headers: request.headers,
    raw: await body(request),
  })
}

function decode(path: string) {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new Refusal(400, 'the path is badly encoded')
  }
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Refusal(413, `a body may hold ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, reply: Reply) {
  if (reply === 'drop') return response.destroy()
  if (typeof reply === 'function') return reply(response)
  if (response.headersSent || response.destroyed) return response.destroy()
  const body = reply.body ?? ''
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
