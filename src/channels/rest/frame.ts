import type { RouterContext } from '@koa/router'
import { Problem } from '../../core/base/problem.ts'
import { spend } from '../../core/people/rates.ts'
import type { Sent } from './once.ts'
import type { RestParts } from './parts.ts'
import { PROBLEM_TYPE, refusalOf } from './problem.ts'

/** Headers of every answer: nothing here is a page, and nothing is for keeping. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
} as const

/** Answers one request, given the id it goes by. */
export type Work = (ctx: RouterContext, requestId: string) => Promise<Sent>

/** What every request gets: its id, a share of the address's rate, a problem for whatever is thrown, a line in the log. */
export const framed =
  (name: string, { clock, ids, log, take, rates }: RestParts, work: Work) =>
  async (ctx: RouterContext): Promise<void> => {
    const startedAt = clock.now()
    const given = ctx.get('x-request-id')
    const requestId = /^[\w.-]{1,64}$/.test(given) ? given : ids.next('rq')
    const line = { requestId, route: name, method: ctx.method }
    const done = await spend(take, rates.all, ctx.ip)
      .then(() => work(ctx, requestId))
      .catch((error: unknown): Sent => {
        if (!(error instanceof Problem)) log.error({ ...line, error: traceOf(error) }, 'request_failed')
        return { ...refusalOf(error, requestId), repeated: false }
      })
    send(ctx, requestId, done)
    const { person, message } = ctx.state
    log.info(
      { ...line, person, message, status: done.status, durationMs: clock.now() - startedAt },
      'request',
    )
  }

function send(ctx: RouterContext, requestId: string, { status, headers, body, repeated, file }: Sent): void {
  ctx.status = status
  ctx.set({ ...HEADERS, ...headers, 'x-request-id': requestId })
  if (repeated) ctx.set('idempotent-replayed', 'true')
  // What is left of the body is not read: the connection cannot carry another request.
  if (status === 413) ctx.set('connection', 'close')
  ctx.type = file?.type ?? (status < 400 ? 'application/json' : PROBLEM_TYPE)
  ctx.body = file?.bytes ?? body
}

const traceOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
