import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Log } from '../../core/base/log.ts'

const CHANNEL = 'live'
const MESSAGE_LIMIT_CHARS = 64 * 1024

const Message = z.object({ from: z.string(), topic: z.string(), json: z.string() })

export type Hear = (topic: string, json: string) => void

export type Fanout = {
  /** Tells all processes; those in this one at once. Never throws: a missed update is shown by the next. */
  publish(topic: string, json: string): Promise<void>
  /** Has `hear` called with everything published from now on; gives what stops it. */
  subscribe(hear: Hear): () => void
  close(): void
}

/**
 * Live updates between processes, over one Redis channel and a connection of its own to listen. Messages
 * beyond 64 Ki characters are dropped with a warning. Without Redis only this process hears itself.
 */
export function createFanout({ redis, log }: { redis: Redis | null; log: Log }): Fanout {
  const self = randomUUID()
  const hearers = new Set<Hear>()
  const tell = (topic: string, json: string) => {
    for (const hear of hearers) {
      try {
        hear(topic, json)
      } catch (error) {
        log.warn({ topic, err: error }, 'update not shown')
      }
    }
  }
  const ear =
    redis &&
    listen(redis, (text) => {
      const message = parse(text)
      if (message && message.from !== self) tell(message.topic, message.json)
    })
  return {
    publish: async (topic, json) => {
      if (json.length > MESSAGE_LIMIT_CHARS)
        return log.warn({ topic, chars: json.length }, 'update too large')
      tell(topic, json)
      await redis?.publish(CHANNEL, JSON.stringify({ from: self, topic, json })).catch(() => {})
    },
    subscribe: (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    close: () => ear?.disconnect(),
  }
}

/** A subscribed connection takes no other command. */
function listen(redis: Redis, hear: (text: string) => void): Redis {
  const ear = redis.duplicate()
  // The commanding connection tells of the same trouble.
  ear.on('error', () => {})
  ear.on('ready', () => {
    ear.subscribe(CHANNEL).catch(() => ear.disconnect(true))
  })
  ear.on('message', (_channel, text) => hear(text))
  return ear
}

function parse(text: string): z.infer<typeof Message> | undefined {
  try {
    return Message.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
