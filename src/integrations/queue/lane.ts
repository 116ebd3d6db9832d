import Queue from 'bee-queue'
import { z } from 'zod'
import { gather } from '../../core/base/gather.ts'
import type { Log } from '../../core/base/log.ts'
import type { RedisClient } from './client.ts'

/** One hash slot for all keys, as a Redis cluster wants of scripts with several. */
const PREFIX = '{bq}'
const BACKLOG_LIMIT = 1_000
const IDS_LIMIT = 500
const STALL_MS = 30_000
const REOPEN_MS = 1_000
const CLOSE_WAIT_MS = 2_000

const Hint = z.object({ ids: z.array(z.string()).max(IDS_LIMIT) })
type Hint = z.infer<typeof Hint>

export type Handle = (ids: readonly string[]) => Promise<void>

/** One bee-queue of hints, there whenever Redis is. */
export type Lane = {
  /** Rejects when Redis does. Nothing is sent while a thousand hints wait already. */
  send(ids: readonly string[]): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a lane each time the connection comes up until it is open; bee-queue itself gives up for good when
 * Redis is not there. With `work` it takes hints too, on a blocking connection of its own.
 */
export function openLane(options: {
  name: string
  redis: RedisClient
  log: Log
  work?: { concurrency: number; handle: Handle }
}): Lane {
  const { name, redis, log, work } = options
  let queue: Queue<Hint> | undefined
  let isClosed = false

  const open = () => {
    if (queue || isClosed || redis.status !== 'ready') return
    const opening = createQueue(name, redis, work !== undefined, log)
    queue = opening
    const start = () => {
      if (work && !isClosed)
        opening.process(work.concurrency, ({ data }) => attend(name, data, work.handle, log))
    }
    opening.ready().then(start, (error: unknown) => {
      log.warn({ lane: name, err: error }, 'lane did not open')
      opening.close(CLOSE_WAIT_MS).catch(() => {})
      queue = undefined
      setTimeout(open, REOPEN_MS).unref()
    })
  }
  redis.on('ready', open)
  open()

  return {
    send: gather(async (ids) => {
      if (!queue || (await redis.llen(`${PREFIX}:${name}:waiting`)) >= BACKLOG_LIMIT) return
      await queue.createJob({ ids: ids.slice(0, IDS_LIMIT) }).save()
    }),
    close: async () => {
      isClosed = true
      // What is still at work then is handed out again, or found by the sweep.
      await queue?.close(CLOSE_WAIT_MS).catch(() => {})
    },
  }
}

function createQueue(name: string, redis: RedisClient, isWorker: boolean, log: Log): Queue<Hint> {
  const queue = new Queue<Hint>(name, {
    redis,
    prefix: PREFIX,
    isWorker,
    getEvents: false,
    sendEvents: false,
    storeJobs: false,
    removeOnSuccess: true,
    removeOnFailure: true,
    // Looked at once, when a worker starts: what a killed one held is then handed out again.
    stallInterval: STALL_MS,
  })
  queue.on('error', (error) => {
    if (redis.status === 'ready') log.warn({ lane: name, err: error }, 'lane trouble')
  })
  return queue
}

async function attend(lane: string, data: unknown, handle: Handle, log: Log): Promise<void> {
  try {
    await handle(Hint.parse(data).ids)
  } catch (error) {
    log.warn({ lane, err: error }, 'woken in vain')
  }
}
