import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Posting } from '../../src/core/run/work.ts'
import { type Finding, verify } from '../../src/integrations/postgres/verify.ts'
import { verifyProvider } from '../../src/integrations/postgres/verify-provider.ts'
import { RULES } from '../../src/integrations/postgres/verify-rules.ts'
import { begun, type Desk, errand, ids, migrated, NOW, nothing, openDesk, somebody } from '../core/desk.ts'
import { payment } from '../core/full.ts'
import { createWallet, orderOf, refundOf } from '../payments/wallet.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

const [MINUTE, HOUR] = [60_000, 3_600_000]
const LATER = NOW + MINUTE

type Paid = {
  readonly state: string
  readonly postings?: readonly Partial<Posting>[]
  readonly deadlineAt?: number | null
  readonly [key: string]: unknown
}

/** A payment as its machine would leave it, and its postings. @returns its id */
async function paid(desk: Desk, { state, postings = [], deadlineAt = null, ...more }: Paid): Promise<string> {
  const id = ids.next('py')
  const context = { booking: ids.next('bk'), provider: 'mtn', reference: id, startedAt: NOW, ...more }
  const row = { id, flow: 'payment', version: 2, seq: 1, owner: somebody(), state, context, done: false }
  await desk.db('instances').insert({ ...row, deadline_at: deadlineAt })
  await desk
    .db('journal')
    .insert({ instance_id: id, cause: 'c', flow: 'payment', seq: 1, event: {}, at: NOW })
  await desk.store.commit({ ...nothing, postings: postings.map((one) => payment(id, one)) })
  return id
}
const given: Partial<Posting> = { kind: 'refunded', debit: 'unearned', credit: 'provider:mtn' }
const goingBack: Partial<Posting> = { ...given, kind: 'refund' }
const held: Partial<Posting> = { hold: { until: LATER } }
const hold: Partial<Posting> = { kind: 'h', ...held }

/** A town in which all is well, with something for every rule to look at. */
async function well(desk: Desk): Promise<void> {
  await begun(desk)
  await desk.db('outbox').update({ due_at: LATER })
  await paid(desk, { state: 'settled', transaction: '1', postings: [{}] })
  await paid(desk, { state: 'refunded', transaction: '2', postings: [{}, given] })
  await paid(desk, { state: 'declined' })
  await paid(desk, { state: 'pending', deadlineAt: LATER })
  await paid(desk, { state: 'settled', postings: [{}, hold, { ...hold, kind: 'other' }] })
  const { source } = await desk.db('postings').where({ kind: 'h' }).first()
  const resolve = { how: 'post', kind: 'h', source } as const
  await desk.store.commit({ ...nothing, postings: [payment(source, { kind: 'hp', resolve })] })
  await aside(desk, 'payout', 'pending', false)
  await aside(desk, 'escrow', 'held', false)
}

const SIDES = {
  payout: { debit: 'driver:dr_1', credit: 'provider:mtn' },
  escrow: { debit: 'unearned', credit: 'driver:dr_1' },
} as const

/** A payout or an escrow as its machine would leave it, its money set aside. */
async function aside(desk: Desk, flow: keyof typeof SIDES, state: string, done: boolean): Promise<void> {
  const id = ids.next(flow.slice(0, 2))
  const row = { id, flow, version: 1, seq: 1, root: id, owner: somebody(), context: {} }
  await desk.db('instances').insert({ ...row, state, done })
  const hold: Partial<Posting> = { kind: flow, ...SIDES[flow], ...held }
  await desk.store.commit({ ...nothing, postings: [payment(id, hold)] })
}

/** Past the triggers, as an owner could. */
const forged = (desk: Desk, sql: string) =>
  desk.db.transaction(async (trx) => {
    await trx.raw('alter table postings disable trigger user')
    await trx.raw(sql)
    await trx.raw('alter table postings enable trigger user')
  })

type Break = readonly [rule: string, example: RegExp, break_: (desk: Desk) => Promise<unknown>, now?: number]
const WRONG: readonly Break[] = [
  [
    'the ledger sums to zero in each currency',
    /^RWF 1$/,
    async ({ db }) => {
      await db.raw('select fold_balances(1000)')
      await db.raw(`update balance_sums set amount_minor = amount_minor + 1 where account = 'unearned'`)
    },
  ],
  [
    'each balance is the sum of its entries',
    /^provider:mtn RWF \d+, entries \d+$/,
    (desk) =>
      forged(desk, `update postings set amount_minor = 9 where ctid = (select min(ctid) from postings)`),
  ],
  [
    'each balance is the sum of its entries',
    /^earned RWF 0, entries -5$/,
    (desk) =>
      forged(
        desk,
        `insert into postings (kind, source, debit, credit, amount_minor, currency, at) values ('x', 'x', 'unearned', 'earned', 5, 'RWF', 1)`,
      ),
  ],
  [
    'every account is on the chart',
    /^driver:\+250788000001$/,
    ({ store }) => store.commit({ ...nothing, postings: [payment('x', { credit: 'driver:+250788000001' })] }),
  ],
  [
    'no booking has two charges that are kept',
    /^bk_twice: py_\S+ py_\S+$/,
    async (desk) => {
      for (const transaction of ['8', '9'])
        await paid(desk, { state: 'settled', booking: 'bk_twice', transaction, postings: [{}] })
    },
  ],
  [
    'no payment of a provider counts twice',
    /^mtn 7: py_\S+ py_\S+$/,
    async (desk) => {
      for (const state of ['settled', 'settled'])
        await paid(desk, { state, transaction: '7', postings: [{}] })
    },
  ],
  [
    'every settled payment is in the books, and no declined one',
    /^py_\S+ settled$/,
    (desk) => paid(desk, { state: 'settled' }),
  ],
  [
    'every settled payment is in the books, and no declined one',
    /^py_\S+ declined$/,
    (desk) => paid(desk, { state: 'declined', postings: [{}] }),
  ],
  [
    'no more is given back than was taken',
    /^py_\S+ RWF -1$/,
    (desk) =>
      paid(desk, {
        state: 'refunded',
        postings: [{}, { ...given, money: { amountMinor: 1_151, currency: 'RWF' } }],
      }),
  ],
  [
    'every hold is resolved at most once',
    /^h of py_\S+: posted, voided$/,
    (desk) =>
      forged(
        desk,
        `drop index postings_resolved;
        insert into postings select kind || '2', source, debit, credit, amount_minor, currency, at, 'voided', null, hold_kind, hold_source
          from postings where phase = 'posted'`,
      ),
  ],
  [
    'no hold is open past its end',
    /^other of py_\S+ by 00:06:00$/,
    () => Promise.resolve(),
    LATER + 6 * MINUTE,
  ],
  [
    'every open hold is known to the sweep, and no other',
    /^other of py_\S+$/,
    ({ db }) => db('open_holds').delete(),
  ],
  [
    'what goes back is set aside, and nothing else',
    /^py_\S+ approving$/,
    (desk) => paid(desk, { state: 'approving', refundHeld: true, postings: [{}] }),
  ],
  [
    'what goes back is set aside, and nothing else',
    /^py_\S+ owed$/,
    (desk) => paid(desk, { state: 'owed', refundHeld: true, postings: [{}, { ...goingBack, ...held }] }),
  ],
  [
    'every settled payment is in the books, and no declined one',
    /^py_\S+ kept$/,
    (desk) => paid(desk, { state: 'kept' }),
  ],
  ['payouts set money aside until they end', /^pa_\S+ paid$/, (desk) => aside(desk, 'payout', 'paid', true)],
  [
    'escrows set money aside until they end',
    /^es_\S+ ruled$/,
    (desk) => aside(desk, 'escrow', 'ruled', true),
  ],
  [
    'no payment is in limbo',
    /^py_\S+ checking for 00:11:00$/,
    (desk) => paid(desk, { state: 'checking' }),
    NOW + 11 * MINUTE,
  ],
  [
    'no payment is in limbo',
    /^py_\S+ invented for 01:01:00$/,
    (desk) => paid(desk, { state: 'invented' }),
    NOW + 61 * MINUTE,
  ],
  [
    'no payment is in limbo',
    /^py_\S+ returning for/,
    (desk) => paid(desk, { state: 'returning', deadlineAt: NOW + 200 * HOUR, refundSince: NOW }),
    NOW + 101 * HOUR,
  ],
  ['no deadline is missed', /^py_\S+ pending by 00:06:00$/, () => Promise.resolve(), LATER + 6 * MINUTE],
  [
    'no errand is left lying, by its lease or by everybody',
    /^ob_\S+ say by 00:06:00 after 2 tries$/,
    async ({ db, store }) => {
      await store.commit({ ...nothing, outbox: [errand()] })
      await db('outbox').where({ type: 'say' }).update({ lease: 2, attempts: 2 })
    },
    NOW + 6 * MINUTE,
  ],
  [
    'no errand of money or bookings is given up',
    /^ob_\S+ collect: no use$/,
    async ({ db, store }) => {
      await store.commit({ ...nothing, outbox: [errand({ type: 'collect', lane: 'payment' })] })
      await db('outbox').where({ type: 'collect' }).update({ dead_at: NOW, last_error: 'no use' })
    },
  ],
]

const wrong = (findings: readonly Finding[]) =>
  findings.filter(({ weight, broken }) => weight === 'wrong' && broken > 0)
const named = (findings: readonly Finding[], rule: string): Finding => {
  const found = findings.find((one) => one.rule === rule)
  assert.ok(found, rule)
  return found
}

describe('verifying', function () {
  this.timeout(60_000)
  let database: TestDatabase
  let here: Desk

  before(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
    await well(here)
  })
  after(async () => {
    await here.db.destroy()
    await database.drop()
  })

  it('finds nothing wrong where all is well, having looked', async () => {
    const findings = await verify(here.db, LATER)
    assert.deepEqual(wrong(findings), [])
    for (const { rule } of RULES) assert.ok(named(findings, rule).cases > 0, rule)
    assert.deepEqual(named(findings, 'payments that wait, by state').examples, [
      '1 pending, the oldest for 00:01:00',
    ])
  })

  it('only mentions a text that was given up', async () => {
    await here.store.commit({ ...nothing, outbox: [errand()] })
    await here.db('outbox').where({ type: 'say' }).update({ dead_at: NOW })
    const findings = await verify(here.db, LATER)
    assert.deepEqual(wrong(findings), [])
    assert.equal(named(findings, 'messages that were given up').broken, 1)
  })

  it('changes nothing, and sees one moment', async () => {
    const before = await here.db('postings').count()
    const [findings] = await Promise.all([
      verify(here.db, LATER),
      ...Array.from({ length: 20 }, (_, n) =>
        here.store.commit({ ...nothing, postings: [payment(`beside ${n}`)] }),
      ),
    ])
    assert.deepEqual(wrong(findings), [])
    assert.equal(Number((await here.db('postings').count())[0]?.count), Number(before[0]?.count) + 20)
  })

  for (const [rule, example, spoil, now = LATER] of WRONG)
    it(`finds out that not: ${rule} (${example.source})`, async () => {
      const before = named(await verify(here.db, LATER), rule)
      await spoil(here)
      const found = named(await verify(here.db, now), rule)
      assert.equal(found.weight, 'wrong')
      assert.ok(found.broken > before.broken, JSON.stringify(found))
      assert.ok(
        found.examples.some((text) => example.test(text)),
        found.examples.join('\n'),
      )
    })

  it('counts all and shows the first five', async () => {
    for (let n = 0; n < 7; n += 1) await paid(here, { state: 'settled' })
    const found = named(
      await verify(here.db, LATER),
      'every settled payment is in the books, and no declined one',
    )
    assert.ok(found.broken >= 7)
    assert.equal(found.examples.length, 5)
  })

  describe('against the wallet', () => {
    const wallet = createWallet()
    before(wallet.start)
    after(wallet.stop)

    /** A charge the wallet has really made, and where its books are. */
    const charged = async () => {
      const { momo, requests } = wallet.provider()
      const order = orderOf()
      await momo.collect(order)
      assert.equal((await wallet.settle(momo, order)).status, 'settled')
      const url = `${new URL(requests[0]?.url ?? '').origin}/mtn/_ledger`
      return { reference: order.reference, url, momo, order }
    }
    const compared = async (url: string) => verifyProvider(here.db, 'mtn', await (await fetch(url)).json())
    const reset = () => forged(here, `delete from postings; delete from instances where flow = 'payment'`)
    let others: string[] = []
    beforeEach(async () => {
      await reset()
      for (const reference of others) await paid(here, { state: 'settled', reference, postings: [{}] })
    })
    const told = async () => {
      const charge = await charged()
      others = [...others, charge.reference]
      return charge
    }

    it('finds nothing wrong where both say the same', async () => {
      const { reference, url } = await told()
      await paid(here, { state: 'settled', reference, postings: [{}] })
      const findings = await compared(url)
      assert.deepEqual(wrong(findings), [])
      assert.ok(named(findings, 'mtn: taken').cases >= 2)
    })

    it('finds money that moved and was not booked', async () => {
      const { reference, url } = await told()
      await paid(here, { state: 'declined', reference })
      assert.match(
        named(await compared(url), 'mtn: taken').examples.join(),
        /declined: theirs 1150 RWF, ours none/,
      )
    })

    it('finds money that moved for nobody', async () => {
      const { url } = await told()
      assert.match(named(await compared(url), 'mtn: taken').examples.join(), /1150 RWF, and we know of none/)
    })

    it('finds money that was booked and did not move', async () => {
      const { reference, url } = await told()
      await paid(here, { state: 'settled', reference, postings: [{}] })
      await paid(here, { state: 'settled', reference: 'never', postings: [{}] })
      const [found, more] = wrong(await compared(url))
      assert.deepEqual([found?.broken, more], [1, undefined])
      assert.match(found?.examples.join() ?? '', /settled: ours 1150 RWF, theirs none/)
    })

    it('finds another sum', async () => {
      const { reference, url } = await told()
      const postings = [{ money: { amountMinor: 1_149, currency: 'RWF' } }] as const
      await paid(here, { state: 'settled', reference, postings })
      assert.match(named(await compared(url), 'mtn: taken').examples.join(), /theirs 1150 RWF, ours 1149 RWF/)
    })

    it('lets the wallet be ahead of us', async () => {
      const { reference, url } = await told()
      await paid(here, { state: 'pending', reference })
      const findings = await compared(url)
      assert.deepEqual(wrong(findings), [])
      assert.equal(named(findings, 'mtn: is ahead of us').broken, 1)
    })

    it('finds what was given back and not booked, and the other way', async () => {
      const { reference, url, momo, order } = await told()
      const refund = refundOf(order)
      await wallet.fill(1_150)
      await momo.refund(refund)
      await wallet.advance(60_000)
      assert.equal((await momo.inspectRefund(refund)).status, 'settled')
      const refundReference = refund.reference
      const unbooked = await paid(here, { state: 'settled', reference, refundReference, postings: [{}] })
      const back = async () => named(await compared(url), 'mtn: given back')
      assert.match((await back()).examples.join(), /settled: theirs 1150 RWF, ours none/)
      await here.store.commit({ ...nothing, postings: [payment(unbooked, given)] })
      assert.deepEqual([(await back()).broken, (await back()).cases], [0, 2])
      await paid(here, { state: 'refunded', refundReference: 'never', postings: [given] })
      assert.match((await back()).examples.join(), /refunded: ours 1150 RWF, theirs none/)
    })
  })

  describe('from the command line', () => {
    const run = async (...words: string[]) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'src/commands/main.ts', 'verify', ...words], {
        env: { ...process.env, DATABASE_URL: town.url },
      })
      let text = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString()
        })
      const [code] = await once(child, 'close')
      return { code, text }
    }
    let town: TestDatabase
    before(async () => {
      town = await freshDatabase(migrated)
      const desk = openDesk(town.url)
      await well(desk)
      await rested(desk)
      await desk.db.destroy()
    })
    after(() => town.drop())
    /** What stands in the town by then would long have been carried on. */
    const rested = async ({ db }: Desk) => {
      await db('outbox').delete()
      await db('instances').whereIn('state', ['pending', 'held']).delete()
      await db('instances').update({ deadline_at: null })
      await db.raw('select expire_holds(?, 10)', [Date.now()])
    }

    it('says ok and ends with 0', async () => {
      const { code, text } = await run()
      assert.equal(code, 0, text)
      assert.match(text, /^ok +0 of \d+ {2}the ledger sums to zero in each currency$/m)
    })

    it('names what is wrong and ends with 1', async () => {
      const desk = openDesk(town.url)
      await paid(desk, { state: 'settled' })
      await desk.db.destroy()
      const { code, text } = await run()
      assert.equal(code, 1, text)
      assert.match(text, /^WRONG +1 of \d+ {2}every settled payment[^\n]+\n +py_\S+ settled$/m)
    })

    it('ends with 2 when it could not look', async () => {
      assert.equal((await run('--mtn')).code, 2)
      assert.equal((await run('--mtn', 'http://127.0.0.1:9/mtn/_ledger')).code, 2)
    })
  })
})
