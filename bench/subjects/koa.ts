import { createServer, type Server } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'
import { z } from 'zod'
import { HOOK } from '../journey.ts'

const form = z.object({ text: z.string() })

/** The usual way to take a form, with nothing behind it. */
export async function koa(): Promise<Server> {
  const app = new Koa()
  const router = new Router()
  router.post(HOOK.replace(/[^/]*$/, ':secret'), (ctx) => {
    ctx.type = 'text/plain'
    ctx.body = `CON ${form.parse(ctx.request.body).text}`
  })
  app.use(bodyParser()).use(router.routes())
  return createServer(app.callback())
}
