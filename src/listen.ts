import type { Server } from 'node:http'
import { LIMITS } from './core/base/limits.ts'

/** Opens the port. @returns the one really taken, which matters when 0 was asked for */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Goes on taking calls, and has each caller hang up after their answer: they are let go before anything is closed. */
export function dismiss(server: Server): void {
  server.prependListener('request', (_, response) => response.setHeader('connection', 'close'))
}

/** How often connections are looked at that have just ended what was in hand. */
const IDLE_EVERY_MS = 100

/** Takes no more calls, and waits a while for those in hand. */
export function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve()
  dismiss(server)
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), LIMITS.finishMs)
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_EVERY_MS)
    server.close(() => {
      clearTimeout(force)
      clearInterval(idle)
      resolve()
    })
  })
}
