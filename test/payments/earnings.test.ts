import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openCounter } from '../../src/commands/counter.ts'
import { type Settled, settle } from '../../src/commands/settlement.ts'
import { lastWeek } from '../../src/core/base/calendar.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { alone } from '../../src/integrations/postgres/alone.ts'
import { createEarnings } from '../../src/integrations/postgres/earnings.ts'
import { createLedger } from '../../src/integrations/postgres/ledger.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { verifyProvider } from '../../src/integrations/postgres/verify-provider.ts'
import { typed } from '../support/terminal.ts'
import { startWorld, type World } from '../support/world.ts'

const RIDER = '+250788100001'
const CUSTOMER = '+250788000411'
const FARE_MINOR = 1_620
const COMMISSION_MINOR = 162

const transfers = z.array(
  z.looseObject({ kind: z.string(), msisdn: z.string(), amount: z.string(), status: z.string() }),
)

/** From the fare to the driver's wallet, over the real application and the wallet's own books. */
describe('what a driver earned', function () {
  this.timeout(60_000)
  let world: World
  let account = ''
  before(async () => {
    world = await startWorld()
    await ride()
    const [row] = await world.db('drivers').where({ phone: RIDER }).select('id')
    account = `driver:${row.id}`
  })
  after(() => world.stop())

  async function ride(): Promise<void> {
    for (const text of ['', '1', '1*1', '1*1*2', '1*1*2*1']) await world.hop(CUSTOMER, 'earn-1', text)
    const [, code = ''] = await world.hears(RIDER, /reply YES (\d+)/i)
    await world.text(RIDER, `YES ${code}`)
    const [, start = ''] = await world.hears(CUSTOMER, /[Cc]ode\D*(\d{4})/, 20_000)
    await world.text(RIDER, `ARRIVED ${code}`)
    await world.text(RIDER, `START ${code} ${start}`)
    await world.text(RIDER, `DONE ${code}`)
    await world.hears(RIDER, /is done/)
  }

  async function settleNow(): Promise<Settled[]> {
    const config = readConfig({ NODE_ENV: 'test', SIM_PORT: new URL(world.simulators).port })
    const counter = openCounter(config, world.db)
    const [earnings, ledger] = [createEarnings(world.db), createLedger(world.db, systemClock)]
    const now = systemClock.now()
    const week = { name: '2025-W47', from: now - 3_600_000, until: now + 3_600_000 }
    const settled: Settled[] = []
    for await (const one of settle({ ...counter, earnings, ledger, leastMinor: 500 }, week)) settled.push(one)
    return settled
  }
  const balance = async (of: string) => {
    const [row] = await world.db('ledger').where({ account: of }).sum('amount_minor as n')
    return Number(row?.n)
  }
  const sent = async () =>
    transfers.parse(await world.get('/mtn/_ledger')).filter(({ kind }) => kind === 'transfer')

  it("is theirs but for the operator's part", async () => {
    assert.equal(await balance(account), COMMISSION_MINOR - FARE_MINOR)
    assert.equal(await balance('commission'), -COMMISSION_MINOR)
    assert.equal(await balance('unearned'), 0)
  })

  it('goes to their wallet once, however often the week is settled', async () => {
    const [first] = await settleNow()
    assert.deepEqual(
      [first?.account, first?.outcome, first?.due.amountMinor],
      [account, 'opened', FARE_MINOR - COMMISSION_MINOR],
    )
    assert.deepEqual(
      first?.statement.movements.map(({ kind }) => kind),
      ['earned'],
    )
    const again = await Promise.all([settleNow(), settleNow()])
    assert.deepEqual(
      again.flat().map(({ outcome, payout }) => [outcome, payout]),
      [0, 1].map(() => ['before', first?.payout]),
    )
    await world.hears(RIDER, /RWF 1,458 of your earnings \(2025-W47\) was sent/, 20_000)
    assert.deepEqual(
      (await sent()).map(({ msisdn, amount, status }) => [msisdn, amount, status]),
      [[RIDER.slice(1), '1458', 'SUCCESSFUL']],
    )
    assert.equal(await balance(account), 0)
    const wrong = (await verify(world.db, systemClock.now())).filter(
      ({ weight, broken }) => weight === 'wrong' && broken > 0,
    )
    assert.deepEqual(wrong, [])
    const theirs = await verifyProvider(world.db, 'mtn', await world.get('/mtn/_ledger'))
    assert.deepEqual(
      theirs.map(({ rule, cases, broken }) => [rule, cases > 0, broken]),
      [
        ['mtn: taken', true, 0],
        ['mtn: given back', false, 0],
        ['mtn: paid out', true, 0],
        ['mtn: is ahead of us', true, 0],
      ],
    )
  })

  it('is told of in a statement, by the command that settles a week', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inzira-settle-'))
    const settings = { DATA_DIR: folder, SIM_PORT: new URL(world.simulators).port }
    const { name } = lastWeek(systemClock.now(), 'Africa/Kigali')
    const command = () => typed(world.databaseUrl, 'settle', [name], settings)
    assert.equal((await command()).code, 0)
    const second = await alone(world.db, 'settle', command)
    assert.deepEqual([second.code, /somebody else is about to settle/.test(second.text)], [2, true])
    const week = join(folder, 'settlements', name)
    const files = (await readdir(week)).sort()
    const stem = `${account.replace(':', '-')}-RWF`
    assert.deepEqual(files, [`${stem}.csv`, `${stem}.pdf`, 'payouts.csv'])
    assert.match(await readFile(join(week, `${stem}.csv`), 'utf8'), /opening,,0,RWF\n.*closing,,0,RWF\n$/)
    assert.equal((await readFile(join(week, `${stem}.pdf`))).subarray(0, 5).toString(), '%PDF-')
    assert.match(await readFile(join(week, 'payouts.csv'), 'utf8'), /\+25078•••001,0,RWF,nothing,\n$/)
    await rm(folder, { recursive: true })
  })

  it('goes to a partner as well, to the owner whom it named, and waits while it named none', async () => {
    const [partner, owner] = ['pt_rw_isonga', '+250788230009']
    const theirs = `partner:${partner}`
    const members = world.db('partner_members').where({ partner })
    await members.clone().update({ paid: false })
    await world.db('postings').insert({
      ...{ kind: 'earned', source: 'bk_bus', debit: 'unearned', credit: theirs },
      ...{ amount_minor: 3_000, currency: 'RWF', at: systemClock.now() },
    })
    const outcome = async () => (await settleNow()).find((one) => one.account === theirs)?.outcome
    assert.equal(await outcome(), 'no wallet')
    await members.clone().where({ role: 'owner' }).update({ phone: owner, paid: true })
    assert.deepEqual([await outcome(), await outcome()], ['opened', 'before'])
    await world.hears(owner, /RWF 3,000 of your earnings/, 20_000)
    assert.equal(await balance(theirs), 0)
  })
})
