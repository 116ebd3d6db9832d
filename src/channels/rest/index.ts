import Router, { type RouterContext } from '@koa/router'
import { maskPhone } from '../../core/base/phone.ts'
import { Problem } from '../../core/base/problem.ts'
import { spend } from '../../core/people/rates.ts'
import type { Person } from '../../core/people/token.ts'
import { authRoutes } from './auth.ts'
import { readJson } from './body.ts'
import { bookingRoutes } from './bookings.ts'
import { framed } from './frame.ts'
import { invoiceRoutes } from './invoices.ts'
import { languageRoutes } from './languages.ts'
import { loadRoutes } from './loads.ts'
import { freshMessage, KEY_HEADER, keyIn, onceOnly, type Sent } from './once.ts'
import { openApiOf } from './openapi.ts'
import { partnerRoutes } from './partners/index.ts'
import type { RestParts } from './parts.ts'
import { paymentRoutes } from './payments.ts'
import { notAllowed } from './problem.ts'
import type { Message, Route } from './route.ts'
import { streetRoutes } from './street.ts'

export type { RestParts } from './parts.ts'

/** The whole API, one line a route. */
export const routesOf = (parts: RestParts): readonly Route[] => [
  ...authRoutes(parts),
  ...bookingRoutes(parts),
  ...paymentRoutes(parts),
  ...invoiceRoutes(parts),
  ...loadRoutes(parts),
  ...streetRoutes(parts),
  ...languageRoutes(parts),
  ...partnerRoutes(parts),
]

const ANYTHING = '/v1{/*rest}'

/**
 * `/v1` for programs: JSON in `{data, meta}`, problems by RFC 9457, and the description of it all at
 * `/v1/openapi.json`. The address that limits count by is Koa's `ctx.ip`: say how many proxies are ours.
 */
export function restRoutes(parts: RestParts): Router {
  const router = new Router()
  const routes = routesOf(parts)
  const document = JSON.stringify(openApiOf(routes))
  for (const route of routes)
    router[route.method](
      route.path,
      framed(route.name, parts, (ctx, requestId) => carryOut(ctx, requestId, route, parts)),
    )
  router.get(
    '/v1/openapi.json',
    framed('document', parts, async () => sent(200, document)),
  )
  router.all(
    ANYTHING,
    framed('unknown', parts, async (ctx, requestId) => unknown(ctx, requestId, router)),
  )
  return router
}

const sent = (status: number, body: string): Sent => ({ status, headers: {}, body, repeated: false })

async function carryOut(
  ctx: RouterContext,
  requestId: string,
  route: Route,
  parts: RestParts,
): Promise<Sent> {
  const person = route.who === 'anyone' ? null : await askerOf(ctx, parts)
  if (person) ctx.state.person = maskPhone(person.phone)
  if (route.rate)
    await spend(
      parts.take,
      parts.rates[route.rate.of],
      route.rate.per === 'person' && person ? person.phone : ctx.ip,
    )
  const body = route.takes.shape.body ? await readJson(ctx.req) : undefined
  const input = { params: ctx.params, query: ctx.query, body: body?.json }
  const run = route.read({ input, person, ip: ctx.ip })
  const work = async (message: Message): Promise<Sent> => {
    ctx.state.message = message.id
    const { data, meta } = await run(message)
    if (route.file && Buffer.isBuffer(data))
      return { ...sent(route.status, ''), file: { type: route.file, bytes: data } }
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
  const layers = router.match(ctx.path, ctx.method).path.filter(({ path }) => path !== ANYTHING)
  const methods = new Set(layers.flatMap((layer) => layer.methods))
  if (methods.size === 0) throw new Problem('not_found', 'There is nothing here.')
  return { ...notAllowed([...methods], requestId), repeated: false }
}
