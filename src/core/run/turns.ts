import { Problem } from '../base/problem.ts'

const WAITING_LIMIT = 50

/** Runs work of one person, or about one thing, at a time, in the order it came. */
export type TakeTurns = <T>(whose: string, work: () => Promise<T>) => Promise<T>

/**
 * One person's messages are heard one after another in this process. Between processes the conversation's `seq` does
 * the same: of two that began together one is stale, and begins anew after the other. No lock in Redis is paid for.
 * @returns throws Problem `unavailable` when a turn does not come within `waitMs`, or too many wait already
 */
export function createTurns(waitMs: number, most = WAITING_LIMIT): TakeTurns {
  const lines = new Map<string, (() => void)[]>()

  const enter = (whose: string): Promise<void> | undefined => {
    const line = lines.get(whose)
    if (!line) {
      lines.set(whose, [])
      return undefined
    }
    if (line.length >= most) throw busy()
    return new Promise((resolve, reject) => {
      const go = () => {
        clearTimeout(giveUp)
        resolve()
      }
      const giveUp = setTimeout(() => {
        line.splice(line.indexOf(go), 1)
        reject(busy())
      }, waitMs)
      line.push(go)
    })
  }
  const leave = (whose: string) => {
    const next = lines.get(whose)?.shift()
    if (next) next()
    else lines.delete(whose)
  }

  return async (whose, work) => {
    await enter(whose)
    try {
      return await work()
    } finally {
      leave(whose)
    }
  }
}

const busy = () => new Problem('unavailable', 'Still busy with what came before')
