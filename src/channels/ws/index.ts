import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { jsonOf } from '../../core/base/http.ts'
import { newsShape, personOf } from '../../core/people/live.ts'
import { type Crowd, createCrowd } from './crowd.ts'
import { listen } from './listener.ts'
import { CLOSE, LIVE, type Limits, type LiveParts } from './parts.ts'

export { type Crier, createCrier } from './crier.ts'
export type { LiveParts } from './parts.ts'

const PATH = '/v1/live'

/**
 * `/v1/live`: `{"type":"hello","token":"…"}` first, answered `ready`; then every change of the person's own
 * bookings and every position of whoever comes for them. Drivers say where they are by
 * `{"type":"position","lat":…,"lng":…}`. A token never stands in the address, where logs would keep it.
 * @returns hangs up on everybody
 */
export function liveSocket(
  server: Server,
  parts: LiveParts,
  limits: Limits = LIVE,
): { stop(): Promise<void> } {
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: limits.payloadBytes,
    perMessageDeflate: false,
  })
  const crowd = createCrowd(limits)
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== PATH) return refuse(socket, '404 Not Found')
    if (wss.clients.size >= limits.connections) return refuse(socket, '503 Service Unavailable')
    wss.handleUpgrade(request, socket, head, (connection) => listen(connection, crowd, parts, limits))
  }
  server.on('upgrade', upgrade)
  const unsubscribe = parts.fanout.subscribe((topic, json) => {
    const person = personOf(topic)
    if (person === undefined || !crowd.has(person)) return
    retell(person, json, crowd, parts).catch((error: unknown) =>
      parts.log.warn({ error: String(error) }, 'live_update_lost'),
    )
  })
  const heartbeat = setInterval(() => beat(wss.clients), limits.heartbeatMs)
  return {
    async stop() {
      clearInterval(heartbeat)
      unsubscribe()
      server.off('upgrade', upgrade)
      const gone = [...wss.clients].map((connection) => {
        connection.close(CLOSE.goingAway, 'going away')
        return new Promise((resolve) => connection.once('close', resolve))
      })
      await Promise.race([Promise.all(gone), sleep(limits.goodbyeMs, undefined, { ref: false })])
      for (const connection of wss.clients) connection.terminate()
      wss.close()
    },
  }
}

/** Says to a person's connections what another process, or this one, has news of. */
async function retell(
  person: string,
  json: string,
  crowd: Crowd,
  { bookings, desk }: LiveParts,
): Promise<void> {
  const news = newsShape.safeParse(jsonOf(json)).data
  if (news?.type === 'position') return crowd.tell(person, JSON.stringify(news))
  const booking = news && (await bookings.find(news.id))
  // The topic says who may hear it, and the row says so again.
  if (booking?.owner === person)
    crowd.tell(person, JSON.stringify({ type: 'booking', booking: desk.describe(booking, 'owner') }))
}

/** Pinged and not heard from since. */
const silent = new WeakSet<WebSocket>()

/** Those that did not answer the last ping have gone without saying so. */
function beat(connections: ReadonlySet<WebSocket>): void {
  for (const connection of connections) {
    if (silent.has(connection)) {
      connection.terminate()
      continue
    }
    silent.add(connection)
    connection.once('pong', () => silent.delete(connection))
    connection.ping()
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
