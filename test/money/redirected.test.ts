import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Refit } from '../../src/build.ts'
import { formatMoney } from '../../src/core/base/money.ts'
import type { Flows } from '../../src/core/run/draft.ts'
import type { Effect, Flow, Snapshot, Stamped } from '../../src/core/run/flow.ts'
import { bookingContext } from '../../src/flows/booking/model.ts'
import { trackingContext } from '../../src/flows/tracking/model.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { truthOf, until } from './audit.ts'
import { FARE, openTown, payerOf, type Ride, type Town } from './town.ts'

const RIDES = 24
/** From Remera: farther than what was paid for, not so far, and nearly nowhere. */
const ENDS = ['Kabuga', 'Sonatubes', 'Giporoso'] as const

/** What each does when it is asked. */
const DEEDS = [
  'agrees',
  'agrees twice',
  'agrees while they arrive',
  'agrees and calls it off',
  'is silent',
] as const
const deedOf = (n: number) => DEEDS[n % DEEDS.length] ?? 'is silent'

/** All rides are paid, asked where else, answered at once and from several sides, and then ended. */
async function redirected(refit: Refit = {}) {
  const town = await openTown()
  try {
    const rides = await Promise.all(
      Array.from({ length: RIDES }, async (_, n) => {
        const phone = payerOf('mtn', 200 + n)
        await town.plan('mtn', { msisdn: phone, on: 'collect', outcome: 'approve' })
        return town.ride(phone, 200 + n)
      }),
    )
    await town.house(refit)
    const booked = async () => (await all(town)).filter(({ state }) => state === 'booked')
    await until('all are paid', async () => (await booked()).length === RIDES, 30_000)
    for (const [n, { booking }] of rides.entries())
      await town.tell({ flow: 'booking', id: booking }, 'CHANGE', { text: ENDS[n % ENDS.length] })
    const isAsked = async () =>
      (await all(town)).every(({ booking }) => booking.redirect?.quote || booking.redirects)
    await until('all are asked', isAsked, 30_000)
    await Promise.all(rides.map((ride, n) => answer(town, ride, n)))
    await until('all is heard', () => isAtRest(town), 30_000)
    await Promise.all(rides.map((ride) => arrive(town, ride)))
    await until('all have ended', async () => (await booked()).length === 0 && (await isAtRest(town)), 30_000)
    return await broken(town)
  } finally {
    await town.stop()
  }
}

async function answer(town: Town, { booking, ...ride }: Ride, n: number): Promise<void> {
  const about = { flow: 'booking', id: booking } as const
  const yes = () => town.tell(about, 'ANSWER', { value: 'yes' })
  const deed = deedOf(n)
  if (deed === 'is silent') return
  if (deed === 'agrees while they arrive')
    return void (await Promise.all([arrive(town, { booking, ...ride }), yes()]))
  await Promise.all(deed === 'agrees twice' ? [yes(), yes()] : [yes()])
  if (deed === 'agrees and calls it off') await town.tell(about, 'CANCEL')
}

/** The rider reports every step of the way, one after the other. */
async function arrive(town: Town, { booking, rider }: Ride): Promise<void> {
  const { journey } = (await all(town)).find(({ id }) => id === booking) ?? assert.fail(booking)
  for (const [milestone, code, passed] of [
    ['here', null, 1],
    ['aboard', '1234', 2],
    ['done', null, 3],
  ] as const) {
    await town.tell({ flow: 'tracking', id: journey.id }, 'PASS', { driver: rider, milestone, code })
    await until(`${milestone} is heard`, async () => {
      const now = await town.db('instances').where({ id: journey.id }).first('context', 'done')
      return now.done || trackingContext.parse(now.context).passed >= passed
    })
  }
}

const instance = z.object({ id: z.string(), flow: z.string(), state: z.string(), context: z.unknown() })
async function all({ db }: Town) {
  const rows = z.array(instance).parse(await db('instances').whereIn('flow', ['booking', 'tracking']))
  const journeys = new Map(
    rows.flatMap(({ id, flow, context }) =>
      flow === 'tracking' ? [[id, trackingContext.parse(context)]] : [],
    ),
  )
  return rows.flatMap(({ id, flow, state, context }) => {
    if (flow !== 'booking') return []
    const booking = bookingContext.parse(context)
    const journey = journeys.get(booking.journey)
    return journey ? [{ id, state, booking, journey }] : []
  })
}

const isAtRest = async ({ db, clock }: Town): Promise<boolean> => {
  const due = await db('outbox').whereNull('dead_at').where('due_at', '<=', clock.now()).first()
  const moving = db('instances').where({ flow: 'payment' }).whereNotIn('state', ['settled', 'refunded'])
  return !due && !(await moving.first())
}

const posting = z.object({
  kind: z.string(),
  source: z.string(),
  debit: z.string(),
  minor: z.coerce.number(),
})

/** What does not hold, by law; nothing when all does. */
async function broken(town: Town): Promise<string[]> {
  const rides = await all(town)
  const postings = z
    .array(posting)
    .parse(
      await town
        .db('postings')
        .whereNot({ phase: 'held' })
        .select('kind', 'source', 'debit', 'amount_minor as minor'),
    )
  const refunds = (await truthOf(town)).filter(({ kind, is }) => kind === 'refund' && is === 'paid')
  const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0)
  const laws = {
    'where one goes the other drives, for one price': rides.filter(
      ({ booking: { given, quote }, journey }) =>
        journey.to.toLowerCase() !== given.find(({ field }) => field === 'to')?.label.toLowerCase() ||
        journey.price !== formatMoney(quote?.price ?? FARE),
    ),
    'a yes counts once, and silence agrees to nothing': rides.filter(({ booking }) => {
      const n = PHONES.indexOf(booking.owner)
      const most = deedOf(n) === 'is silent' ? 0 : 1
      return (
        booking.redirects > most || (booking.redirects < most && deedOf(n) !== 'agrees while they arrive')
      )
    }),
    'what was paid and not wanted comes back, and nothing else': rides.filter(({ state, booking }) => {
      const price = booking.quote?.price.amountMinor ?? 0
      const back = state === 'cancelled' ? FARE.amountMinor : Math.max(0, FARE.amountMinor - price)
      return sum(refunds.filter(({ phone }) => phone === booking.owner).map(({ amount }) => amount)) !== back
    }),
    'the rest is the driver’s and ours': rides.filter(({ id, state, booking }) => {
      const price = booking.quote?.price.amountMinor ?? 0
      const earned = postings.filter(({ source, debit }) => source === id && debit === 'unearned')
      const whole = state === 'cancelled' ? 0 : Math.min(FARE.amountMinor, price)
      return sum(earned.map(({ minor }) => minor)) !== whole
    }),
  }
  const left: unknown = await town
    .db('ledger')
    .where({ account: 'unearned' })
    .sum('amount_minor as minor')
    .first()
  const { minor } = z.object({ minor: z.coerce.number() }).parse(left)
  const wrong = (await verify(town.db, town.clock.now())).filter(
    (one) => one.weight === 'wrong' && one.broken > 0,
  )
  return [
    ...Object.entries(laws).flatMap(([law, cases]) => (cases.length > 0 ? [law] : [])),
    ...(minor === 0 ? [] : ['nothing stays unearned']),
    ...wrong.map(({ rule }) => rule),
  ]
}
const PHONES = Array.from({ length: RIDES }, (_, n) => String(payerOf('mtn', 200 + n)))

/** A house whose bookings do what they want done otherwise. */
const doing =
  (
    otherwise: (effects: readonly Effect[], event: Stamped, after: Snapshot) => readonly Effect[],
  ): NonNullable<Refit['flows']> =>
  (flows: Flows) => {
    const { booking } = flows
    const step: Flow['step'] = (snapshot, event) => {
      const stepped = booking.step(snapshot, event)
      return { ...stepped, effects: [...otherwise(stepped.effects, event, stepped.snapshot)] }
    }
    return { ...flows, booking: { ...booking, step } }
  }
const params = z.looseObject({})
const says = (effect: Effect, word: string): boolean => JSON.stringify(effect.params).includes(`"${word}"`)

const priceIn = (context: Snapshot['context']) => {
  const { quote } = bookingContext.parse(context)
  return { amountMinor: (quote?.price.amountMinor ?? 0) - (quote?.commissionMinor ?? 0) }
}

const HOUSES: Readonly<Record<string, { readonly refit: Refit; readonly law: string }>> = {
  'does not tell the driver': {
    refit: { flows: doing((effects) => effects.filter((one) => !says(one, 'REDIRECT'))) },
    law: 'where one goes the other drives, for one price',
  },
  'keeps what was paid too much': {
    refit: {
      flows: doing((effects, { type }) =>
        effects.filter((one) => type !== 'ARRIVED' || !says(one, 'REFUND')),
      ),
    },
    law: 'what was paid and not wanted comes back, and nothing else',
  },
  'gives all of it back': {
    refit: {
      flows: doing((effects) =>
        effects.map((one) =>
          says(one, 'REFUND')
            ? { ...one, params: { ...params.parse(one.params), event: { type: 'REFUND' } } }
            : one,
        ),
      ),
    },
    law: 'what was paid and not wanted comes back, and nothing else',
  },
  'pays the driver what was paid at first': {
    refit: {
      flows: doing((effects) =>
        effects.map((one) =>
          says(one, 'earned')
            ? { ...one, params: { ...params.parse(one.params), amountMinor: FARE.amountMinor } }
            : one,
        ),
      ),
    },
    law: 'the rest is the driver’s and ours',
  },
  'pays the driver by phone what they were handed': {
    refit: {
      flows: doing((effects, _, { context }) =>
        effects.map((one) =>
          says(one, 'earned')
            ? { ...one, params: { ...params.parse(one.params), ...priceIn(context) } }
            : one,
        ),
      ),
    },
    law: 'the rest is the driver’s and ours',
  },
  'takes silence for a yes': {
    refit: {
      flows: (flows) => ({
        ...flows,
        booking: {
          ...flows.booking,
          step(snapshot, event) {
            const first = flows.booking.step(snapshot, event)
            if (event.type !== 'QUOTED') return first
            const second = flows.booking.step(first.snapshot, { type: 'ANSWER', value: 'yes', at: event.at })
            return { ...second, effects: [...first.effects, ...second.effects] }
          },
        },
      }),
    },
    law: 'a yes counts once, and silence agrees to nothing',
  },
}

describe('rides that end elsewhere', function () {
  this.timeout(120_000)

  it('are paid for as agreed, whoever says what at once', async () => {
    assert.deepEqual(await redirected(), [])
  })

  describe('are found out in a house that', () => {
    for (const [name, { refit, law }] of Object.entries(HOUSES))
      it(name, async () => {
        const found = await redirected(refit)
        assert.ok(found.includes(law), found.join('; '))
      })
  })
})
