import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Day, daysBetween, momentOf } from '../../src/core/base/day.ts'
import { kigaliRiders } from '../../src/demo/riders.ts'
import { movableClock } from '../support/clock.ts'
import { startWorld, type World } from '../support/world.ts'
import { App } from './app.ts'
import { Phone } from './phone.ts'
import type { Known, Step, Talk } from './talk.ts'

/** A wallet answers when the request to it has come back. */
const WALLET_MS = 40
const STILL_LIMIT_MS = 15_000

const held = z.object({
  id: z.string(),
  code: z.string(),
  start: z.string().nullable(),
  back: z.string().nullable(),
  ticket: z.string().nullable(),
})

const KIGALI = 'Africa/Kigali'
const DAY_MS = 24 * 3_600_000
/** Days ahead, and the hour. */
const BUSES = [
  [1, 7, 30],
  [1, 13, 0],
  [2, 7, 30],
] as const

function comingDay(now: number, ahead: number): Day {
  const day = daysBetween(now, now + (ahead + 1) * DAY_MS, KIGALI)[ahead]
  if (!day) throw new Error('a day is missing')
  return day
}

/** Payments that will go on by themselves. */
const MOVING = ['submitting', 'unsent', 'checking', 'refunding', 'checkingRefund']

/** One town in which talks are held, one after the other. */
export async function openStage() {
  const clock = movableClock()
  const world = await startWorld({}, clock)
  const riders = new Map(kigaliRiders.map(({ name, phone }) => [name, new Phone(world, phone)]))
  const seeded = await world.db('drivers').select('phone', 'at')

  let began = clock.now()

  /** Only those named are at work, each where they began; what earlier talks left open stays as it is for ever. */
  async function begin({ riders: names, from, buses, others }: Talk): Promise<Phone> {
    began = clock.now()
    if (buses) await timetable(others?.Conductor ?? '')
    await world.db('instances').where({ done: false }).update({ deadline_at: null })
    await world.db('drivers').update({ status: 'off', journey: null })
    for (const name of names) {
      const rider = kigaliRiders.find((one) => one.name === name)
      const place = seeded.find(({ phone }) => phone === rider?.phone)
      if (!rider || !place) throw new Error(`no rider is called ${name}`)
      await world
        .db('drivers')
        .where({ phone: rider.phone })
        .update({
          status: 'free',
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

  async function timetable(conductor: string): Promise<void> {
    await world.db('seat_legs').delete()
    await world.db('departures').delete()
    const bus = { route: 'rw-kigali-huye', plate: 'RAH 101 C', conductor, seats: 29 }
    const now = clock.now()
    const rows = BUSES.map(([ahead, hour, minute], n) => {
      const day = comingDay(now, ahead)
      return { ...bus, id: `bus-${n + 1}`, leaves_at: momentOf(day, { hour, minute }, KIGALI) }
    })
    await world.db('departures').insert(rows)
  }

  const wallet = (msisdn: string, outcome: string) =>
    world.post('/mtn/_scenario', { msisdn, outcome, delayMs: WALLET_MS })

  let app: App | null = null

  /** Does what a step says. @returns the screen or the words that answer it at once */
  async function act(step: Step, { channel, from }: Talk, phone: Phone): Promise<string | undefined> {
    if (step.wallet !== undefined) await wallet(from, step.wallet)
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
    if (step.logIn) {
      app = new App(world, from)
      await app.logIn()
      await phone.news('sms')
    }
    if (step.ask !== undefined) return app?.ask(step.ask, step.body)
    if (step.dial !== undefined) return phone.dial(step.dial)
    if (step.ring) return phone.ring()
    if (step.hangUp) await phone.hangUp()
    if (step.tap !== undefined) await phone.tap(step.tap)
    if (step.pin) await phone.write({ location: { latitude: step.pin[0], longitude: step.pin[1] } })
    if (step.in === undefined) return undefined
    switch (step.rider !== undefined ? 'sms' : (step.on ?? channel)) {
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

  /** Codes of the traveller's bookings, oldest first; what was known once stays known. */
  async function learn(known: Known, from: string): Promise<void> {
    const rows = await world
      .db('instances')
      .select(
        ...['id', 'code'],
        world.db.raw(`context->'carrier'->>'startCode' as start, context->'carrier'->>'returnCode' as back,
          context->'carrier'->'passage'->>'ticket' as ticket`),
      )
      .where({ owner: from, flow: 'booking' })
      .orderBy('id')
    for (const { id, code, start, back, ticket } of z.array(held).parse(rows)) {
      if (!known.id.includes(id)) known.id.push(id)
      if (!known.code.includes(code)) known.code.push(code)
      if (start !== null && !known.start.includes(start)) known.start.push(start)
      if (back !== null && !known.back.includes(back)) known.back.push(back)
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
  /** Tomorrow and the day after, as a bus names them. */
  const days = (): string[] =>
    [1, 2].map((ahead) => comingDay(clock.now(), ahead).date.replace(/^\d+-(\d+)-(\d+)$/, '$2/$1'))
  return { world, riders, phone, days, begin, act, learn, still, stop: () => world.stop() }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
export type { World }
