import type { Clock } from '../clock.ts'
import type { Connection } from './connection.ts'
import type { Short } from './pdu.ts'

/** A message from a phone, or a report, on its way to the application. */
export interface Brought {
  short: Short
  tries: number
  /** When it was first tried, and from then to the last try, ms. */
  triedAt: number
  spanMs: number
  state: 'waiting' | 'taken' | 'refused'
}

const MAX_UNANSWERED = 50
const PUMP_MS = 20
const NEVER_AGAIN = 0x65

/**
 * Brings the application what there is for it, over whatever connection is bound, until it takes it or refuses it for
 * good. @param againMs the least pause before what was not taken is brought again
 */
export function createBringing(clock: Clock, againMs: number, bound: ReadonlySet<Connection>) {
  const brought: Brought[] = []
  const waiting: Brought[] = []

  function bring(short: Short): Brought {
    const one: Brought = { short, tries: 0, triedAt: 0, spanMs: 0, state: 'waiting' }
    brought.push(one)
    waiting.push(one)
    pump()
    return one
  }

  function pump() {
    for (const connection of bound)
      while (waiting.length > 0 && connection.unanswered() < MAX_UNANSWERED) {
        const one = waiting.shift()
        if (one) void hand(one, connection)
      }
  }

  async function hand(one: Brought, connection: Connection) {
    const now = clock.now()
    if (one.tries++ === 0) one.triedAt = now
    one.spanMs = now - one.triedAt
    const status = await connection.deliver(one.short)
    if (status === 0) one.state = 'taken'
    else if (status === NEVER_AGAIN) one.state = 'refused'
    else clock.after(againMs, () => void waiting.push(one))
    pump()
  }

  const pumping = setInterval(pump, PUMP_MS)
  return {
    brought,
    bring,
    isAtRest: () => brought.every(({ state }) => state !== 'waiting'),
    stop: () => clearInterval(pumping),
  }
}
