import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createWaitingRoom } from '../../src/integrations/postgres/waiting.ts'
import { balances } from '../laws/journals.ts'
import { typed } from '../support/terminal.ts'
import { FARE_MINOR, openShop, type Shop, until } from './shop.ts'

const DAY_MS = 24 * 3_600_000
/** A worker looks for deadlines each second. */
const QUIET_MS = 1_500

describe('who does not pay', function () {
  this.timeout(60_000)
  let shop: Shop
  let folder = ''
  before(async () => {
    ;[shop, folder] = [await openShop(), await mkdtemp(join(tmpdir(), 'inzira-credit-'))]
  })
  after(async () => {
    await shop.stop()
    await rm(folder, { recursive: true })
  })

  /** `npm run credit -- …`: what it printed; of one that ended otherwise than with 0, what it printed and says. */
  const command = (...words: string[]): Promise<string> =>
    typed(shop.databaseUrl, 'credit', words, {
      DATA_DIR: folder,
      SIM_PORT: new URL(shop.simulators).port,
    }).then(({ text }) => text)

  it('is reminded in time, then stopped, and pays by mobile money from then on', async () => {
    const customer = '+250788000541'
    await shop.grant(customer, 20_000)
    const trip = await shop.books(customer)
    await shop.arrives(customer, trip)
    const number = await shop.invoiced(customer, trip)
    const [soon, late, stop] = [
      new RegExp(`Invoice ${number}: RWF 1,620 is due on`),
      new RegExp(`Invoice ${number}: RWF 1,620 was due on`),
      new RegExp(`Your credit is stopped: invoice ${number}`),
    ]
    const heard = async () => {
      const texts = await shop.inbox(customer)
      return [soon, late, stop].map((words) => texts.filter((text) => words.test(text)).length)
    }
    const { context } = await shop.db('instances').where({ flow: 'invoice', code: trip.code }).first()
    for (const [days, told] of [
      [-2.05, [0, 0, 0]],
      [-2, [1, 0, 0]],
      [0.95, [1, 0, 0]],
      [1, [1, 1, 0]],
      [6.9, [1, 1, 0]],
      [7, [1, 2, 0]],
      [29, [1, 2, 0]],
      [30, [1, 2, 1]],
    ] as const) {
      const before = await heard()
      shop.clock.advance(context.dueAt + days * DAY_MS - shop.clock.now())
      if (String(before) === String(told)) await sleep(QUIET_MS)
      else await until(`${days} days after it is due`, async () => String(await heard()) === String(told))
      assert.deepEqual(await heard(), told, `${days} days after it is due`)
    }
    await shop.isRight()
    assert.equal((await shop.account(customer)).status, 'stopped')
    const [waiting, more] = await createWaitingRoom(shop.db).waiting(10)
    assert.deepEqual(
      [waiting?.flow, waiting?.state, waiting?.money.amountMinor, more],
      ['invoice', 'collecting', FARE_MINOR, undefined],
    )
    await shop.books(customer)
    assert.deepEqual([await shop.owes(customer), (await shop.wallet(customer)).taken], [FARE_MINOR, 1])
  })

  describe('is seen to from a terminal', () => {
    const customer = '+250788000551'
    let number = ''
    let code = ''

    it('that opens accounts, and changes them', async () => {
      assert.match(await command('open', customer, '3000', '30'), /^ca_\w+ is open/)
      assert.match(await command('open', customer, '3000', '30'), /has an account already/)
      assert.match(await command('limit', customer, '9000'), /RWF 0 of RWF 9,000 {2}30 days {2}open/)
      assert.match(await command('stop', customer), /stopped/)
      assert.match(await command('resume', customer), /30 days {2}open/)
      assert.match(await command('list'), /RWF 1,620 of RWF 20,000 {2}30 days {2}stopped/)
      const odd = [[], ['open', '12'], ['limit', customer, '-1'], ['open', customer, '1.5', '30']]
      for (const said of await Promise.all(odd.map((words) => command(...words))))
        assert.match(said, /usage|not a phone/)
    })

    it('that takes down what came by hand, once', async () => {
      const trip = await shop.books(customer)
      code = trip.code
      number = await shop.invoiced(customer, trip)
      const paid = (amount: string, how: string) => command('paid', number, amount, 'Alice U.', how)
      assert.match(await paid('1621', 'BK FT1'), /nothing was changed: .* is due, RWF 1,620 is open/)
      assert.match(await paid('620', 'BK FT1'), /is due, RWF 1,000 is open/)
      assert.match(await paid('620', 'BK FT1'), /was written down for .* before/)
      assert.match(await command('paid', '2026-999999', '1', 'Alice U.', 'cash'), /there is no invoice/)
      await shop.isRight()
      assert.equal(await shop.owes(customer), 1_000)
      assert.equal((await balances(shop.db)).bank, 620)
      const [row] = await shop.db('credit_repayments').where({ reference: 'BK FT1' })
      assert.deepEqual([row.amount_minor, row.by], [620, 'Alice U.'])
    })

    it('and what comes by phone besides goes back', async () => {
      await shop.plan(customer, 'late', { lateMs: 60_000 })
      await shop.text(customer, `PAY ${code}`)
      await until(
        'MTN is asked',
        async () =>
          (await shop.db('instances').where({ flow: 'payment', owner: customer, state: 'pending' }))
            .length === 1,
      )
      assert.match(await command('paid', number, '1000', 'Alice U.', 'cash 17'), /is settled, RWF 0 is open/)
      await shop.post('/_clock', { advanceMs: 61_000 })
      shop.clock.advance(61_000)
      await until('MTN gave it back', async () => (await shop.wallet(customer)).returned === 1)
      await shop.hears(customer, /was sent back to you/)
      await shop.isRight()
      assert.deepEqual(
        [await shop.owes(customer), await shop.wallet(customer)],
        [0, { taken: 1, returned: 1 }],
      )
    })

    it('that ages what is owed, prints invoices, and writes off what nobody will pay', async () => {
      const trip = await shop.books(customer)
      const open = await shop.invoiced(customer, trip)
      const [table, csv, file] = await Promise.all([
        command('ageing'),
        command('ageing', 'csv'),
        command('invoice', open),
      ])
      assert.match(table, /^ +current +1-30 +31-60 +61-90 +over 90 +total$/m)
      assert.match(table, /^all +RWF 3,240 +RWF 0 +RWF 0 +RWF 0 +RWF 0 +RWF 3,240$/m)
      assert.match(csv, /^ca_\w+,\+25078•••551,RWF,1620,0,0,0,0,1620$/m)
      assert.equal(file.trim(), join(folder, 'invoices', `${open}.pdf`))
      assert.equal((await readFile(file.trim())).subarray(0, 5).toString(), '%PDF-')
      assert.match(
        await command('writeoff', open, 'Alice U.', 'the shop is closed'),
        /is writtenOff, RWF 0 is open/,
      )
      assert.match(await command('writeoff', open, 'Alice U.', 'the shop is closed'), /nothing was changed/)
      await shop.isRight()
      assert.equal(await shop.owes(customer), 0)
      assert.equal((await balances(shop.db)).loss, FARE_MINOR)
    })
  })
})
