import assert from 'node:assert/strict'
import fc from 'fast-check'
import { silent } from '../../src/core/base/log.ts'
import { isMsisdn, type Msisdn } from '../../src/core/base/phone.ts'
import { type AgentRequests, ASKING, type Asked } from '../../src/core/people/agents.ts'
import { postParams } from '../../src/core/run/draft.ts'
import type { Flow, Snapshot } from '../../src/core/run/flow.ts'
import { optionsOf } from '../../src/core/talk/paginate.ts'
import { bookingContext } from '../../src/flows/booking/model.ts'
import { isDraft } from '../../src/flows/booking/screens.ts'
import { flows } from '../../src/flows/index.ts'
import { createAgentTx } from '../../src/integrations/postgres/agents.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { TYPICAL } from '../laws/data.ts'
import { T0 } from '../laws/events.ts'
import { walks } from '../laws/walk.ts'
import { freshDatabase } from '../support/servers.ts'
import { prepare } from '../support/world.ts'

const HOUR_MS = 3_600_000

/** Every situation of a booking that an agent made. */
const situations = walks('booking', TYPICAL)
  .map(({ end }) => end)
  .filter(({ context }) => context.agent !== null)

const agentOf = ({ context }: Snapshot) => bookingContext.parse(context).agent

describe('an agent', () => {
  it('cannot agree for the customer, wherever a booking stands', () => {
    assert.ok(situations.some(({ state }) => state === 'confirming'))
    neverAgrees(flows.booking)
  })

  for (const [does, hear] of [
    ['hears everybody alike', (snapshot, reply) => flows.booking.hear(snapshot, reply, 'traveller')],
    [
      'takes a yes from whoever says it',
      (snapshot, reply, role) =>
        reply.kind === 'answer' && reply.value === 'yes'
          ? { type: 'ANSWER', value: 'yes' }
          : flows.booking.hear(snapshot, reply, role),
    ],
  ] as const satisfies readonly (readonly [string, Flow['hear']])[])
    it(`a machine that ${does} is found out`, () =>
      assert.throws(() => neverAgrees({ ...flows.booking, hear }), /agreed by the agent/))

  it('is paid out of the commission and never more than it', () => {
    const booked = situations.find(({ state, context }) => state === 'booked' && context.paid === true)
    assert.ok(booked)
    const amount = fc.integer({ min: 0, max: 10_000_000 })
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 10_000 }), (fare, some, commissionBp) => {
        const commissionMinor = Math.min(fare, some)
        const postings = earnedBy(booked, fare, commissionMinor, commissionBp)
        const part = postings.find(({ kind }) => kind === 'agent commission')?.amountMinor ?? 0
        assert.equal(part, Math.min(commissionMinor, Math.floor((fare * commissionBp) / 10_000)))
        const balance = new Map<string, number>()
        for (const { debit, credit, amountMinor } of postings) {
          balance.set(debit, (balance.get(debit) ?? 0) + amountMinor)
          balance.set(credit, (balance.get(credit) ?? 0) - amountMinor)
        }
        assert.equal(balance.get('unearned') ?? 0, fare)
        assert.equal(balance.get('commission') ?? 0, part - commissionMinor)
        assert.equal(
          [...balance.values()].reduce((sum, one) => sum + one, 0),
          0,
        )
      }),
    )
  })
})

/** No reply of an agent's makes a booking anything but a form, or ended. */
function neverAgrees(flow: Flow): void {
  for (const before of situations) {
    const values = optionsOf(flow.screen(before, 'traveller', 'en')).map(({ value }) => value)
    for (const value of ['yes', 'no', '1', ...values])
      for (const reply of [{ kind: 'answer', value }, { kind: 'back' }] as const) {
        const event = flow.hear(before, reply, 'agent')
        if (!event) continue
        const { snapshot: after } = flow.step(before, { ...event, at: T0 })
        const isAgreed = agentOf(before)?.stage !== 'filling' && !after.done
        assert.ok(
          !isAgreed && (after.done || isDraft(after.state)),
          `agreed by the agent: ${before.state}, ${value}`,
        )
      }
  }
}

function earnedBy(booked: Snapshot, fareMinor: number, commissionMinor: number, commissionBp: number) {
  const context = bookingContext.parse(booked.context)
  assert.ok(context.quote && context.agent)
  const quote = {
    ...context.quote,
    price: { ...context.quote.price, amountMinor: fareMinor },
    commissionMinor,
  }
  const agent = { ...context.agent, commissionBp }
  const { effects } = flows.booking.step(
    { ...booked, context: { ...context, quote, agent } },
    { type: 'ARRIVED', at: T0 },
  )
  return effects.filter(({ type }) => type === 'post').map(({ params }) => postParams.parse(params))
}

type Asking = (db: Db) => (request: Parameters<AgentRequests['ask']>[0]) => Promise<Asked>

const inTransaction: Asking = (db) => (request) =>
  db.transaction((trx) => createAgentTx(trx).agentRequests.ask(request))

describe('customers are asked by agents', function () {
  this.timeout(60_000)
  let db: Db
  let drop = async () => {}
  const ask = (agent: string, booking: string, customer: Msisdn, at = T0) =>
    inTransaction(db)({ agent, booking, customer, at })
  const answered = (booking: string, isYes: boolean) =>
    createAgentTx(db).agentRequests.answered(booking, isYes)
  let people = 0
  const somebody = (): Msisdn => {
    people += 1
    const phone = `+25078840${String(people).padStart(4, '0')}`
    return isMsisdn(phone) ? phone : assert.fail(phone)
  }
  const [aline, emile, third] = ['ag_1', 'ag_2', 'ag_3'] as const

  before(async () => {
    const database = await freshDatabase(prepare)
    db = connectPostgres(database.url, silent)
    await db('agents').insert(
      [aline, emile, third].map((id, n) => ({ id, phone: `+25078830010${n}`, name: id, commission_bp: 300 })),
    )
    drop = async () => {
      await db.destroy()
      await database.drop()
    }
  })
  after(() => drop())

  it('so often an hour, whoever asks; asked again about the same it stays one question', async () => {
    const customer = somebody()
    for (let n = 0; n < ASKING.perCustomer; n += 1)
      assert.equal(await ask(n % 2 ? aline : emile, `a${n}`, customer), 'asked')
    assert.equal(await ask(aline, 'a0', customer), 'asked')
    assert.equal(await ask(third, 'a9', customer), 'spared')
    await answered('a1', true)
    assert.equal(await ask(aline, 'a10', customer), 'asked')
    assert.equal(await ask(aline, 'a11', customer), 'spared')
    assert.equal(await ask(aline, 'a12', customer, T0 + ASKING.waitingMs + 1), 'asked')
  })

  it('not by whom they said no to twice, for a day', async () => {
    const customer = somebody()
    for (const booking of ['b1', 'b2']) {
      assert.equal(await ask(aline, booking, customer), 'asked')
      await answered(booking, false)
      // The first answer stays.
      await answered(booking, true)
    }
    assert.equal(await ask(aline, 'b3', customer, T0 + 23 * HOUR_MS), 'spared')
    assert.equal(await ask(emile, 'b4', customer, T0 + 23 * HOUR_MS), 'asked')
    assert.equal(await ask(aline, 'b5', customer, T0 + 25 * HOUR_MS), 'asked')
  })

  it('not when they wrote STOP', async () => {
    const customer = somebody()
    const focus = JSON.stringify({ kind: 'menu' })
    const row = {
      seq: 1,
      language: 'en',
      channel: 'sms',
      focus,
      page: 0,
      session: '',
      heard: '',
      heard_at: T0,
    }
    await db('conversations').insert({ ...row, person: customer, opted_out: true })
    assert.equal(await ask(aline, 'c1', customer), 'spared')
  })

  it('by one who has too many questions open, no more', async () => {
    const at = T0 + 48 * HOUR_MS
    for (let n = 0; n < ASKING.perAgent; n += 1)
      assert.equal(await ask(third, `d${n}`, somebody(), at), 'asked')
    assert.equal(await ask(third, 'd99', somebody(), at), 'flooding')
    assert.equal(await ask(emile, 'd98', somebody(), at), 'asked')
  })

  /** Asks one customer forty times at once, on behalf of two agents. */
  async function rush(asking: Asking, name: string): Promise<void> {
    const customer = somebody()
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        asking(db)({ agent: n % 2 ? aline : emile, booking: `${name}${n}`, customer, at: T0 + 96 * HOUR_MS }),
      ),
    )
    assert.equal(outcomes.filter((one) => one === 'asked').length, ASKING.perCustomer, 'asked too often')
  }
  it('no more often when all ask at once', () => rush(inTransaction, 'e'))
  it('and whoever counts without waiting for the others is found out', () =>
    assert.rejects(
      rush((own) => createAgentTx(own).agentRequests.ask, 'f'),
      /asked too often/,
    ))
})

describe('the books of agents', function () {
  this.timeout(60_000)

  it('hold at most one part of each commission, and who pays twice or too much is found out', async () => {
    const database = await freshDatabase(prepare)
    const db = connectPostgres(database.url, silent)
    const broken = async () =>
      (await verify(db, T0)).find(({ rule }) => rule.startsWith('an agent has a part'))?.examples
    const booking = async (id: string, state = 'completed') =>
      db('instances').insert({
        ...{
          id,
          flow: 'booking',
          version: 3,
          seq: 1,
          root: id,
          owner: TYPICAL.owner,
          code: id,
          state,
          done: true,
        },
        context: JSON.stringify({
          agent: { id: 'ag_1', commissionBp: 300, stage: 'agreed' },
          quote: { commissionMinor: 100, price: { amountMinor: 1_000, currency: 'RWF' } },
        }),
      })
    const pay = (source: string, amount_minor: number, kind = 'agent commission', credit = 'agent:ag_1') =>
      db('postings').insert({
        kind,
        source,
        debit: 'commission',
        credit,
        amount_minor,
        currency: 'RWF',
        at: T0,
      })
    try {
      await booking('bk_good')
      await pay('bk_good', 30)
      assert.deepEqual(await broken(), [])
      await assert.rejects(pay('bk_good', 30), /duplicate key/)
      await pay('bk_good', 30, 'agent commission, again')
      await booking('bk_more')
      await pay('bk_more', 31)
      await booking('bk_other')
      await pay('bk_other', 30, 'agent commission', 'agent:ag_2')
      await booking('bk_undone', 'cancelled')
      await pay('bk_undone', 30)
      assert.deepEqual([...((await broken()) ?? [])].sort(), ['bk_good', 'bk_more', 'bk_other', 'bk_undone'])
    } finally {
      await db.destroy()
      await database.drop()
    }
  })
})
