import assert from 'node:assert/strict'
import { lastWeek, weekOf } from '../../src/core/base/calendar.ts'
import { maskPhone } from '../../src/core/base/phone.ts'
import { type Call, type Caller, caller, type Json } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'
import { fitBus, membered, PARTNER } from './town.ts'

const ROUTE = 'rw-kigali-huye'
const FARES = [0, 1_300, 1_950, 2_450, 3_300]
const DAY_MS = 24 * 3_600_000
const CONDUCTOR = '+250788210001'

describe('REST: a partner', function () {
  this.timeout(60_000)
  let house: Stage
  let owner: Caller
  let admin: Caller
  let ownerId: string
  before(async () => {
    house = await stage()
    // Nobody but whom the test lets in.
    await house.db('partner_members').delete()
    owner = await caller(house)
    admin = await caller(house)
    await house.db('admins').insert({ phone: admin.phone })
    ownerId = await membered(house, owner, PARTNER, 'owner')
  })
  after(() => house.stop())

  const at = (path: string) => `/v1/partners/${PARTNER}/${path}`
  const ask = async (path: string, how: Call = {}, by = owner) => by.call(at(path), how)
  const list = async (path: string): Promise<Json[]> => {
    const { body } = await ask(path)
    assert.ok(Array.isArray(body.data))
    return body.data
  }
  const refusal = async (path: string, body: unknown) => {
    const { status, body: problem } = await ask(path, { body })
    return [status, problem.code]
  }
  const changes = (what: string): Promise<Json[]> => house.db('partner_changes').where({ what }).orderBy('n')
  const book = async (by: Caller, departure: string, travellers = '1') =>
    by.done('/v1/bookings', {
      line: 'bus',
      given: { from: 'Kigali', to: 'Huye', departure, travellers },
    })
  const later = (days: number) => Date.now() + days * DAY_MS
  const adding = (vehicle: string, leavesAt: number) => ({
    route: ROUTE,
    vehicle,
    leavesAt,
    conductor: CONDUCTOR,
  })

  it('knows whose office it may enter', async () => {
    const { body } = await owner.call('/v1/partners')
    assert.deepEqual(body.data, [{ partner: PARTNER, name: 'Umusambi Express', kind: 'bus', role: 'owner' }])
    const ranks = async ({ phone }: Caller) => [...(await house.parts.access.ranksOf(phone))]
    assert.deepEqual(await ranks(owner), ['customer', 'partner'])
    assert.deepEqual(await ranks(admin), ['customer', 'admin'])
  })

  describe('sets prices', () => {
    const prices = `routes/${ROUTE}/prices`
    const priceOf = async (by: Caller, departure: string) =>
      Object((await book(by, departure)).price).amountMinor

    it('for whoever asks from now on; a price that was told is kept, and the change is too', async () => {
      const soon = await house
        .db('departures')
        .where({ route: ROUTE })
        .where('leaves_at', '>', Date.now() + DAY_MS)
      const departure = String(soon[0]?.id)
      const [early, late] = [await caller(house), await caller(house)]
      const { id, price } = await book(early, departure)
      assert.equal(Object(price).amountMinor, 3_300)
      await owner.done(at(prices), { faresMinor: [...FARES.slice(0, 4), 4_000] })
      assert.equal(await priceOf(late, departure), 4_000)
      const held = await early.done(`/v1/bookings/${id}/answer`, { value: 'yes' })
      assert.equal(Object(held.price).amountMinor, 3_300)
      const [change, ...more] = await changes('route repriced')
      assert.deepEqual([change?.by, change?.about, more.length], [ownerId, ROUTE, 0])
      const last = (route: unknown) => Object(route).stops.at(-1).fareMinor
      assert.deepEqual([last(change?.before), last(change?.after)], [3_300, 4_000])
      await owner.done(at(prices), { faresMinor: [...FARES.slice(0, 4), 4_000] })
      assert.equal((await changes('route repriced')).length, 1, 'what changes nothing is no change')
    })

    it('that grow along the way in whole steps, and add no more than the regulator lets', async () => {
      const wrong = [
        { faresMinor: FARES.slice(1) },
        { faresMinor: [10, ...FARES.slice(1)] },
        { faresMinor: [0, 1_300, 1_300, 2_450, 3_300] },
        { faresMinor: [0, 1_301, 1_950, 2_450, 3_300] },
        { rules: { fuller: [{ soldBp: 5_000, addBp: 1 }], earlier: [] } },
        { rules: { fuller: [], earlier: [1, 2].map((n) => ({ days: 7, offBp: 100 * n })) } },
      ]
      for (const body of wrong) assert.deepEqual(await refusal(prices, body), [422, 'unprocessable'])
      // What is not theirs to set is no field of theirs.
      const rules = { fuller: [], earlier: [], capBp: 9_000, commissionBp: 0 }
      assert.deepEqual(await refusal(prices, { rules }), [400, 'bad_request'])
      assert.equal((await changes('route repriced')).length, 1)
    })

    it('or does not, where the change cannot be kept', async () => {
      await house.db.raw('alter table partner_changes add constraint nothing check (n < 0) not valid')
      const { status } = await ask(prices, { body: { faresMinor: FARES } })
      await house.db.raw('alter table partner_changes drop constraint nothing')
      const route = (await list('routes')).find(({ id }) => id === ROUTE)
      assert.deepEqual([status, Object(route).stops.at(-1).fareMinor], [500, 4_000])
    })
  })

  describe('puts buses on sale', () => {
    it('whose papers an administrator verified, until one of them expires', async () => {
      const plate = 'RAY 001 A'
      const { id, lacks, usable } = await owner.done(at('vehicles'), { plate, kind: 'bus', seats: 29 })
      assert.deepEqual([lacks, usable], [['insurance', 'inspection'], false])
      assert.deepEqual(await refusal('vehicles', { plate, kind: 'bus', seats: 9 }), [422, 'unprocessable'])
      const papers = `vehicles/${id}/papers`
      for (const [kind, days] of [
        ['insurance', 40],
        ['inspection', 20],
      ] as const) {
        const paper = { kind, number: `no ${kind}`, expiresAt: later(days) }
        const { papers: has } = await owner.done(at(papers), paper)
        assert.equal((await ask('departures', { body: adding(String(id), later(3)) })).status, 422)
        await admin.done(at(`${papers}/${Object(has).at(-1).id}/review`), { state: 'verified' })
      }
      const { sold, seats } = await owner.done(at('departures'), adding(String(id), later(19)))
      assert.deepEqual([sold, seats], [0, 29])
      const { status, body } = await ask('departures', { body: adding(String(id), later(21)) })
      assert.deepEqual([status, body.lacks], [422, ['inspection']])
      house.later(21 * DAY_MS)
      const then = await caller(house, owner.phone)
      const { body: page } = await ask('vehicles?limit=100', {}, then)
      house.later(-21 * DAY_MS)
      const old = Object(page.data).find((one: Json) => one.id === id)
      assert.deepEqual([old.usable, old.lacks], [false, ['inspection']])
    })

    it('and shows a bus unusable from the moment a paper is rejected or it is retired', async () => {
      const { vehicle, paper } = await fitBus(owner, admin, 'RAY 002 A')
      const shown = async () => (await list('vehicles?limit=100')).find(({ id }) => id === vehicle)
      assert.equal((await shown())?.usable, true)
      await admin.done(at(`vehicles/${vehicle}/papers/${paper}/review`), { state: 'rejected' })
      assert.equal((await shown())?.usable, false)
      await admin.done(at(`vehicles/${vehicle}/papers/${paper}/review`), { state: 'verified' })
      await owner.done(at(`vehicles/${vehicle}/retire`))
      assert.deepEqual([(await shown())?.usable, (await shown())?.status], [false, 'retired'])
      assert.deepEqual(await refusal('departures', adding(vehicle, later(2))), [422, 'unprocessable'])
    })

    it('once, however often it is said; and one bus to one place at a time, however many say so', async () => {
      const { vehicle } = await fitBus(owner, admin, 'RAY 003 A')
      const headers = { 'idempotency-key': 'the-same' }
      const body = adding(vehicle, later(5))
      const [first, again] = [
        await ask('departures', { body, headers }),
        await ask('departures', { body, headers }),
      ]
      assert.deepEqual([first.status, again.text], [201, first.text])
      const rush = await Promise.all(
        Array.from({ length: 8 }, (_, n) => refusal('departures', adding(vehicle, later(6) + n * 60_000))),
      )
      assert.deepEqual(rush.map(([status]) => status).sort(), [201, ...Array.from({ length: 7 }, () => 422)])
      const kept = await changes('departure added')
      const rows = await house.db('departures').where({ plate: 'RAY 003 A' })
      assert.deepEqual(
        kept.map(({ about }) => about).filter((id) => rows.some((row) => row.id === id)).length,
        2,
      )
      assert.equal(rows.length, 2)
    })
  })

  it('sees who is on its bus a page at a time, then calls it off, and everybody is told', async () => {
    const { vehicle } = await fitBus(owner, admin, 'RAY 004 A')
    const { id } = await owner.done(at('departures'), adding(vehicle, later(4)))
    const riders = await Promise.all([1, 2, 3].map(() => caller(house)))
    for (const rider of riders) {
      const booking = await book(rider, String(id), 'Aline Uwase and Eric Nshuti')
      await rider.done(`/v1/bookings/${booking.id}/answer`, { value: 'yes' })
      await house.settle()
    }
    const load = (await list('departures?limit=100')).find((one) => one.id === id)
    assert.equal(load?.held, 3)
    const first = await ask(`departures/${id}/bookings?limit=2`)
    const second = await ask(`departures/${id}/bookings?limit=2&cursor=${Object(first.body.meta).next}`)
    const aboard = [...Object(first.body.data), ...Object(second.body.data)]
    assert.deepEqual(
      aboard.map(({ phone, travellers, seats }) => [phone, travellers, seats.length]),
      riders.map(({ phone }) => [maskPhone(phone), 'Aline Uwase, Eric Nshuti', 2]),
    )
    assert.equal(Object(second.body.meta).next, null)
    const callOff = () => owner.done(at(`departures/${id}/call-off`), { why: 'the road is closed' })
    assert.deepEqual(await callOff(), { id, bookings: 3, told: 3 })
    await house.settle()
    for (const rider of riders) {
      const { body } = await rider.call('/v1/bookings')
      assert.deepEqual(
        Object(body.data).map(({ state }: { state: string }) => state),
        ['refused'],
      )
    }
    assert.deepEqual(await callOff(), { id, bookings: 0, told: 0 })
    const [change, ...more] = await changes('departure called off')
    assert.deepEqual([change?.about, Object(change?.after).why, more.length], [id, 'the road is closed', 0])
  })

  describe('is run by people', () => {
    it('of whom one owner stays, even when two show each other out at once', async () => {
      const second = await caller(house)
      const { id } = await owner.done(at('members'), { phone: second.phone, role: 'owner' })
      assert.deepEqual(await refusal('members', { phone: '+250', role: 'clerk' }), [400, 'bad_request'])
      const both = await Promise.all([
        ask(`members/${id}/dismiss`, { body: {} }),
        ask(`members/${ownerId}/dismiss`, { body: {} }, second),
      ])
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 404])
      const left = await house
        .db('partner_members')
        .where({ partner: PARTNER, role: 'owner' })
        .whereNull('left_at')
      assert.equal(left.length, 1)
      if (left[0].id !== ownerId) ownerId = String((await restore(second)).id)
      const alone = await ask(`members/${ownerId}/dismiss`, { body: {} })
      const demoted = await refusal('members', { phone: owner.phone, role: 'clerk' })
      assert.deepEqual([alone.status, demoted], [404, [422, 'unprocessable']])
    })
    /** Lets the owner in again, and shows the other out. */
    async function restore(second: Caller): Promise<Json> {
      const again = await second.done(at('members'), { phone: owner.phone, role: 'owner' })
      const other = (await list('members')).find(({ phone }) => phone === second.phone)
      await owner.done(at(`members/${other?.id}/dismiss`))
      return again
    }

    it('of whom one has its earnings sent to their phone, while they are an owner', async () => {
      const second = await caller(house)
      const { id } = await owner.done(at('members'), { phone: second.phone, role: 'owner' })
      const paid = async () => (await list('members')).filter((one) => one.paid).map((one) => one.id)
      for (const one of [ownerId, id]) {
        await owner.done(at(`members/${one}/pay`))
        assert.deepEqual(await paid(), [one])
      }
      await owner.done(at('members'), { phone: second.phone, role: 'clerk' })
      assert.deepEqual(await paid(), [])
      assert.equal((await ask(`members/${id}/pay`, { body: {} })).status, 404, 'a clerk is not paid')
    })
  })

  it('reads what it earned in a week that is over, a page at a time', async () => {
    const week = lastWeek(Date.now(), 'Africa/Kigali')
    const entry = (n: number, when: number) => ({
      ...{ kind: 'earned', source: `bk_${n}`, debit: 'unearned', credit: `partner:${PARTNER}` },
      ...{ amount_minor: 1_000 * n, currency: 'RWF', at: when },
    })
    const moments = [week.from - 1, week.from, week.until - 1, week.until]
    await house.db('postings').insert(moments.map((when, n) => entry(n + 1, when)))
    assert.deepEqual(await list('earnings'), [{ currency: 'RWF', owedMinor: 10_000, onItsWayMinor: 0 }])
    const page = async (more: string) => ask(`statements/${week.name}?currency=RWF&limit=1${more}`)
    const [first, second] = [await page(''), await page('&cursor=1')]
    assert.deepEqual([first.data.openingMinor, first.data.closingMinor], [1_000, 6_000])
    const lines = [first, second].flatMap(({ data }) => Object(data.movements))
    assert.deepEqual(
      lines.map(({ source, amountMinor }) => [source, amountMinor]),
      [
        ['bk_2', 2_000],
        ['bk_3', 3_000],
      ],
    )
    assert.deepEqual([Object(first.body.meta).next, Object(second.body.meta).next], [1, null])
    const file = await ask(`statements/${week.name}/page?currency=RWF`)
    assert.deepEqual([file.headers.get('content-type'), file.text.slice(0, 5)], ['application/pdf', '%PDF-'])
    const longAgo = weekOf('2026-W01', 'Africa/Kigali').name
    for (const [name, status] of [
      [longAgo, 404],
      ['2026-W99', 404],
      ['soon', 400],
    ] as const)
      assert.equal((await ask(`statements/${name}?currency=RWF`)).status, status)
    assert.equal((await ask(`statements/${week.name}?currency=DZD`)).status, 404)
  })

  it('reads who changed what, and nobody rewrites it', async () => {
    const first = await ask('changes?limit=3')
    const next = await ask(`changes?limit=3&cursor=${Object(first.body.meta).next}`)
    const all = await house.db('partner_changes').where({ partner: PARTNER }).orderBy('n', 'desc').limit(6)
    assert.deepEqual(
      [...Object(first.body.data), ...Object(next.body.data)].map(({ n }) => n),
      all.map(({ n }) => n),
    )
    const phones = (await house.db('partner_members').select('phone')).map(({ phone }) => String(phone))
    const kept = JSON.stringify(await house.db('partner_changes').select('by', 'before', 'after'))
    assert.ok(phones.every((phone) => !kept.includes(phone)))
    await assert.rejects(house.db('partner_changes').update({ by: 'pm_x' }), /append-only/)
    await assert.rejects(house.db('partner_changes').delete(), /append-only/)
  })
})
