import assert from 'node:assert/strict'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { InstanceRef } from '../../src/core/run/flow.ts'
import type { Channel } from '../../src/core/talk/channel.ts'
import { Messenger } from '../../src/core/talk/messenger.ts'
import { createScript } from '../../src/flows/menu.ts'
import { createMessages } from '../../src/integrations/postgres/messages.ts'
import { type Desk, ids, migrated, NOW, openDesk, somebody } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

describe('what a rider is shown', () => {
  let database: TestDatabase
  let here: Desk
  let there: Desk
  before(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
    there = openDesk(database.url)
  })
  after(async () => {
    await Promise.all([here.db.destroy(), there.db.destroy()])
    await database.drop()
  })

  /** A parcel that is paid, and for which a rider is sought. */
  async function sought(): Promise<InstanceRef> {
    const ref = { flow: 'tracking', id: ids.next('tr') } as const
    const owner = somebody()
    const near = { lat: -1.95, lng: 30.06 }
    const goods = { receiver: somebody(), kg: '5 kg' }
    const way = {
      line: 'parcel',
      from: 'Nyabugogo',
      to: 'Remera',
      price: 'RWF 900',
      near,
      goods,
      wish: null,
      fee: null,
    }
    const draft = here.run.draft()
    const input = { id: ref.id, booking: ids.next('bk'), owner, code: '4821', go: true, ...way }
    draft.open(ref, { owner, code: null, input }, 'first', NOW)
    assert.equal(await here.run.commit(draft.work()), 'done')
    return ref
  }
  const assign = async (desk: Desk, ref: InstanceRef, rider: Msisdn) => {
    const codes = { startCode: '1234', returnCode: '4321' }
    const driver = { id: 'dr_1', phone: rider, name: 'Eric', plate: 'RC 1', minutes: 3, ...codes }
    await desk.run.send(ref, { type: 'OFFERED', driver }, ids.next('ob'))
  }
  const shownBy = async ({ run, db }: Desk, ref: InstanceRef, rider: Msisdn): Promise<string[]> => {
    const said: string[] = []
    const sms: Channel = {
      ...{ name: 'sms', codec: smsCodec, answers: 'push', hooks: () => [] },
      async start() {},
      async stop() {},
      async deliver({ body }) {
        said.push(body)
        return { status: 'sent', externalId: ids.next('x') }
      },
    }
    const script = createScript('*384*77#', 'en')
    const clock = { now: () => NOW }
    const messenger = new Messenger({
      run,
      channels: { sms },
      script,
      messages: createMessages(db),
      guards: [],
      clock,
      log: silent,
    })
    await messenger.show(ids.next('ob'), rider, ref, 'driver', 'offer')
    return said
  }

  it('is shown by a process that remembers how it was before they had it', async () => {
    const [ref, rider] = [await sought(), somebody()]
    assert.equal((await there.store.instance(ref))?.state, 'seeking')
    await assign(here, ref, rider)
    assert.match((await shownBy(there, ref, rider)).join(), /reply COLLECTED 4821/)
  })

  it('is not shown to whom it was taken from', async () => {
    const [ref, rider] = [await sought(), somebody()]
    await assign(here, ref, rider)
    assert.equal((await there.store.instance(ref))?.state, 'assigned')
    await here.run.send(ref, { type: 'DROP', driver: rider }, ids.next('in'))
    assert.deepEqual(await shownBy(there, ref, rider), [])
  })
})
