import type { ServerResponse } from 'node:http'

const MAX_STREAMS = 100
const HEARTBEAT_MS = 15_000
const MAX_BACKLOG_BYTES = 1024 * 1024

/**
 * Something a watcher of the wire may want to draw. `kind` is one of
 * `ledger` (data: the ledger's entry), `screen` (USSD: `{sessionId, kind, text}`), `call` (the call as the
 * handset sees it), `prompt` (a payment waits for, or has got, the payer's word), `chat` (a WhatsApp line).
 */
export interface SimulatorEvent {
  simulator: string
  kind: 'ledger' | 'screen' | 'call' | 'prompt' | 'chat'
  phone: string | null
  data: unknown
}

export interface Events {
  emit(event: SimulatorEvent): void
  /** Turns the response into an event stream (Server-Sent Events, WHATWG HTML 9.2); `closed` runs at its end. */
  stream(response: ServerResponse, closed: () => void): void
  stop(): void
}

export function createEvents(): Events {
  const streams = new Set<ServerResponse>()
  const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS)

  function write(block: string) {
    for (const stream of streams) {
      // A page that no longer reads must not fill our memory.
      if (stream.writableLength > MAX_BACKLOG_BYTES) stream.destroy()
      else stream.write(block)
    }
  }

  function stream(response: ServerResponse, closed: () => void) {
    if (streams.size >= MAX_STREAMS) {
      response.writeHead(503).end()
      return closed()
    }
    response.on('error', () => response.destroy())
    response.on('close', () => {
      streams.delete(response)
      closed()
    })
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    response.write('retry: 1000\n\n')
    streams.add(response)
  }

  function stop() {
    clearInterval(heartbeat)
    for (const open of streams) open.destroy()
  }

  return { emit: (event) => write(`data: ${JSON.stringify(event)}\n\n`), stream, stop }
}
