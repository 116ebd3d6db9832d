import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import Koa from 'koa'
import type { Admits } from './core/base/admission.ts'
import type { Clock } from './core/base/clock.ts'
import type { Hook, HookAnswer, HookRequest } from './core/base/hook.ts'
import { NOT_FOUND, text } from './core/base/hook.ts'
import { type Log, traceOf } from './core/base/log.ts'

/** More than any provider sends; Meta's batches are the largest. */
const HOOK_BODY_BYTES = 256 * 1024

/** A caller who dawdles is let go. */
const TIMEOUTS = {
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
} as const

/**
 * The web server. Providers' hooks are answered first, on their raw bytes, since signatures are made over those and
 * a hop has no time for a router; everything else is Koa's.
 * @param mount puts the rest onto Koa
 * @param proxies our own, before us: each adds whom it heard to `x-forwarded-for`
 * @param door whose address is heard at hooks, and how often; everybody's where nothing is said
 */
export function createWebServer(
  hooks: readonly Hook[],
  mount: (app: Koa) => void,
  log: Log,
  proxies: number,
  door?: { readonly admits: Admits; readonly clock: Clock },
): Server {
  const app = new Koa({ proxy: proxies > 0, maxIpsCount: proxies })
  app.silent = true
  mount(app)
  const answerRest = app.callback()
  const isHeard = (request: IncomingMessage): boolean => {
    const address = addressOf(request, proxies)
    const admission = door?.admits(address, door.clock.now()) ?? 'heard'
    if (admission === 'first') log.warn({ address }, 'calls_too_often')
    return admission === 'heard'
  }
  const doors: Door[] = hooks.map((hook) => ({ hook, parts: hook.path.split('/') }))
  return createServer(TIMEOUTS, (request, response) => {
    if (!request.url?.startsWith('/hooks/')) return answerRest(request, response)
    if (isHeard(request)) return answerHook(doors, request, response, log)
    request.resume()
    return send(response, TOO_MANY)
  })
}

/** Whoever brings us something brings it again then; nothing of it was read. */
const TOO_MANY: HookAnswer = { ...text(429, 'Too Many Requests'), headers: { 'retry-after': '60' } }

/** Who calls, as the first of our own proxies saw them. */
function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const passed = proxies > 0 ? String(headers['x-forwarded-for'] ?? '').split(',') : []
  return passed.slice(-proxies)[0]?.trim() || (socket.remoteAddress ?? '')
}

/** A path such as `/hooks/sms/:secret` as a list of its parts. */
type Door = { readonly hook: Hook; readonly parts: readonly string[] }

async function answerHook(
  doors: readonly Door[],
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  const { path, query } = split(request.url ?? '')
  const said = path.split('/')
  const door = doors.find(
    ({ hook, parts }) => isAt(parts, said) && hook.methods.some((method) => method === request.method),
  )
  send(response, door ? await hear(door, said, query, request, log) : NOT_FOUND)
}

function send(response: ServerResponse, answer: HookAnswer): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.bytes ? answer.type : `${answer.type}; charset=utf-8`,
    'content-length': Buffer.byteLength(answer.bytes ?? answer.body),
  })
  response.end(answer.bytes ?? answer.body)
}

async function hear(
  { hook, parts }: Door,
  said: readonly string[],
  query: string,
  request: IncomingMessage,
  log: Log,
): Promise<HookAnswer> {
  try {
    const body = await readBody(request)
    if (body === 'too_large') return text(413, 'Too Large')
    return await hook.answer(requestOf(parts, said, query, request, body))
  } catch (error) {
    log.error({ hook: hook.path, error: traceOf(error) }, 'hook_failed')
    return text(500, 'Sorry')
  }
}

function split(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

const isAt = (parts: readonly string[], said: readonly string[]): boolean =>
  parts.length === said.length && parts.every((part, n) => part.startsWith(':') || part === said[n])

function requestOf(
  parts: readonly string[],
  said: readonly string[],
  search: string,
  request: IncomingMessage,
  body: Buffer,
): HookRequest {
  const params: Record<string, string> = {}
  for (const [n, part] of parts.entries())
    if (part.startsWith(':')) params[part.slice(1)] = decode(said[n] ?? '')
  const query: Record<string, string> = {}
  if (search !== '')
    for (const [name, value] of Object.entries(parse(search)))
      if (typeof value === 'string') query[name] = value
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value[0] : value
  return { method: request.method ?? '', params, query, headers, body }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The whole body, or the news that it is larger than anybody needs; what is too much is read and dropped. */
function readBody(request: IncomingMessage): Promise<Buffer | 'too_large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= HOOK_BODY_BYTES) chunks.push(chunk)
      else resolve('too_large')
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
