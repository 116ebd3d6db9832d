import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { shops, warehouses } from '../../src/demo/lagos.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { STOCK_RULES } from '../../src/integrations/postgres/verify-stock.ts'
import { startWorld, type World } from '../support/world.ts'

const [SELLS, PACKS, OWES] = shops.map(({ phone }) => phone)
const PATIENCE_MS = 20_000
const LOOK_MS = 100

/** A journey that is packed, one that is sold, and one that is held and not paid. */
const PACKED = `(select journey from goods_gone limit 1)`
const SOLD = `(select journey from stock_holds where until_at is null limit 1)`
const UNPAID = `(select journey from stock_holds where until_at is not null limit 1)`
const PAID = `'{paid}', 'false'), '{cash}'`

/** What somebody with the owner's rights could do, how it is undone, and what is found meanwhile. */
const BREAKS = [
  [
    `alter table stock drop constraint stock_covers; update stock set came = came - 1000000 where product = 12`,
    `update stock set came = came + 1000000 where product = 12; alter table stock add constraint stock_covers
      check (gone >= 0 and reserved >= 0 and reserved <= on_hand)`,
    ['no more of anything is promised or gone than came in: 2'],
  ],
  [
    `update stock set reserved = reserved + 1 where product = 13`,
    `update stock set reserved = reserved - 1 where product = 13`,
    ['what is reserved on a shelf is what is held of it: 2'],
  ],
  [
    `update stock set gone = gone + 1 where product = 13`,
    `update stock set gone = gone - 1 where product = 13`,
    ['what is gone from a shelf is what was packed of it: 2'],
  ],
  [
    `update instances set done = true, state = 'failed' where id = ${UNPAID}`,
    `update instances set done = false, state = 'assigned' where id = ${UNPAID}`,
    ['goods are held for no order that is over: 1'],
  ],
  [
    `update instances set context = jsonb_set(jsonb_set(context, ${PAID}, 'false') where flow = 'booking'`,
    `update instances set context = jsonb_set(jsonb_set(context, ${PAID}, 'true') where flow = 'booking'`,
    ['goods that are sold or packed are paid for, or will be in cash: 2'],
  ],
  [
    `update instances set context = jsonb_set(context, '{wish,basket,0,count}', '4') where id = ${SOLD}`,
    `update instances set context = jsonb_set(context, '{wish,basket,0,count}', '3') where id = ${SOLD}`,
    ['whoever bought goods has all of them until they are packed: 1'],
  ],
  [
    `update instances set context = jsonb_set(context, '{wish,basket,0,product}', '14') where id = ${PACKED}`,
    `update instances set context = jsonb_set(context, '{wish,basket,0,product}', '21') where id = ${PACKED}`,
    ['what is packed has left its shelves, all of it and once: 1'],
  ],
] as const

describe('goods of a town that orders', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ PAYMENTS: 'mtn,credit' })
    await orders(SELLS, 'ORDER 12x3 45x2', 'cash', /packs it now/)
    await orders(PACKS, 'ORDER 21x2', 'cash', /packs it now/)
    await orders(OWES, 'ORDER 51x2', 'yes', /are kept for 15 min/)
    await packed(PACKS)
  })
  after(() => world.stop())

  async function orders(phone: string | undefined, text: string, answer: string, heard: RegExp) {
    await world.text(phone ?? '', text)
    await world.hears(phone ?? '', /1 Yes/)
    await world.text(phone ?? '', answer)
    await world.hears(phone ?? '', heard)
  }
  async function packed(phone: string | undefined): Promise<void> {
    const { code } = await world.db('instances').where({ owner: phone, flow: 'booking' }).first()
    for (const { desk } of warehouses) await world.text(desk, `PICKED ${code}`)
    await world.hears(phone ?? '', /is packed/)
    const end = Date.now() + PATIENCE_MS
    while (!(await world.db('goods_gone').first()) && Date.now() < end) await sleep(LOOK_MS)
  }

  it('are right by every rule of stock, and each rule finds what breaks it', async () => {
    const wrong = async () => {
      const findings = await verify(world.db, Date.now())
      const stock = findings.filter(({ rule }) => STOCK_RULES.some((one) => one.rule === rule))
      assert.ok(stock.every(({ cases }) => cases > 0))
      return stock.filter(({ broken }) => broken > 0).map(({ rule, broken }) => `${rule}: ${broken}`)
    }
    assert.deepEqual(await wrong(), [])
    for (const [break_, mend, found] of BREAKS) {
      await world.db.raw(break_)
      const now = await wrong()
      await world.db.raw(mend)
      assert.deepEqual(now, found)
      assert.deepEqual(await wrong(), [])
    }
  })
})
