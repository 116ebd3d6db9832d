import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSimulators } from '../../simulators/server.ts'

const PATIENCE_MS = 4_000
const LOOK_MS = 5

/** One request that the gateway's stand-in received. */
export interface Hit {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export type Respond = (
  hit: Hit,
) => { status?: number; body?: string } | Promise<{ status?: number; body?: string }>

/** What came back from a simulator. `json` has the shape the test says it expects; its assertions are the proof. */
export interface Got<T> {
  status: number
  type: string
  body: string
  json: T
}

export const APP_SECRET = 'the-app-secret'
export const NUMBER_ID = '106540352242922'

/**
 * The simulators with a recording stand-in for the gateway behind them, on free ports. `respond` decides what the
 * stand-in answers; `hits` is what it heard.
 */
export async function stage(
  options: { mtnStatusRps?: number; gatewayTimeoutMs?: number; wallDir?: string } = {},
) {
  const hits: Hit[] = []
  const script: { respond: Respond } = { respond: () => ({ body: 'CON hello' }) }
  const gateway = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    const hit = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') }
    hits.push(hit)
    const { status = 200, body = '' } = await script.respond(hit)
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  const simulators = await startSimulators({
    port: 0,
    gatewayUrl,
    hookSecret: 's3cret',
    whatsappAppSecret: APP_SECRET,
    phoneNumberId: NUMBER_ID,
    seed: 7,
    ...options,
  })

  async function ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const raw = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
    const sent = { method, headers, ...(raw !== undefined && { body: raw }) }
    const answer = await fetch(simulators.url + path, {
      ...sent,
      signal: AbortSignal.timeout(PATIENCE_MS * 4),
    })
    return read<T>(answer)
  }

  /** The requests whose path ends so; waits a moment until there are `count`. */
  async function until(ending: string, count = 1): Promise<Hit[]> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      const found = heard(ending)
      if (found.length >= count) return found
      if (Date.now() > deadline) assert.fail(`only ${found.length} of ${count} requests to ${ending}`)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }

  const heard = (ending: string) => hits.filter(({ path }) => path.endsWith(ending))

  async function stop() {
    await simulators.stop()
    gateway.closeAllConnections()
    await new Promise((resolve) => gateway.close(resolve))
  }

  return {
    url: simulators.url,
    simulators,
    gatewayUrl,
    hits,
    heard,
    until,
    stop,
    ask,
    get: <T = unknown>(path: string, headers?: Record<string, string>) =>
      ask<T>('GET', path, undefined, headers),
    post: <T = unknown>(path: string, body?: unknown, headers?: Record<string, string>) =>
      ask<T>('POST', path, body, headers),
    advance: (advanceMs: number) => ask('POST', '/_clock', { advanceMs }),
    answering: (respond: Respond) => {
      script.respond = respond
    },
  }
}

export type Stage = Awaited<ReturnType<typeof stage>>

async function read<T>(answer: Response): Promise<Got<T>> {
  const type = answer.headers.get('content-type') ?? ''
  const body = await answer.text()
  const json = type.startsWith('application/json') ? JSON.parse(body) : undefined
  return { status: answer.status, type, body, json }
}

/** A form as an object. */
export const formOf = (hit: Hit | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(hit?.body ?? ''))

let serial = 100

/** A phone no other test uses. */
export const freshPhone = (): string => `+2507880${String(serial++).padStart(5, '0')}`
