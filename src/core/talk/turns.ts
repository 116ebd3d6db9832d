import type { Msisdn } from '../base/phone.ts'
import { Problem } from '../base/problem.ts'

const WAITING_LIMIT = 50

/** Runs work of one person at a time, in the order it came. */
export type TakeTurns = <T>(person: Msisdn, work: () => Promise<T>) => Promise<T>

/**
 * One person's messages are heard one after another in this process. Between processes the conversation's `seq` does
 * the same: of two that began together one is stale, and begins anew after the other. No lock in Redis is paid for.
 * @returns throws Problem `unavailable` when a turn does not come within `waitMs`, or too many wait already
 */
export function createTurns(waitMs: number): TakeTurns {
  const lines = new Map<string, (() => void)[]>()

  const enter = (person: string): Promise<void> | undefined => {
    const line = lines.get(person)
    if (!line) {
      lines.set(person, [])
      return undefined
    }
    if (line.length >= WAITING_LIMIT) throw busy()
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
  const leave = (person: string) => {
    const next = lines.get(person)?.shift()
    if (next) next()
    else lines.delete(person)
  }

  return async (person, work) => {
    await enter(person)
    try {
      return await work()
    } finally {
      leave(person)
    }
  }
}

const busy = () => new Problem('unavailable', 'Still busy with what came before')
