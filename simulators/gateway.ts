import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'

const MAX_ANSWER_BYTES = 64 * 1024

export interface Post {
  method?: 'POST' | 'PUT' | 'GET'
  /** A path on the gateway, or a whole URL whose host is the gateway's or this machine. */
  to: string
  headers?: Record<string, string>
  body?: string | Buffer
  timeoutMs: number
}

export interface Heard {
  status: number
  headers: IncomingHttpHeaders
  body: string
  tookMs: number
}

/** The way back: what the simulated providers send to the gateway. */
export interface Gateway {
  /** The answer, or undefined when none came in time, the connection broke or the host is foreign. */
  send(post: Post): Promise<Heard | undefined>
  /** The same as a form (application/x-www-form-urlencoded: `*` bare, `#` as %23, space as `+`). */
  form(to: string, fields: Record<string, string>): Promise<Heard | undefined>
  /** The whole URL of a path on the gateway. */
  urlOf(path: string): string
  /** Whether a URL that the gateway gave us is one we may call. */
  ours(url: string): boolean
  stop(): void
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * @param base asked at every call, so that the gateway may get its port after the simulators
 * @param timeoutMs how long a form waits for its answer
 */
export function createGateway(base: () => string, timeoutMs: number): Gateway {
  const open = new Set<ClientRequest>()

  function ours(url: string) {
    if (!URL.canParse(url)) return false
    const { protocol, hostname } = new URL(url)
    return protocol === 'http:' && (LOOPBACK.includes(hostname) || hostname === new URL(base()).hostname)
  }

  async function send(post: Post) {
    const url = new URL(post.to, base())
    if (!ours(url.href)) return undefined
    const startedAt = performance.now()
    const answer = await new Promise<Omit<Heard, 'tookMs'> | undefined>((resolve) => {
      const call = request(url, { method: post.method ?? 'POST', headers: headers(post) })
      const deadline = setTimeout(() => call.destroy(), post.timeoutMs)
      open.add(call)
      call.on('response', (response) => resolve(collect(response).catch(() => undefined)))
      call.on('error', () => resolve(undefined))
      call.on('close', () => {
        clearTimeout(deadline)
        open.delete(call)
        resolve(undefined)
      })
      call.end(post.body)
    })
    return answer && { ...answer, tookMs: Math.round(performance.now() - startedAt) }
  }

  const form = (to: string, fields: Record<string, string>) =>
    send({
      to,
      timeoutMs,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })

  function stop() {
    for (const call of open) call.destroy()
  }

  const urlOf = (path: string) => new URL(path, base()).href

  return { send, form, urlOf, ours, stop }
}

const headers = (post: Post) => ({
  'content-length': String(Buffer.byteLength(post.body ?? '')),
  connection: 'close',
  ...post.headers,
})

async function collect(response: IncomingMessage) {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > MAX_ANSWER_BYTES) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}
