import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Day, daysBetween, momentOf, tellDay } from '../../src/core/base/day.ts'
import { marketOf } from '../../src/core/base/markets.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import { lagosCouriers } from '../../src/demo/lagos.ts'
import { kigaliCars, kigaliRiders } from '../../src/demo/riders.ts'
import { movableClock } from '../support/clock.ts'
import { typed } from '../support/terminal.ts'
import { startWorld, type World } from '../support/world.ts'
import { App } from './app.ts'
import { carriers } from './carriers.ts'
import { Phone } from './phone.ts'
import { openShop } from './shop.ts'
import { type Known, LINK, type Step, type Talk } from './talk.ts'

/** A wallet answers when the request to it has come back. */
const WALLET_MS = 40
const STILL_LIMIT_MS = 15_000

const held = z.object({
  id: z.string(),
  journey: z.string(),
  payment: z.string().nullable(),
  code: z.string(),
  start: z.string().nullable(),
  back: z.string().nullable(),
  ticket: z.string().nullable(),
  until: z.number().nullable(),
})

const KIGALI = 'Africa/Kigali'
/** An agent's part of a fare, in hundredths of a percent. */
const AGENT_BP = 300
const DAY_MS = 24 * 3_600_000
/** A car costs a tenth less than it may, whatever the hour and however many are taken. */
const CAR_RULES = "jsonb_set(rules, '{dynamic}', ?)"
const CAR_MOVES = { zone: KIGALI, usualBp: -1_000, hours: [], demand: [], leastBp: 0 }
/** Of a bus, unless a talk says otherwise. */
const SEATS = 29
/** Days ahead, and the hour. */
const BUSES = [
  [1, 7, 30],
  [1, 13, 0],
  [2, 7, 30],
] as const

/** By where they leave from. */
const ROUTES = {
  Kigali: { route: 'rw-kigali-huye', plate: 'RAH 101 C', zone: KIGALI },
  Alger: { route: 'dz-alger-oran', plate: '02177 322 16', zone: 'Africa/Algiers' },
} as const

function comingDay(now: number, ahead: number, zone: string = KIGALI): Day {
  const day = daysBetween(now, now + (ahead + 1) * DAY_MS, zone)[ahead]
  if (!day) throw new Error('a day is missing')
  return day
}

/** Payments that will go on by themselves. */
const MOVING = ['submitting', 'unsent', 'checking', 'refunding', 'checkingRefund']

/** One town in which talks are held, one after the other. */
export async function openStage() {
  const clock = movableClock()
  const rails = { PAYMENTS: 'mtn,satim,stripe,credit', STRIPE_CURRENCIES: 'PKR' }
  const world = await startWorld({ ...rails, PROXIES: '1', OTP_NUMBERS: '+250,+234' }, clock)
  const known = [...kigaliRiders, ...kigaliCars, ...lagosCouriers]
  await world
    .db('tariffs')
    .where({ line: 'car' })
    .update({ rules: world.db.raw(CAR_RULES, [CAR_MOVES]) })
  const riders = new Map(known.map(({ name, phone }) => [name, new Phone(world, phone)]))
  const seeded = await world.db('drivers').select('phone', 'at')

  let began = clock.now()
  /** Where the traveller lives. */
  let zone = KIGALI

  /** Only those named are at work, each where they began; what earlier talks left open stays as it is for ever. */
  async function begin({
    riders: names,
    drivers = 'ride',
    from,
    buses,
    seats = SEATS,
    loads,
    others,
    agents = {},
    shop,
  }: Talk): Promise<Phone> {
    began = clock.now()
    if (loads) await carriers(world.db, clock.now(), others ?? {}, loads === true ? 'rw' : 'pk')
    zone = marketOf(parsePhone(from)).zone
    if (buses) await timetable(others?.Conductor ?? '', seats, ROUTES[buses === true ? 'Kigali' : buses])
    if (shop) await openShop(world.db, from, shop, clock.now(), others)
    for (const [name, phone] of Object.entries(agents))
      await world.db('agents').insert({ phone, name, commission_bp: AGENT_BP })
    await world.db('instances').where({ done: false }).update({ deadline_at: null })
    await world.db('drivers').update({ status: 'off', journey: null })
    for (const name of names) {
      const rider = known.find((one) => one.name === name)
      const place = seeded.find(({ phone }) => phone === rider?.phone)
      if (!rider || !place) throw new Error(`no rider is called ${name}`)
      await world
        .db('drivers')
        .where({ phone: rider.phone })
        .update({
          status: 'free',
          licence_status: 'valid',
          line: drivers,
          seen_at: clock.now(),
          at: world.db.raw('point(?, ?)', [place.at.x, place.at.y]),
        })
      // Who spoke French in an earlier talk begins this one in English, at the menu.
      await riders.get(name)?.send('English')
      await riders.get(name)?.settle()
    }
    await fetch(`${world.simulators}/mtn/_scenario`, { method: 'DELETE' })
    await wallet('*', 'approve')
    return new Phone(world, from)
  }

  async function timetable(
    conductor: string,
    seats: number,
    { zone, ...way }: (typeof ROUTES)[keyof typeof ROUTES],
  ): Promise<void> {
    await world.db('seat_legs').delete()
    await world.db('departures').delete()
    const bus = { ...way, conductor, seats }
    const now = clock.now()
    const rows = BUSES.map(([ahead, hour, minute], n) => {
      const day = comingDay(now, ahead, zone)
      return { ...bus, id: `bus-${n + 1}`, leaves_at: momentOf(day, { hour, minute }, zone) }
    })
    await world.db('departures').insert(rows)
  }

  const wallet = (msisdn: string, outcome: string) =>
    world.post('/mtn/_scenario', { msisdn, outcome, delayMs: WALLET_MS })

  /** On the page behind the newest link that came. */
  async function pay(phone: Phone, pan: string): Promise<void> {
    const page = (await phone.read()).join('\n').match(LINK)?.at(-1)
    if (page === undefined) throw new Error('nobody sent a page to pay on')
    await fetch(page, { method: 'POST', body: new URLSearchParams({ pan }) })
  }

  const apps = new Map<Phone, App>()

  /** Does what a step says. @returns the screen or the words that answer it at once */
  async function act(step: Step, { channel, from }: Talk, phone: Phone): Promise<string | undefined> {
    if (step.wallet !== undefined) await wallet(from, step.wallet)
    if (step.card !== undefined) await pay(phone, step.card)
    if (step.waitMs !== undefined) {
      clock.advance(step.waitMs)
      await world.post('/_clock', { advanceMs: step.waitMs })
    }
    if (step.until !== undefined) {
      const [ahead, hour, minute] = step.until
      const aheadMs = momentOf(comingDay(began, ahead), { hour, minute }, KIGALI) - clock.now()
      clock.advance(aheadMs)
      await world.post('/_clock', { advanceMs: aheadMs })
    }
    if (step.callOff !== undefined)
      await typed(world.databaseUrl, 'departures', ['call-off', step.callOff, 'Alice U.', 'no driver'])
    if (step.logIn) {
      const app = new App(world, phone.number)
      apps.set(phone, app)
      await app.logIn()
      await phone.news('sms')
    }
    if (step.desk) return (await typed(world.databaseUrl, 'desk', step.desk)).text.trim()
    if (step.ask !== undefined) return apps.get(phone)?.ask(step.ask, step.body)
    const opened = step.dial !== undefined ? await phone.dial(step.dial) : step.ring && (await phone.ring())
    if (step.choose !== undefined) return phone.choose(step.choose)
    if (opened) return opened
    if (step.hangUp) await phone.hangUp()
    if (step.tap !== undefined) await phone.tap(step.tap)
    if (step.pin) await phone.write({ location: { latitude: step.pin[0], longitude: step.pin[1] } })
    if (step.in === undefined) return undefined
    switch (step.on ?? (step.rider === undefined ? channel : 'sms')) {
      case 'ussd':
        return phone.key(step.in)
      case 'voice':
        return phone.press(step.in)
      case 'whatsapp':
        await phone.write({ text: step.in })
        return undefined
      case 'sms':
      case 'rest':
        await phone.send(step.in)
        return undefined
    }
  }

  /** Codes of the bookings of the traveller and the others, oldest first; what was known once stays known. */
  async function learn(known: Known, { from, others = {} }: Talk): Promise<void> {
    const rows = await world
      .db('instances')
      .select(
        ...['id', 'code'],
        world.db.raw(`context->>'journey' as journey, context->>'payment' as payment, context->'carrier'->>'startCode' as start, context->'carrier'->>'returnCode' as back,
          context->'carrier'->'passage'->>'ticket' as ticket, (context->'instead'->>'until')::float8 as until`),
      )
      .where({ flow: 'booking' })
      .whereIn('owner', [from, ...Object.values(others)])
      .orderBy('id')
    for (const { id, journey, payment, code, start, back, ticket, until } of z.array(held).parse(rows)) {
      if (!known.id.includes(id)) {
        known.id.push(id)
        // A booking's escrow has its name.
        known.escrow.push(id.replace('bk_', 'es_'))
      }
      if (!known.journey.includes(journey)) known.journey.push(journey)
      if (payment !== null && !known.payment.includes(payment)) known.payment.push(payment)
      if (!known.code.includes(code)) known.code.push(code)
      if (start !== null && !known.start.includes(start)) known.start.push(start)
      if (back !== null && !known.back.includes(back)) known.back.push(back)
      const by = until === null ? null : tellDay(until, KIGALI)
      if (by !== null && !known.until.includes(by)) known.until.push(by)
      if (ticket !== null && !known.ticket.includes(ticket)) known.ticket.push(ticket)
    }
  }

  /** Waits until nobody has anything more to say. */
  async function still(phones: readonly Phone[], forMs: number): Promise<void> {
    const end = Date.now() + STILL_LIMIT_MS
    for (
      let before = -1, since = Date.now();
      Date.now() - since < forMs && Date.now() < end;
      await sleep(25)
    ) {
      const busy = await world.db('outbox').where('due_at', '<=', clock.now()).whereNull('dead_at').first()
      const moving = await world.db('instances').where({ flow: 'payment' }).whereIn('state', MOVING).first()
      const overdue = await world.db('instances').where('deadline_at', '<=', clock.now()).first()
      const counts = await Promise.all(phones.map((phone) => phone.count()))
      const now = counts.reduce((sum, count) => sum + count, 0)
      if (now !== before || busy || moving || overdue) since = Date.now()
      before = now
    }
  }

  const phone = (from: string) => new Phone(world, from)
  /** Days to come as a bus names them; 0 is today. */
  const days = (...ahead: readonly number[]): string[] =>
    ahead.map((n) => comingDay(clock.now(), n, zone).date.replace(/^\d+-(\d+)-(\d+)$/, '$2/$1'))
  return { world, riders, phone, days, begin, act, learn, still, stop: () => world.stop() }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
export type { World }
