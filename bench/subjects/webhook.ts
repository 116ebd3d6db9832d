import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'
import { SECRET, WEBHOOK } from '../webhook.ts'

/** The usual way to take a signed webhook, with nothing behind it. */
export function webhook(): Server {
  const app = new Koa()
  const router = new Router()
  router.post(WEBHOOK, (ctx) => {
    const given = Buffer.from(ctx.get('x-hub-signature-256').slice('sha256='.length), 'hex')
    const own = createHmac('sha256', SECRET).update(ctx.request.rawBody).digest()
    ctx.status = given.length === own.length && timingSafeEqual(given, own) ? 200 : 403
    ctx.body = 'OK'
  })
  app.use(bodyParser()).use(router.routes())
  return createServer(app.callback())
}
