import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { close, listen } from '../../src/listen.ts'

const LOOK_EVERY_MS = 100
const LOOK_TIMEOUT_MS = 1_000
/** Nobody takes the call: it is tried so often, so long after each other. */
const TRIES = 10
const TRY_AGAIN_MS = 50
const SOCKETS = 64

/** A gateway: where it hears, and where it says whether it will. */
export type Backend = { readonly port: number; readonly internalPort: number }

export interface Balancer {
  /** Requests that a gateway took and did not answer, or that no gateway took. */
  readonly lost: readonly string[]
  stop(): Promise<void>
}

/**
 * Shares requests out among gateways, over connections that are kept, as proxies do. A request that was refused goes to
 * the next; one that was sent is never sent again, for who knows what became of it.
 */
export async function startBalancer(port: number, backends: readonly Backend[]): Promise<Balancer> {
  const lost: string[] = []
  const gates = backends.map((backend) => ({
    ...backend,
    agent: new Agent({ keepAlive: true, maxSockets: SOCKETS }),
    isReady: false,
  }))
  let turn = 0
  const look = async () => {
    for (const gate of gates) gate.isReady = await isReady(gate.internalPort)
  }
  await look()
  let isStopped = false
  const looking = (async () => {
    for (; !isStopped; await sleep(LOOK_EVERY_MS)) await look()
  })()

  const forward = async (call: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await buffer(call)
    for (let tries = 0; tries < TRIES; tries += 1) {
      const open = gates.filter((gate) => gate.isReady)
      turn += 1
      const gate = open[turn % open.length]
      const outcome = gate ? await pass(gate, call, body, answer) : 'refused'
      if (outcome === 'done') return
      if (outcome !== 'refused') {
        lost.push(`${call.url} by ${gate?.port}: ${outcome}`)
        break
      }
      if (gate) gate.isReady = false
      else await sleep(TRY_AGAIN_MS)
    }
    if (!answer.headersSent) answer.writeHead(502)
    answer.end()
  }
  const server = createServer((call, answer) => void forward(call, answer))
  await listen(server, port)
  return {
    lost,
    async stop() {
      isStopped = true
      await Promise.all([looking, close(server)])
      for (const { agent } of gates) agent.destroy()
    },
  }
}

/** Sends a request on. @returns `done`, `refused` when it was never sent, or what went wrong */
function pass(
  { port, agent }: { readonly port: number; readonly agent: Agent },
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
): Promise<string> {
  const { connection: _, ...own } = headers
  return new Promise((resolve) => {
    const call = request({ port, host: '127.0.0.1', method, path: url, headers: own, agent })
    call.on('response', (heard) => {
      heard.on('error', (error) => resolve(error.message))
      const { connection: __, 'transfer-encoding': ___, ...theirs } = heard.headers
      buffer(heard).then(
        (bytes) => {
          answer.writeHead(heard.statusCode ?? 502, theirs).end(bytes)
          resolve('done')
        },
        (error: unknown) => resolve(String(error)),
      )
    })
    call.on('error', (error) => resolve(/ECONNREFUSED/.test(error.message) ? 'refused' : error.message))
    call.end(body)
  })
}

async function isReady(internalPort: number): Promise<boolean> {
  const signal = AbortSignal.timeout(LOOK_TIMEOUT_MS)
  const answer = await fetch(`http://127.0.0.1:${internalPort}/readyz`, { signal }).catch(() => null)
  await answer?.body?.cancel()
  return answer?.status === 200
}
