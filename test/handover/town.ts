import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Refit } from '../../src/build.ts'
import { type Phones, pickUpPhones } from '../chaos/phones.ts'
import { seedLines } from '../chaos/seeds.ts'
import { CONDUCTOR, createWorkers } from '../chaos/workers.ts'
import { startWorld } from '../support/world.ts'
import { type Kept, keptOf } from './books.ts'
import { openTimetable } from './buses.ts'
import type { Journey } from './journeys.ts'
import { travellerOf, type Way } from './ways.ts'

const WALLET_MS = 40
const LOOK_MS = 40
const PATIENCE_MS = 20_000
const GOODS = 1_000_000
const BID_MINOR = 45_000

/** Begun on one channel, and from that question on held on another. */
export type Route = { readonly from: Way; readonly to: Way; readonly at: number }

const newestShape = z.object({ id: z.string(), code: z.string() })
const carriedShape = z.object({
  code: z.string(),
  context: z.object({ carrier: z.object({ phone: z.string(), startCode: z.string() }) }),
})
type Carried = z.infer<typeof carriedShape>

/** A town in which people work, and one traveller after another books. */
export async function openTown(refit: Refit = {}) {
  const world = await startWorld({ PAYMENTS: 'mtn', PROXIES: '1' }, undefined, refit)
  const { db } = world
  await seedLines(db, Date.now())
  // What runs out is not what this is about.
  await db('stock').update({ came: GOODS })
  const wallet = (msisdn: string, outcome: string) =>
    world.post('/mtn/_scenario', { msisdn, outcome, delayMs: WALLET_MS })
  await wallet('*', 'approve')
  const street = await openStreet(world.simulators)
  const timetable = await openTimetable(world)

  const newest = async (owner: string) =>
    newestShape.parse(await db('instances').where({ flow: 'booking', owner }).orderBy('id', 'desc').first())

  /** The job of a ride, once it is paid and has a rider. */
  const carried = async (owner: string) => {
    const found = await db('instances').where({ flow: 'booking', owner, state: 'booked' }).first()
    return carriedShape.safeParse(found).data ?? null
  }

  /** What is asked later is asked once the world has done its part. */
  const isAsked = async (owner: string, question: string): Promise<boolean> => {
    const own = db('instances').where({ flow: 'booking', owner })
    const asked =
      question === 'offers'
        ? own.whereRaw(`context #> '{bids,offers,0}' is not null`)
        : question === 'instead'
          ? own.whereRaw(`context->>'instead' is not null`)
          : own.where({ state: question })
    return (await asked.first()) !== undefined
  }

  /** They have seats, or are in line for them. */
  const isSettled = async (owner: string): Promise<boolean> => {
    const own = db('instances').where({ flow: 'booking', owner }).whereIn('state', ['booked', 'waiting'])
    return (await own.first()) !== undefined
  }

  /** Seats and vehicles do not run out. */
  const giveBack = async (owner: string): Promise<void> => {
    const { id, code } = await newest(owner)
    await db('vehicle_days').where({ load: id }).delete()
    await db('seat_legs').where({ person: owner }).delete()
    street.over(code)
  }

  return {
    ...{ db, world, wallet, giveBack, together },
    /** Books that journey by that route. @returns what is kept of it when it is over for the traveller */
    async travel(number: string, journey: Journey, { from, to, at }: Route): Promise<Kept> {
      const traveller = travellerOf(world, number, async () => (await newest(number)).id)
      if (journey.comes === 'declined') await wallet(number, 'decline')
      const bus = journey.happens && (await timetable.next())
      await traveller.begin(from, journey)
      let way = from
      for (const [n, [question, answer, later]] of journey.questions.entries()) {
        const happening = journey.happens?.[question]
        if (bus && happening) {
          if (later) await until(`${number} booked`, () => isSettled(number))
          await timetable.happens(happening, bus)
        }
        if (question === 'rating') street.finish(await until(`rider of ${number}`, () => carried(number)))
        if (later) await until(`${question} of ${number}`, () => isAsked(number, question))
        if (question === 'unpaid') await wallet(number, 'approve')
        if (n === at && to !== from) {
          await traveller.leave(way)
          way = to
          await traveller.arrive(way, journey, later)
        } else if (later) await traveller.arrive(way, journey, later)
        await traveller.answer(way, answer)
      }
      const state = journey.comes === 'rated' ? 'completed' : 'booked'
      const isOver = async () => !(await isAsked(number, 'instead'))
      const look = async () => ((await isOver()) ? keptOf(db, number, state) : null)
      const kept = await until(`${journey.id} of ${number} ${state}`, look)
      await giveBack(number)
      return kept
    },
    async stop() {
      street.stop()
      await world.stop()
    },
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>

/** Who works answers at once, but goes no further than the yes unless a journey is to be finished. */
async function openStreet(simulators: string) {
  const offers = new Map<string, string>()
  const finishing = new Set<string>()
  let phones: Phones | undefined
  const reply = (phone: string, text: string) => void phones?.send(phone, text).catch(() => {})
  const workers = createWorkers(reply, () => false, CONDUCTOR)
  phones = await pickUpPhones(
    simulators,
    (phone, text) => {
      const [, load] = /To offer: BID (\d+) and your price/.exec(text) ?? []
      const [, job] = /(?:Job|Order) (\d+)/.exec(text) ?? []
      if (load !== undefined) bid(phone, load)
      else if (/Reply YES/.test(text) || (job !== undefined && finishing.has(job))) workers.hear(phone, text)
    },
    async () => {},
  )
  /** One carrier wants it, always for the same; who has offered has no vehicle for another. */
  function bid(phone: string, load: string): void {
    if (offers.has(load) || [...offers.values()].includes(phone)) return
    offers.set(load, phone)
    reply(phone, `BID ${load} ${BID_MINOR}`)
  }
  return {
    /** From now on its rider goes on with that job. */
    finish({ code, context: { carrier } }: Carried) {
      workers.proofs.set(code, carrier.startCode)
      finishing.add(code)
      reply(carrier.phone, `ARRIVED ${code}`)
    },
    /** Whoever offered for it may offer for another. */
    over: (load: string) => void offers.set(load, ''),
    stop() {
      workers.stop()
      phones?.stop()
    },
  }
}

/** So many things, some of them at once. */
async function together(
  atOnce: number,
  all: readonly number[],
  act: (n: number) => Promise<void>,
): Promise<void> {
  const left = [...all]
  const walk = async () => {
    for (let n = left.shift(); n !== undefined; n = left.shift()) await act(n)
  }
  await Promise.all(Array.from({ length: atOnce }, walk))
}

/** Looks again and again. @throws Error when it does not come in time */
async function until<T>(what: string, look: () => Promise<T | null | false>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(LOOK_MS)) {
    const found = await look()
    if (found !== null && found !== false) return found
  }
  throw new Error(`${what}: not in time`)
}
