import assert from 'node:assert/strict'
import { startWorld, type World } from '../support/world.ts'

const PHONE = '+250788000118'

describe('a text that is not written down in time', function () {
  this.timeout(30_000)
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  const bring = async (id: string, text: string) => {
    const body = new URLSearchParams({ from: PHONE, to: '3847', id, text })
    const url = `${world.gateway}/hooks/sms/africastalking/dev`
    return (await fetch(url, { method: 'POST', body })).status
  }

  it('stays with its provider, who brings it again, and is heard once', async () => {
    assert.equal(await bring('first', 'RIDE'), 200)
    await world.hears(PHONE, /^Where are you\?/)
    const blocker = await world.db.transaction()
    await blocker.raw('select * from conversations where person = ? for update', [PHONE])
    const late = await bring('second', 'Remera').finally(() => blocker.rollback())
    assert.ok(late >= 500, `answered ${late}`)
    assert.equal(await bring('second', 'Remera'), 200)
    await world.hears(PHONE, /^Where to\?/)
    assert.equal((await world.inbox(PHONE)).length, 2)
    const heard = await world.db('journal').where({ cause: 'sms:second#0' })
    assert.equal(heard.length, 1)
  })
})
