import type { WebSocket } from 'ws'
import { CLOSE, type Limits } from './parts.ts'

/** Who listens in this process. */
export type Crowd = {
  /** Lets a connection hear what is for a person; the person's oldest gives way when they have too many. */
  join(person: string, connection: WebSocket): void
  leave(person: string, connection: WebSocket): void
  has(person: string): boolean
  tell(person: string, json: string): void
}

export function createCrowd(limits: Limits): Crowd {
  // A set keeps the order in which they came.
  const listeners = new Map<string, Set<WebSocket>>()
  return {
    join(person, connection) {
      const own = listeners.get(person) ?? new Set()
      listeners.set(person, own.add(connection))
      const [oldest] = own
      if (own.size <= limits.perPerson || !oldest) return
      own.delete(oldest)
      oldest.close(CLOSE.tooMany, 'too many connections')
    },
    leave(person, connection) {
      const own = listeners.get(person)
      own?.delete(connection)
      if (own?.size === 0) listeners.delete(person)
    },
    has: (person) => listeners.has(person),
    tell(person, json) {
      for (const connection of listeners.get(person) ?? []) push(connection, json, limits)
    },
  }
}

/** Sends, or drops a connection that takes nothing in. */
export function push(
  connection: WebSocket,
  json: string,
  { bufferedBytes }: Pick<Limits, 'bufferedBytes'>,
): void {
  if (connection.bufferedAmount > bufferedBytes) connection.terminate()
  else connection.send(json)
}
