import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from './core/base/clock.ts'
import { gather } from './core/base/gather.ts'
import { LIMITS } from './core/base/limits.ts'
import type { Log } from './core/base/log.ts'
import type { Drivers } from './core/move/drivers.ts'
import type { Drain } from './core/run/drain.ts'
import type { Ledgered } from './core/run/store.ts'
import { LANES, type Lane } from './core/run/work.ts'

export type WorkerParts = {
  readonly drain: Pick<Drain<Ledgered>, 'drain' | 'woken' | 'renew' | 'release' | 'deadlines'>
  readonly drivers: Drivers
  readonly licence: (licence: string) => Promise<string>
  /** Lets holds expire and adds up the newest entries; true while there are more. */
  readonly keepBooks: () => Promise<boolean>
  /** Deletes what nobody will ask for again. */
  readonly reap: () => Promise<void>
  /** Hands one tax receipt to its device; true while there may be more. Left out where there is no device. */
  readonly issue?: () => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
}

const LICENCE = { everyMs: 5_000, validForMs: 24 * 3_600_000, batch: 20 } as const
const BOOKS_EVERY_MS = 5_000
const REAP_EVERY_MS = 600_000

/** The loops that carry out what was decided. Waking them makes them quick; sweeping makes them sure. */
export function startWorker(parts: WorkerParts): {
  wake(lane: Lane, ids: readonly string[]): Promise<void>
  /** Begins nothing more, finishes in time what is in hand, and gives the rest back. */
  stop(): Promise<void>
} {
  const { drain, log } = parts
  const loops = [
    ...LANES.map((lane) =>
      every(LIMITS.sweepMs, log, async () => (await drain.drain({ lane })) === LIMITS.claimBatch),
    ),
    every(LIMITS.sweepMs, log, async () => (await drain.deadlines()) === LIMITS.deadlineBatch),
    every(BOOKS_EVERY_MS, log, parts.keepBooks),
    every(LICENCE.everyMs, log, () => checkLicences(parts)),
    ...(parts.issue ? [every(LIMITS.sweepMs, log, parts.issue)] : []),
    every(REAP_EVERY_MS, log, async () => {
      await parts.reap()
      return false
    }),
  ]
  // As long as anything is in hand, also when we are told to stop.
  const stopRenewing = every(LIMITS.renewMs, log, () => drain.renew().then(() => false))
  const inHand = new Set<Promise<void>>()
  let isStopped = false
  const wake = (lane: Lane) =>
    gather<string>(async (ids) => {
      const work = drain
        .woken(lane, ids)
        .catch((error: unknown) => log.warn({ lane, error: String(error) }, 'wake_failed'))
      inHand.add(work)
      await work.finally(() => inHand.delete(work))
    })
  const wakes = new Map(LANES.map((lane) => [lane, wake(lane)]))
  return {
    async wake(lane, ids) {
      if (!isStopped) await wakes.get(lane)?.(ids)
    },
    async stop() {
      isStopped = true
      const rest = Promise.all([...loops.map((stop) => stop()), ...inHand])
      const patience = new AbortController()
      const late = sleep(LIMITS.finishMs, undefined, { signal: patience.signal }).catch(() => {})
      await Promise.race([rest, late])
      patience.abort()
      await stopRenewing()
      await drain.release().catch((error: unknown) => log.warn({ error: String(error) }, 'left_to_lease'))
    },
  }
}

/** Lets evidence end, and asks the regulator about licences that nobody has looked at for a day. */
async function checkLicences({ drivers, licence, clock }: WorkerParts): Promise<boolean> {
  await drivers.licencesEnd(clock.now())
  const due = await drivers.licencesDue(clock.now() - LICENCE.validForMs, LICENCE.batch)
  let answered = 0
  for (const driver of due) {
    const status = await licence(driver.licence)
    // No answer about this one: what we knew stands, and it is asked for again with the next round.
    if (status === 'unavailable') continue
    await drivers.licenceChecked(driver.phone, status, clock.now())
    answered += 1
  }
  return answered === LICENCE.batch
}

/** Runs `work` again and again, at once while it says that there is more. @returns stops it, after the round it is in */
function every(waitMs: number, log: Log, work: () => Promise<boolean>): () => Promise<void> {
  let stopped = false
  let wakeUp = () => {}
  const loop = async () => {
    while (!stopped) {
      const hasMore = await work().catch((error: unknown) => {
        log.warn({ error: String(error) }, 'round_failed')
        return false
      })
      if (stopped) return
      if (hasMore) {
        await breathe()
        continue
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs)
        wakeUp = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = loop()
  return () => {
    stopped = true
    wakeUp()
    return running
  }
}
