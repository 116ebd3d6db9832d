import assert from 'node:assert/strict'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { Problem } from '../../src/core/base/problem.ts'
import { type Acquaintances, createIntroductions } from '../../src/core/people/introductions.ts'
import { createAcquaintances } from '../../src/integrations/postgres/acquaintances.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { ids, migrated, openDesk, somebody } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

type Parts = Parameters<typeof createIntroductions>[0]

describe('somebody whose number is hidden', () => {
  let database: TestDatabase
  let db: Db
  before(async () => {
    database = await freshDatabase(migrated)
    db = openDesk(database.url).db
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  /** A house that texts codes, and a stranger in front of it. */
  function met(refit: (parts: Parts) => Partial<Parts> = () => ({})) {
    const codes = new Map<Msisdn, string>()
    const acquaintances = createAcquaintances(db)
    const parts: Parts = {
      acquaintances,
      identity: {
        async sendCode(to) {
          if (to.startsWith('+1')) throw new Problem('unprocessable', 'not there')
          codes.set(to, '123456')
        },
        proves: async (to, code) => codes.get(to) === code,
      },
      take: async () => true,
    }
    const hear = createIntroductions({ ...parts, ...refit(parts) })
    const userId = ids.next('us')
    const says = (text: string) => hear({ userId, messageId: ids.next('in'), text, at: 1 })
    return { says, userId, acquaintances }
  }

  /** A number that somebody says is not theirs by that, nor by a guess, and what is proven stays. */
  async function law(refit?: (parts: Parts) => Partial<Parts>): Promise<void> {
    const { says, userId, acquaintances } = met(refit)
    const [victim, own] = [somebody(), somebody()]
    for (const text of [victim, '000000', victim]) await says(text)
    assert.notEqual((await acquaintances.find(userId))?.isProven, true, 'taken at their word')
    await says(own)
    assert.deepEqual(await says('123456'), { person: own, isNew: true })
    for (const text of [victim, '123456']) assert.deepEqual(await says(text), { person: own, isNew: false })
    await acquaintances.keep(userId, victim, false, 2)
    assert.deepEqual(await acquaintances.find(userId), { person: own, isProven: true })
  }

  it('is whose number they prove, and nobody else', () => law())
  it('is asked for another where no code can be sent', async () =>
    assert.deepEqual(await met().says('+12025550123'), { key: 'numberAbroad', to: '+12025550123' }))
  it('is not answered twice for one message, nor for ever', async () =>
    assert.equal(await met(() => ({ take: async () => false })).says('hello'), null))

  it('would be anybody in a house that believes every code', () =>
    assert.rejects(
      law(({ identity }) => ({ identity: { ...identity, proves: async () => true } })),
      /taken at their word/,
    ))
  it('would be anybody in a house that believes every word', () => {
    const believes = ({ acquaintances }: Parts): { acquaintances: Acquaintances } => ({
      acquaintances: {
        ...acquaintances,
        keep: (id, person, _, at) => acquaintances.keep(id, person, true, at),
      },
    })
    return assert.rejects(law(believes), /taken at their word/)
  })
})
