import Router, { type RouterContext } from '@koa/router'
import { maskPhone } from '../../core/base/phone.ts'
import { Problem } from '../../core/base/problem.ts'
import { spend } from '../../core/people/rates.ts'
import type { Person } from '../../core/people/token.ts'
import { authRoutes } from './auth.ts'
import { readJson } from './body.ts'
import { bookingRoutes } from './bookings.ts'
import { freshMessage, KEY_HEADER, keyIn, onceOnly, type Sent } from './once.ts'
import { openApiOf } from './openapi.ts'
import type { RestParts } from './parts.ts'
import { notAllowed, PROBLEM_TYPE, type Refusal, refusalOf } from './problem.ts'
import type { Message, Route } from './route.ts'
import { streetRoutes } from './street.ts'

export type { RestParts } from './parts.ts'

/** Headers of every answer: nothing here is a page, and nothing is for keeping. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
} as const

/** The whole API, one line a route. */
export const routesOf = (parts: RestParts): readonly Route[] => [
  ...authRoutes(parts),
  ...bookingRoutes(parts),
  ...streetRoutes(parts),
]

/**
 * `/v1` for programs: JSON in `{data, meta}`, problems by RFC 9457, and the description of it all at
 * `/v1/openapi.json`.
 */
export function restRoutes(parts: RestParts): Router {
  const router = new Router()
  const routes = routesOf(parts)
  const document = JSON.stringify(openApiOf(routes))
  const serve = (work: (ctx: RouterContext, requestId: string) => Promise<Sent>, name: string) => {
    return (ctx: RouterContext) => answer(ctx, name, parts, work)
  }
  for (const route of routes)
    router[route.method](route.path, serve((ctx, id) => carryOut(ctx, id, route, parts), route.name))
  router.get('/v1/openapi.json', serve(async () => sent(200, document), 'document'))
  router.all('/v1{/*rest}', serve(async (ctx, id) => unknown(ctx, id, router), 'unknown'))
  return router
}

const sent = (status: number, body: string): Sent => ({ status, headers: {}, body, repeated: false })

/** The frame of every request: its id, the headers, problems for whatever is thrown, one line in the log. */
async function answer(
  ctx: RouterContext,
  name: string,
  { clock, ids, log, take, rates }: RestParts,
  work: (ctx: RouterContext, requestId: string) => Promise<Sent>,
): Promise<void> {
  const startedAt = clock.now()
  const given = ctx.get('x-request-id')
  const requestId = /^[\w.-]{1,64}$/.test(given) ? given : ids.next('rq')
  ctx.set({ ...HEADERS, 'x-request-id': requestId })
  const done = await spend(take, rates.all, ctx.ip)
    .then(() => work(ctx, requestId))
    .catch((error: unknown): Refusal & { repeated?: boolean } => {
      if (!(error instanceof Problem)) log.error({ requestId, route: name, error: traceOf(error) }, 'request_failed')
      return refusalOf(error, requestId)
    })
  ctx.status = done.status
  ctx.set(done.headers)
  if (done.repeated) ctx.set('idempotent-replayed', 'true')
  // What is left of the body will not be read: the connection cannot carry another request.
  if (done.status === 413) ctx.set('connection', 'close')
  ctx.type = done.status < 400 ? 'application/json' : PROBLEM_TYPE
  ctx.body = done.body
  const person = personIn(ctx)
  log.info(
    {
      requestId,
      method: ctx.method,
      route: name,
      status: done.status,
      durationMs: clock.now() - startedAt,
      ...(person ? { person: maskPhone(person.phone) } : {}),
    },
    'request',
  )
}

const traceOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** Who was found to ask, for the log. */
const ASKERS = new WeakMap<object, Person>()
const personIn = (ctx: RouterContext): Person | undefined => ASKERS.get(ctx)

async function carryOut(
  ctx: RouterContext,
  requestId: string,
  route: Route,
  parts: RestParts,
): Promise<Sent> {
  const person = route.who === 'anyone' ? null : await askerOf(ctx, parts)
  if (person) ASKERS.set(ctx, person)
  if (route.who === 'driver' && !(await parts.access.ranksOf(person.phone)).has('driver'))
    throw new Problem('forbidden', 'This is for drivers.')
  if (route.rate)
    await spend(parts.take, parts.rates[route.rate.of], route.rate.per === 'ip' ? ctx.ip : (person?.phone ?? ''))
  const body = route.takes.shape.body ? await readJson(ctx.req) : undefined
  const input = { params: ctx.params, query: ctx.query, body: body?.json }
  const work = async (message: Message): Promise<Sent> => {
    const { data, meta } = await route.run({ input, person, ip: ctx.ip, message })
    return sent(route.status, JSON.stringify({ data, meta: { requestId, ...meta } }))
  }
  const key = route.keyed ? keyIn(ctx.get(KEY_HEADER)) : null
  if (key === null || !person) return work(freshMessage(parts))
  const text = [ctx.method, ctx.path, body?.text ?? ''].join('\n')
  return onceOnly(parts, { person, key, text, requestId }, work)
}

async function askerOf(ctx: RouterContext, { identity }: RestParts): Promise<Person> {
  const token = /^Bearer ([\w.-]+)$/i.exec(ctx.get('authorization'))?.[1]
  const person = token === undefined ? null : await identity.who(token)
  if (!person) throw new Problem('unauthorised', 'Log in first.')
  return person
}

/** Nothing of that name, or something that is asked otherwise. */
function unknown(ctx: RouterContext, requestId: string, router: Router): Sent {
  const methods = router
    .match(ctx.path, ctx.method)
    .path.filter(({ path }) => path !== '/v1{/*rest}')
    .flatMap((layer) => layer.methods)
  if (methods.length === 0) throw new Problem('not_found', 'There is nothing here.')
  return { ...notAllowed([...new Set(methods)], requestId), repeated: false }
}
