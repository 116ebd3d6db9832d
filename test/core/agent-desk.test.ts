import assert from 'node:assert/strict'
import { agents } from '../../src/commands/agents.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { silent } from '../../src/core/base/log.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import { createAgents } from '../../src/integrations/postgres/agents.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { migrated } from './desk.ts'

const DIANE = '+250788300003'

describe('agents, from a terminal', () => {
  let database: TestDatabase
  let db: Db
  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const run = async (...words: string[]) => {
    const said: string[] = []
    const print = (...lines: readonly string[]) => void said.push(...lines)
    const code = await agents.perform({ config: readConfig({ NODE_ENV: 'test' }), db, print }, words)
    return { code, said: said.join('\n') }
  }
  const known = () => {
    const phone = parsePhone(DIANE)
    assert.ok(phone)
    return createAgents(db).find(phone)
  }

  it('are let, for a part that can be changed, and no more', async () => {
    assert.equal((await run('put', '+250 788 300 003', 'Diane', '3%')).code, 0)
    const first = await known()
    assert.deepEqual([first?.name, first?.commissionBp], ['Diane', 300])
    await run('put', DIANE, 'Diane U.', '2.5%')
    const second = await known()
    assert.deepEqual([second?.id, second?.name, second?.commissionBp], [first?.id, 'Diane U.', 250])
    assert.equal((await run('stop', DIANE)).code, 0)
    assert.equal(await known(), null)
    assert.equal((await run('stop', DIANE)).code, 1)
    assert.match((await run()).said, /^1 agents\n {2}Diane U\. +\+25078•••003 2\.5 %, stopped$/)
  })

  for (const words of [
    ['put', DIANE, 'Diane'],
    ['put', DIANE, 'Diane', '101%'],
    ['put', DIANE, 'Diane', '3'],
    ['put', DIANE, 'Somebody with a very long name', '3%'],
    ['put', '12', 'Diane', '3%'],
    ['stop', '12'],
    ['fire', DIANE],
  ])
    it(`are not touched by: ${words.join(' ')}`, async () => {
      await run('put', DIANE, 'Diane', '3%')
      assert.equal((await run(...words)).code, 2)
      assert.equal((await known())?.commissionBp, 300)
    })
})
