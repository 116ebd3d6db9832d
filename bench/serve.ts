/** One subject in a process of its own: `serve.ts <name> <databaseUrl> <redisUrl>`. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { echo } from './subjects/echo.ts'

const [name = '', databaseUrl = '', redisUrl = ''] = process.argv.slice(2)

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** Only what is measured is loaded. */
async function start(): Promise<number> {
  if (name === 'hop') return (await import('./subjects/hop.ts')).hop(databaseUrl, redisUrl)
  if (name === 'koa') return listening(await (await import('./subjects/koa.ts')).koa())
  if (name === 'peer') return listening(await (await import('./subjects/peer.ts')).peer(redisUrl))
  return listening(await echo())
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuUs: user + system })
})
process.on('disconnect', () => process.exit())
process.send?.({ port: await start() })
