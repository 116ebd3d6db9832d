import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { World } from '../support/world.ts'

const LOOK_MS = 20
const PATIENCE_MS = 8_000

const offered = z.object({ phone: z.string(), code: z.string() })
const booking = z.object({ state: z.string(), code: z.string(), start: z.string().nullable() })

/** A customer who books by SMS, and whoever drives them. */
export function rides({ db, text }: World, customer: string) {
  async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(LOOK_MS)) {
      const found = await look()
      if (found !== undefined) return found
    }
    throw new Error(`${what}: not in time`)
  }
  const latest = async () =>
    booking
      .optional()
      .parse(
        await db('instances')
          .select('state', 'code', db.raw(`context->'carrier'->>'startCode' as start`))
          .where({ owner: customer, flow: 'booking' })
          .orderBy('id', 'desc')
          .first(),
      )
  /** The rider who is asked now, and the job's code. */
  const asked = () =>
    until('an offer', async () =>
      offered
        .optional()
        .parse(
          await db('instances')
            .select('code', db.raw(`context->'driver'->>'phone' as phone`))
            .where({ owner: customer, flow: 'tracking', state: 'offered' })
            .first(),
        ),
    )
  const is = (state: string) =>
    until(`a booking that is ${state}`, async () => {
      const found = await latest()
      return found?.state === state ? found : undefined
    })

  return {
    asked,
    is,
    say: (words: string) => text(customer, words),
    async book(from: string, to: string) {
      await text(customer, `RIDE ${from} to ${to}`)
      await is('confirming')
      await text(customer, 'YES')
    },
    /** The rider who is asked says so; until they are believed. */
    async accepts() {
      const { phone, code } = await asked()
      await text(phone, `YES ${code}`)
      return { phone, code }
    },
    async declines() {
      const { phone, code } = await asked()
      await text(phone, `NO ${code}`)
    },
    /** From the pick-up to the last star. */
    async drives(rider: string) {
      const { code, start } = await is('booked')
      await text(rider, `ARRIVED ${code}`)
      await text(rider, `START ${code} 0000`)
      await text(rider, `START ${code} ${start}`)
      await text(rider, `DONE ${code}`)
      await is('rating')
      await text(customer, '5')
      await is('completed')
    },
  }
}
