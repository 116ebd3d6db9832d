/** A page that whatsapp-web.js takes for WhatsApp's, on a wire to the test. */
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'

const VERSION = 'stand-in'
const SCRIPTS = ['wire.js', 'models.js', 'modules.js', 'orders.js'] as const

const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded') }),
  z.object({
    kind: z.literal('sent'),
    id: z.string(),
    to: z.string(),
    type: z.string(),
    body: z.string(),
    pollName: z.string().optional(),
    pollOptions: z.array(z.object({ name: z.string(), localId: z.number() })).optional(),
  }),
])
type Sent = Extract<z.infer<typeof eventSchema>, { kind: 'sent' }>

export interface StandIn {
  /** For whatsapp-web.js's local version cache. */
  page: { version: string; dir: string }
  /** How often the page was loaded. */
  loads(): number
  /** What was sent from it, in order. */
  sent: readonly Sent[]
  /** Whether a page has its end of the wire open. */
  isOpen(): boolean
  message(from: string, fields: Record<string, unknown>): void
  vote(from: string, pollId: string, choices: number[]): void
  read(messageId: string): void
  logout(): void
  /** As a logout of which the page tells nothing. */
  fallSilent(): void
  close(): Promise<void>
}

/** `missingOn(load)` names the modules that fail once somebody has logged in on that load, counted from 1. */
export async function openStandIn(missingOn: (load: number) => readonly string[]): Promise<StandIn> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const dir = await mkdtemp(join(tmpdir(), 'whatsapp-page-'))
  await writeFile(join(dir, `${VERSION}.html`), await html(`ws://127.0.0.1:${address.port}`))
  const sent: Sent[] = []
  let loads = 0
  let page: WebSocket | undefined
  server.on('connection', (socket) => {
    page = socket
    socket.on('message', (data) => {
      const event = eventSchema.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : ''))
      if (event.kind === 'sent') return sent.push(event)
      loads += 1
      return socket.send(JSON.stringify({ do: 'pair', missing: missingOn(loads) }))
    })
  })
  const order = (what: object) => page?.send(JSON.stringify(what))
  return {
    page: { version: VERSION, dir },
    loads: () => loads,
    sent,
    isOpen: () => [...server.clients].some((socket) => socket.readyState === socket.OPEN),
    message: (from, fields) => order({ do: 'message', from, fields }),
    vote: (from, pollId, choices) => order({ do: 'vote', from, pollId, choices }),
    read: (id) => order({ do: 'read', id }),
    logout: () => order({ do: 'logout' }),
    fallSilent: () => order({ do: 'fallSilent' }),
    async close() {
      for (const socket of server.clients) socket.terminate()
      server.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** One file: only the page's own address is answered without the network, and its icon would be asked for. */
async function html(wireUrl: string): Promise<string> {
  const sources = await Promise.all(SCRIPTS.map((name) => readFile(new URL(name, import.meta.url), 'utf8')))
  const joined = sources
    .join('\n')
    .replace(/^import .*\n/gm, '')
    .replace(/^export /gm, '')
  const script = joined.replace('__WIRE__', wireUrl)
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>${script}</script>`
}
