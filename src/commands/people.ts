import { systemClock } from '../core/base/clock.ts'
import { type Msisdn, maskPhone, parsePhone } from '../core/base/phone.ts'
import type { Returned } from '../core/people/holders.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { createHolders } from '../integrations/postgres/holders.ts'
import { starsOf } from '../integrations/postgres/stars.ts'
import type { Ruling } from '../rulings.ts'

const onPhone =
  (act: (db: Db, person: Msisdn, words: readonly string[]) => Promise<Ruling>) =>
  async (db: Db, said: string, words: readonly string[] = []): Promise<Ruling> => {
    const person = parsePhone(said)
    return person ? act(db, person, words) : { isDone: false, text: `${said} is no phone number` }
  }

/** How drivers found a traveller: `4.5 of 5, ratings: 2`. */
export const stars = onPhone(async (db, person) => {
  const found = await starsOf(db, person)
  if (!found) return { isDone: true, text: `no driver has said anything of ${maskPhone(person)}` }
  const { sum, count } = found
  return { isDone: true, text: `${maskPhone(person)}: ${(sum / count).toFixed(1)} of 5, ratings: ${count}` }
})

/** Their network, or whoever has it now, says that the number is somebody else's. */
export const recycled = onPhone(async (db, person, [by = '']) => {
  await createHolders(db).pass(person, systemClock.now(), by)
  return { isDone: true, text: `${maskPhone(person)} begins anew` }
})

const RETURNED: Readonly<Record<Returned, string>> = {
  theirs: 'has again what was put away',
  nobody: 'was nobody else’s before',
  taken: 'is by now anew what it was: a driver, an agent, a member, a shop or an account; end that first',
}

/** Somebody made sure that they are who they were. */
export const returned = onPhone(async (db, person, [by = '', why = '']) => {
  const outcome = await createHolders(db).giveBack(person, { at: systemClock.now(), by, why })
  return { isDone: outcome === 'theirs', text: `${maskPhone(person)} ${RETURNED[outcome]}` }
})
