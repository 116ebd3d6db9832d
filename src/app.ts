import type { IncomingMessage } from 'node:http'
import { parse } from 'node:querystring'
import Koa from 'koa'
import type { Hook, HookRequest } from './core/base/hook.ts'
import type { Log } from './core/base/log.ts'

/** More than any provider sends; Meta's batches are the largest. */
const HOOK_BODY_BYTES = 256 * 1024

/** A path such as `/hooks/sms/:secret` as a list of its parts. */
type Door = { readonly hook: Hook; readonly parts: readonly string[] }

/**
 * The web application: providers' hooks first, on their raw bytes, then whatever `rest` mounts.
 * @param rest middleware for everything that is not a hook
 */
export function createApp(
  hooks: readonly Hook[],
  rest: readonly Koa.Middleware[],
  log: Log,
  proxies: number,
): Koa {
  const app = new Koa({ proxy: proxies > 0, maxIpsCount: proxies })
  app.silent = true
  app.use(answerHooks(hooks, log))
  for (const middleware of rest) app.use(middleware)
  return app
}

function answerHooks(hooks: readonly Hook[], log: Log): Koa.Middleware {
  const doors: Door[] = hooks.map((hook) => ({ hook, parts: hook.path.split('/') }))
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/hooks/')) return next()
    const said = ctx.path.split('/')
    const door = doors.find(
      ({ hook, parts }) => isAt(parts, said) && hook.methods.some((method) => method === ctx.method),
    )
    ctx.status = 404
    ctx.type = 'text/plain'
    ctx.body = 'Not Found'
    if (!door) return
    const body = await readBody(ctx.req)
    if (body === 'too_large') {
      ctx.status = 413
      ctx.body = 'Too Large'
      ctx.set('Connection', 'close')
      return
    }
    try {
      const answer = await door.hook.answer(requestOf(door, said, ctx, body))
      ctx.status = answer.status
      ctx.type = answer.type
      ctx.body = answer.body
    } catch (error) {
      log.error(
        { hook: door.hook.path, error: error instanceof Error ? error.stack : String(error) },
        'hook_failed',
      )
      ctx.status = 500
      ctx.body = 'Sorry'
    }
  }
}

const isAt = (parts: readonly string[], said: readonly string[]): boolean =>
  parts.length === said.length && parts.every((part, n) => part.startsWith(':') || part === said[n])

function requestOf({ parts }: Door, said: readonly string[], ctx: Koa.Context, body: Buffer): HookRequest {
  const params: Record<string, string> = {}
  for (const [n, part] of parts.entries())
    if (part.startsWith(':')) params[part.slice(1)] = decode(said[n] ?? '')
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(parse(ctx.querystring)))
    if (typeof value === 'string') query[name] = value
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(ctx.headers))
    headers[name] = Array.isArray(value) ? value[0] : value
  return { method: ctx.method, params, query, headers, body }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The whole body, or the news that it is larger than anybody needs. */
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
