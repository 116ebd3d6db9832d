/** One subject in a process of its own: `serve.ts <name> <databaseUrl> <redisUrl>`. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { Session } from 'node:inspector/promises'
import { echo } from './subjects/echo.ts'

const SAMPLE_US = 200

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
  if (name === 'webhook') return listening((await import('./subjects/webhook.ts')).webhook())
  if (name === 'koa') return listening(await (await import('./subjects/koa.ts')).koa())
  if (name === 'peer') return listening(await (await import('./subjects/peer.ts')).peer(redisUrl))
  return listening(await echo())
}

const inspector = new Session()
inspector.connect()

/** What the bench asks: the processor time so far, or to be watched for a while. */
async function answer(question: unknown): Promise<object> {
  if (question === 'watch') {
    await inspector.post('Profiler.enable')
    await inspector.post('Profiler.setSamplingInterval', { interval: SAMPLE_US })
    await inspector.post('Profiler.start')
    return { watching: true }
  }
  if (question === 'watched') return inspector.post('Profiler.stop')
  const { user, system } = process.cpuUsage()
  return { cpuUs: user + system }
}

process.on('message', (question) => {
  void answer(question).then((said) => process.send?.(said))
})
process.on('disconnect', () => process.exit())
process.send?.({ port: await start() })
