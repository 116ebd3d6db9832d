import assert from 'node:assert/strict'
import { LIMITS } from '../../src/core/base/limits.ts'
import type { FlowName, Happening } from '../../src/core/run/flow.ts'
import { handed, paidOut } from '../../src/rulings.ts'
import { begun, type Desk, errand, ids, migrated, nothing, openDesk, somebody } from '../core/desk.ts'
import { movableClock } from '../support/clock.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { typed } from '../support/terminal.ts'

const HOUR_MS = 3_600_000
const PRICE = { amountMinor: 1_500, currency: 'RWF' } as const
const LIMIT_MINOR = 1_000
const settled = (amountMinor: number, transaction: string): Happening => ({
  type: 'UPDATE',
  update: { status: 'settled', transaction, paid: { ...PRICE, amountMinor } },
})
const heard = (status: string): Happening => ({ type: 'UPDATE', update: { status } })
const NO: Happening = { type: 'UPDATE', update: { status: 'declined', fault: 'unknown_payer' } }

describe('the desk', function () {
  this.timeout(90_000)
  let database: TestDatabase
  let desk: Desk
  const clock = movableClock()
  before(async () => {
    database = await freshDatabase(migrated)
    desk = openDesk(database.url, { clock })
  })
  after(async () => {
    await desk.db.destroy()
    await database.drop()
  })

  const says = (...words: readonly string[]) => typed(database.url, 'desk', words)

  async function opened(flow: FlowName, input: object, events: readonly (Happening | number)[]) {
    const [owner, reference] = [somebody(), ids.reference()]
    const id = ids.next({ payout: 'po', escrow: 'es' }[String(flow)] ?? 'py')
    const draft = desk.run.draft()
    const all = { id, owner, reference, provider: 'mtn', money: PRICE, ...input }
    draft.open({ flow, id }, { owner, code: reference, input: all }, 'open', clock.now())
    assert.equal(await desk.run.commit(draft.work()), 'done')
    for (const [n, event] of events.entries()) {
      if (typeof event === 'number') clock.advance(event)
      else await desk.run.send({ flow, id }, event, `event ${n}`)
    }
    return id
  }
  const payment = (...events: readonly (Happening | number)[]) =>
    opened(
      'payment',
      {
        ...{ flow: 'booking', booking: ids.next('bk'), code: '4821', at: clock.now() },
        ...{ refundReference: ids.reference(), refundLimitMinor: LIMIT_MINOR },
      },
      events,
    )
  const payout = (...events: readonly (Happening | number)[]) =>
    opened('payout', { account: 'driver:dr_1', period: '2026-W47', startedAt: clock.now() }, events)
  const escrow = (...events: readonly Happening[]) =>
    opened(
      'escrow',
      {
        ...{ booking: ids.next('bk'), payment: ids.next('py'), code: '7730', commissionMinor: 150 },
        ...{ payee: { account: 'driver:dr_2', phone: somebody(), name: 'Claude' } },
        ...{ deliverWithinMs: HOUR_MS, objectWithinMs: HOUR_MS },
      },
      events,
    )
  /** A parcel whose rider was given one wrong code after another. */
  async function locked() {
    const booked = await begun(desk, clock.now())
    // As far as a booking with a price matters here.
    const context = desk.db.raw(`context || ?::jsonb`, [JSON.stringify({ quote: { price: PRICE } })])
    await desk.db('instances').where({ id: booked.id }).update({ context })
    const [id, driver] = [ids.next('tr'), somebody()]
    const draft = desk.run.draft()
    const { owner, code } = booked
    const way = { from: 'Nyabugogo', to: 'Kimironko', near: { lat: -1.94, lng: 30.04 }, price: 'RWF 1,500' }
    const goods = { receiver: somebody(), kg: '5 kg' }
    const input = { id, booking: booked.id, owner, code, line: 'parcel', ...way, goods, go: true }
    draft.open({ flow: 'tracking', id }, { owner, code: null, root: booked.id, input }, 'open', clock.now())
    await desk.run.commit(draft.work())
    const rider = { id: 'dr_1', phone: driver, name: 'Jean', plate: 'RE 1', minutes: 4 }
    const handing = { type: 'PASS', driver, milestone: 'done', code: '0000' }
    for (const [n, event] of [
      { type: 'OFFERED', driver: { ...rider, startCode: '7306', returnCode: '1111' } },
      { type: 'PASS', driver, milestone: 'collected', code: null },
      ...Array.from({ length: LIMITS.wrongCodes }, () => handing),
    ].entries())
      await desk.run.send({ flow: 'tracking', id }, event, `event ${n}`)
    return { id, pass: { ...handing, code: '7306' } }
  }
  /** An order that is packed, and that nobody was found to bring, searched for so often. */
  async function stranded(searches: number = LIMITS.searches) {
    const booked = await begun(desk, clock.now())
    const context = desk.db.raw(`context || ?::jsonb`, [JSON.stringify({ quote: { price: PRICE } })])
    await desk.db('instances').where({ id: booked.id }).update({ context })
    const [id, driver] = [ids.next('tr'), somebody()]
    const draft = desk.run.draft()
    const { owner, code } = booked
    const way = { from: 'Ikeja depot', to: 'Yaba', near: { lat: 6.6, lng: 3.4 }, price: 'RWF 1,500' }
    const wish = { kind: 'stock', basket: [{ product: 12, count: 3 }] }
    const input = { id, booking: booked.id, owner, code, line: 'order', ...way, goods: null, wish, go: true }
    draft.open({ flow: 'tracking', id }, { owner, code: null, root: booked.id, input }, 'open', clock.now())
    await desk.run.commit(draft.work())
    const depot = { id: 'pt_1', phone: driver, name: 'Ikeja depot', plate: '', minutes: 0, startCode: '7306' }
    const search = [{ type: 'DEADLINE' }, { type: 'NOBODY' }]
    for (const [n, event] of [
      { type: 'OFFERED', driver: { ...depot, at: way.near } },
      { type: 'PASS', driver, milestone: 'collected', code: null },
      { type: 'NOBODY' },
      ...Array.from({ length: searches }, () => search).flat(),
    ].entries())
      await desk.run.send({ flow: 'tracking', id }, event, `event ${n}`)
    return id
  }
  const effectsOf = async (id: string) =>
    (await desk.db('outbox').where({ about: id }).orderBy('id').pluck('type')).map(String)
  const state = async (id: string) => (await desk.db('instances').where({ id }).first()).state
  const last = async (id: string) => {
    const row = await desk.db('journal').where({ instance_id: id }).orderBy('seq', 'desc').first()
    return { cause: String(row.cause), event: row.event }
  }
  const balance = async (account: string) => {
    const [row] = await desk.db('ledger').where({ account }).sum('amount_minor as n')
    return Number(row?.n ?? 0)
  }
  /** A payment that nobody knows of, asked after for a day. */
  const LONG = [heard('pending'), 25 * HOUR_MS, { type: 'DEADLINE' }]
  const OWED = [
    settled(PRICE.amountMinor, 'owed'),
    { type: 'REFUND', amountMinor: 900 },
    NO,
    73 * HOUR_MS,
    { type: 'DEADLINE' },
  ]
  /** An errand that failed as often as it may. */
  async function deadErrand(about: string) {
    const entry = errand({ type: 'inspect', about: { flow: 'payment', id: about }, lane: 'payment' })
    await desk.store.commit({ ...nothing, outbox: [entry] })
    const [claimed] = await desk.store.claim({ ids: [entry.id], now: clock.now(), limit: 1, leaseMs: 1 })
    assert.ok(claimed)
    await desk.store.again({ ...claimed, failures: LIMITS.outboxAttempts - 1 }, clock.now(), 'refused', true)
    return entry.id
  }

  it('is empty, and says so with 0', async () => {
    const { code, text } = await says()
    assert.equal(code, 0, text)
    assert.match(
      text,
      /^0 payments, payouts, escrows and journeys wait for a person\n0 errands are put aside\n$/,
    )
  })

  it('shows what waits, with whom and for how long, and ends with 1', async () => {
    const unresolved = await payment(...LONG)
    const conflicted = await payment(settled(1_400, 'conflicted'))
    const owed = await payment(...OWED)
    const by = 'Alice U.'
    const approving = await payment(settled(PRICE.amountMinor, 'shown'), { type: 'REFUND', by })
    const lost = await payout(...LONG)
    const disputed = await escrow({ type: 'DISPUTE', why: 'wet' })
    const aside = await deadErrand(unresolved)
    const { code, text } = await says()
    assert.equal(code, 1, text)
    const phone = '\\+25078•••\\d{3}'
    const shown = [
      `${unresolved}  payment unresolved  ${phone}  RWF 1,500  `,
      `${conflicted}  payment conflicted  ${phone}  RWF 1,400  `,
      `${owed}  payment owed  ${phone}  RWF 900  `,
      `${approving}  payment approving  ${phone}  RWF 1,500  .*  asked for by Alice U\\.$`,
      `${disputed}  escrow disputed  ${phone}  RWF 1,500  `,
      `${lost}  payout unresolved  ${phone}  RWF 1,500  `,
      `${aside}  inspect  ${unresolved}  .*  refused$`,
    ]
    for (const line of shown) assert.match(text, new RegExp(`^ {2}${line}`, 'm'))
    assert.doesNotMatch(text, /\+25078\d{4}/)
    assert.match(text, /^6 payments, payouts, escrows and journeys .*\n(?: .*\n){6}1 errands/)
  })

  it('lets a rider try again whose codes were wrong too often, or says how the journey ended', async () => {
    const { id, pass } = await locked()
    assert.match((await says()).text, new RegExp(`${id}  tracking underway  .*  RWF 1,500  `))
    assert.equal((await desk.run.send({ flow: 'tracking', id }, pass, 'too late')).applied, false)
    assert.equal((await says('unlock', id, 'Alice U.')).text, `${id} is underway\n`)
    assert.equal((await says('unlock', id, 'Alice U.')).code, 1)
    assert.equal((await says('arrived', id, 'yes', 'Alice U.', 'no lock')).code, 1)
    assert.equal((await desk.run.send({ flow: 'tracking', id }, pass, 'now')).instance.state, 'done')
    for (const [answer, ended] of [
      ['yes', 'done'],
      ['no', 'failed'],
    ] as const) {
      const other = await locked()
      assert.equal((await says('arrived', other.id, 'perhaps', 'Alice U.', 'why')).code, 1)
      assert.equal(
        (await says('arrived', other.id, answer, 'Alice U.', 'she told us')).text,
        `${other.id} is ${ended}\n`,
      )
      assert.equal((await last(other.id)).event.why, 'she told us')
    }
  })

  it('has somebody sought once more for an order that nobody brings, or ends it', async () => {
    const [early, id] = [await stranded(LIMITS.searches - 1), await stranded()]
    const { text } = await says()
    assert.match(text, new RegExp(`^ {2}${id}  tracking waiting  .*  RWF 1,500  `, 'm'))
    assert.ok(!text.includes(early), 'it is still being sought')
    assert.equal((await says('giveup', id, 'Alice U.')).code, 2)
    assert.equal((await says('seek', id, 'Alice U.')).text, `${id} is seeking\n`)
    assert.match((await last(id)).cause, /^desk:seek:Alice U\.:/)
    assert.equal((await says('seek', id, 'Alice U.')).code, 1)
    assert.ok(!(await says()).text.includes(id))
    await desk.run.send({ flow: 'tracking', id }, { type: 'NOBODY' }, 'once more')
    assert.equal((await says('giveup', id, 'Alice U.', 'nobody goes there')).text, `${id} is failed\n`)
    assert.equal((await last(id)).event.why, 'nobody goes there')
    assert.equal((await effectsOf(id)).filter((type) => type === 'putBack').length, 1)
    assert.equal((await says('giveup', id, 'Alice U.', 'nobody goes there')).code, 1)
  })

  it('says how it is spoken to, and does nothing without a name', async () => {
    const id = await payment(settled(PRICE.amountMinor, 'nameless'), { type: 'REFUND', by: 'Alice U.' })
    for (const words of [
      ['approve', id],
      ['approve', id, ' '],
      ['reject', id, 'Eric N.'],
      ['erase', id],
    ]) {
      const { code, text } = await says(...words)
      assert.deepEqual([code, /^usage:/.test(text)], [2, true], words.join(' '))
    }
    assert.equal(await state(id), 'approving')
  })

  it('asks a provider once more', async () => {
    const id = await payment(...LONG)
    assert.deepEqual(await says('ask', id, 'Alice U.'), { code: 0, text: `${id} is checking\n` })
    assert.match((await last(id)).cause, /^desk:ask:Alice U\.:\d+$/)
    assert.equal((await desk.db('outbox').where({ about: id, type: 'inspect' })).length, 1)
    assert.equal((await says('ask', 'py_none')).code, 1)
  })

  it('approves, and not by who asked for it', async () => {
    const id = await payment(settled(PRICE.amountMinor, 'approved'), { type: 'REFUND', by: 'Alice U.' })
    const own = await says('approve', id, 'alice u.')
    assert.deepEqual([own.code, /stays approving: who asked/.test(own.text)], [1, true])
    assert.deepEqual(await says('approve', id, 'Eric N.'), { code: 0, text: `${id} is refunding\n` })
    assert.match((await last(id)).cause, /^desk:approve:Eric N\.:/)
    assert.equal((await says('approve', id, 'Eric N.')).code, 1)
    assert.equal((await desk.db('outbox').where({ about: id, type: 'refund' })).length, 1)
  })

  it('rejects, with the reason kept', async () => {
    const id = await payment(settled(PRICE.amountMinor, 'rejected'), { type: 'REFUND', by: 'Alice U.' })
    assert.equal((await says('reject', id, 'Eric N.', 'as agreed')).text, `${id} is kept\n`)
    assert.equal((await last(id)).event.why, 'as agreed')
  })

  it('gives back an earned fare, or a part of it, at our own cost', async () => {
    const id = await payment(settled(PRICE.amountMinor, 'earned'))
    const early = await says('refund', id, '500', 'Alice U.')
    assert.deepEqual([early.code, /not earned yet/.test(early.text)], [1, true])
    const money = PRICE
    const earned = {
      kind: 'earned',
      source: id,
      debit: 'unearned',
      credit: 'driver:dr_1',
      money,
      at: clock.now(),
    }
    await desk.store.commit({ ...nothing, postings: [earned] })
    for (const sum of ['0', '-1', '1.5', '1501', 'all'])
      assert.equal((await says('refund', id, sum, 'Alice U.')).code, 1, sum)
    assert.deepEqual(await says('refund', id, '500', 'Alice U.'), { code: 0, text: `${id} is refunding\n` })
    const hold = await desk.db('postings').where({ source: id, kind: 'refund' }).first()
    assert.deepEqual([hold.debit, Number(hold.amount_minor)], ['goodwill', 500])
    assert.equal((await says('refund', id, '500', 'Alice U.')).code, 1)
  })

  it('writes down what was paid by hand, once: what was owed, and what fitted nothing', async () => {
    for (const [from, id, minor] of [
      ['owed', await payment(...OWED.map((one) => (one === OWED[0] ? settled(1_500, 'by hand') : one))), 900],
      ['suspense', await payment(settled(1_400, 'too little')), 1_400],
    ] as const) {
      const [before, bank] = [await balance(from), await balance('bank')]
      assert.equal((await says('paid', id, 'Alice U.', 'cash')).text, `${id} is handed\n`)
      const again = openDesk(database.url, { clock })
      assert.equal((await handed(again.run, id, 'Eric N.', 'cash')).isDone, false)
      await again.db.destroy()
      assert.deepEqual([await balance(from), await balance('bank')], [before + minor, bank - minor])
    }
  })

  it('ends a payout that nobody knew of, as the provider told by telephone', async () => {
    const [went, stayed] = [await payout(...LONG), await payout(...LONG)]
    const account = await balance('driver:dr_1')
    assert.equal((await says('paidout', went, 'yes', 'Alice U.')).text, `${went} is paid\n`)
    assert.equal((await says('paidout', stayed, 'no', 'Alice U.')).text, `${stayed} is refused\n`)
    assert.equal((await says('paidout', went, 'no', 'Alice U.')).code, 1)
    assert.equal(await balance('driver:dr_1'), account + PRICE.amountMinor)
    const open = await desk.db('open_holds').whereIn('source', [went, stayed])
    assert.deepEqual(open, [])
    // Where another sum went, neither yes nor no is true.
    const odd = await payout(settled(1_400, 'odd'))
    const { isDone, text } = await paidOut(desk.run, odd, 'Alice U.', true)
    assert.deepEqual([isDone, /another sum/.test(text)], [false, true])
  })

  it('divides a price that two disagree about, once', async () => {
    const id = await escrow({ type: 'DISPUTE', why: 'wet' })
    for (const sum of ['-1', '1501', '0.5', 'half'])
      assert.equal((await says('divide', id, sum, 'Alice U.', 'half was wet')).code, 1, sum)
    assert.equal((await says('divide', id, '1000', 'Alice U.', 'half was wet')).text, `${id} is ruled\n`)
    assert.deepEqual((await last(id)).event.by, 'Alice U.')
    assert.deepEqual([await balance('driver:dr_2'), await balance('commission')], [-900, -100])
    assert.equal((await says('divide', id, '0', 'Eric N.', 'all was wet')).code, 1)
    assert.equal(await balance('driver:dr_2'), -900)
  })

  it('tries an errand again, or drops it, and whoever it is about knows by whom', async () => {
    const about = await payment(...LONG)
    const [retried, dropped] = [await deadErrand(about), await deadErrand(about)]
    assert.equal((await says('retry', retried, 'Alice U.')).code, 0)
    const [row] = await desk.db('outbox').where({ id: retried })
    assert.deepEqual([row.dead_at, row.due_at <= Date.now() + HOUR_MS * 1000], [null, true])
    assert.deepEqual((await last(about)).event.by, 'Alice U.')
    assert.equal((await says('retry', retried, 'Alice U.')).code, 1)
    assert.equal((await says('drop', dropped, 'Eric N.', 'told the customer')).code, 0)
    assert.deepEqual(await desk.db('outbox').where({ id: dropped }), [])
    const { type, by, why, errand: id } = (await last(about)).event
    assert.deepEqual([type, by, why, id], ['DROPPED', 'Eric N.', 'told the customer', dropped])
    assert.equal((await says('drop', dropped, 'Eric N.', 'again')).code, 1)
    assert.equal(await state(about), 'unresolved')
  })
})
