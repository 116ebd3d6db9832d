import { LRUCache } from 'lru-cache'
import type { Msisdn } from './core/base/phone.ts'
import { type Acquaintances, createIntroductions } from './core/people/introductions.ts'
import type { Doors } from './core/talk/channel.ts'
import type { Script } from './core/talk/script.ts'

/** People whose id and number were just written down together. */
const REMEMBERED = 50_000

/** The doors for people whose number a channel hides, or may hide one day. */
export function createStrangers(
  parts: Parameters<typeof createIntroductions>[0] & {
    readonly acquaintances: Acquaintances
    readonly script: Script
  },
): Pick<Doors, 'introduce' | 'acquainted'> {
  const { script, acquaintances } = parts
  const introduce = createIntroductions(parts)
  const met = new LRUCache<string, Msisdn>({ max: REMEMBERED })
  return {
    async introduce(stranger) {
      const introduced = await introduce(stranger)
      if (!introduced || 'person' in introduced) return introduced
      const { say } = script.told(introduced.key, { phone: introduced.to }, script.defaultLanguage)
      return { say }
    },
    async acquainted({ userId, person, at }) {
      if (met.get(userId) === person) return
      await acquaintances.keep(userId, person, true, at)
      met.set(userId, person)
    },
  }
}
