import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createRandom, type Random } from '../../simulators/random.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { shownSchema } from '../../src/core/talk/view.ts'
import { bookingContext } from '../../src/flows/booking/model.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { type Hauler, type Market, openMarket, type Refit } from './bids-market.ts'
import { somebody } from './desk.ts'

const DAY_MS = 24 * 3_600_000
/** How often a provider may tell of one payment. */
const TOLD_PAID = 4
/** So long after the first offers the shipper decides, ms at most. */
const PAUSE_MS = 40
/** Carriers who come when it is over. */
const LATE = 5
/** A deadline may be so late. */
const COARSE_MS = 120_000
/** Choices that a shipper makes, each overtaken by who was chosen, before they give up. */
const MOST_TRIES = 6

/** What the shipper does while offers come in. */
export const ENDS = ['accepts', 'cancels', 'waits sealed'] as const
type End = (typeof ENDS)[number]

/** Everything a person was told, by what they asked or by us, oldest first. */
type Told = { readonly key: string; readonly say: string; readonly price: string }
const spoken = z.object({ shown: shownSchema })
const said = z.object({ phrase: z.object({ key: z.string(), args: z.record(z.string(), z.string()) }) })
const outboxRow = z.object({ type: z.string(), params: z.unknown() })

async function toldTo({ db }: Market, person: Msisdn): Promise<Told[]> {
  const rows = z
    .array(outboxRow)
    .parse(await db('outbox').whereRaw(`params->>'to' = ?`, [person]).orderBy('id').select('type', 'params'))
  return rows.flatMap(({ type, params }) => {
    if (type === 'say') {
      const { key, args } = said.parse(params).phrase
      return [{ key, say: '', price: args.price ?? '' }]
    }
    if (type !== 'speak') return []
    const { prompt } = spoken.parse(params).shown
    return [{ key: prompt.id, say: prompt.say, price: '' }]
  })
}

const booking = async ({ run }: Market, id: string) => {
  const found = await run.parts.store.instance({ flow: 'booking', id })
  assert.ok(found)
  return { state: found.state, done: found.done, ...bookingContext.parse(found.context) }
}

type Load = { readonly id: string; readonly code: string }

/** A load of the shipper's that takes offers. */
async function posted(market: Market, shipper: Msisdn, isSealed: boolean): Promise<Load> {
  await market.say(shipper, `LOAD 8t cement Kigali to Huye tomorrow${isSealed ? ' sealed' : ''}`)
  await market.settle()
  await market.say(shipper, 'YES')
  await market.settle()
  const { id, code } = await market
    .db('instances')
    .where({ owner: shipper, flow: 'booking' })
    .first('id', 'code')
  assert.equal((await booking(market, id)).state, 'quoting')
  return { id: String(id), code: String(code) }
}

/** What carriers do: offer, offer less, offer more, or think better of it. */
async function offer(market: Market, { phone }: Hauler, code: string, random: Random): Promise<void> {
  const bid = (amount: number) => market.say(phone, `BID ${code} ${amount * 1_000}`)
  const first = random.between(300, 500)
  await sleep(random.between(0, PAUSE_MS))
  await bid(first)
  const then = random.between(0, 9)
  if (then === 0) await market.say(phone, `WITHDRAW ${code}`)
  if (then === 1) await bid(first - 10)
  if (then === 2) await bid(first + 10)
}

/** Looks, chooses the best, and says yes to what was shown. @returns the price that yes was to; null when nothing was asked */
async function accept(market: Market, shipper: Msisdn, code: string, meanwhile: () => Promise<void>) {
  await market.say(shipper, `TRACK ${code}`)
  if ((await toldTo(market, shipper)).at(-1)?.key !== 'offers') return null
  await market.say(shipper, '1')
  const seen = (await toldTo(market, shipper)).filter(({ key }) => key === 'confirm').at(-1)
  await meanwhile()
  await market.say(shipper, 'YES')
  return seen?.say.split('\n').at(-1) ?? null
}

/** The shipper goes on until an offer is theirs. @returns the price of the last yes */
async function choose(market: Market, shipper: Msisdn, load: Load): Promise<string | null> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const agreed = await accept(market, shipper, load.code, async () => {
      // The first to be chosen asks for more, too late to be seen.
      if (tries === 0) await askMore(market, load)
    })
    if ((await booking(market, load.id)).state !== 'quoting') return agreed
  }
  return null
}

async function askMore(market: Market, { id, code }: Load): Promise<void> {
  const { given, bids } = await booking(market, id)
  const has = given.find(({ field }) => field === 'offer')?.value
  const chosen = bids?.offers.find(({ partner }) => partner === has)
  if (chosen) await market.say(chosen.phone, `BID ${code} ${chosen.amountMinor + 1_000}`)
}

/** One load, so many carriers at once, and a shipper who makes up their mind meanwhile. */
async function round(
  [market, ...others]: readonly [Market, ...Market[]],
  carriers: readonly Hauler[],
  end: End,
  seed: number,
): Promise<void> {
  const random = createRandom(seed)
  const shipper = somebody()
  await market.db('vehicle_days').delete()
  await market.db('outbox').delete()
  const load = await posted(market, shipper, end === 'waits sealed')
  let agreed: string | null = null
  const decide = async () => {
    await sleep(random.between(0, 3 * PAUSE_MS))
    if (end === 'accepts') agreed = await choose(market, shipper, load)
    else await market.say(shipper, `${end === 'cancels' ? 'CANCEL' : 'TRACK'} ${load.code}`)
  }
  const houses = [market, ...others]
  const heard = (n: number) => houses[n % houses.length] ?? market
  await Promise.all([...carriers.map((one, n) => offer(heard(n), one, load.code, random)), decide()])
  await market.settle()
  if (end === 'waits sealed') {
    await unseen(market, shipper)
    for (const { clock } of houses) clock.advance(DAY_MS / 2 + COARSE_MS)
    await market.drain.deadlines()
    await market.settle()
  }
  // In the crowd every choice may have been overtaken; now it is quiet.
  if ((await booking(market, load.id)).state === 'quoting') {
    agreed = await choose(market, shipper, load)
    await market.settle()
  }
  await Promise.all(carriers.slice(0, LATE).map((one) => market.say(one.phone, `BID ${load.code} 200000`)))
  if (end !== 'cancels') await paid(market, load.id, agreed)
  await answered(market, carriers, load.id)
  await once(market, load.id)
}

/** Nobody is told of a sealed offer, nor shown one. */
async function unseen(market: Market, shipper: Msisdn): Promise<void> {
  const told = await toldTo(market, shipper)
  assert.ok(told.some(({ key }) => key === 'sealed'))
  assert.ok(!told.some(({ key }) => key === 'offerMade' || key === 'offers'), 'a sealed offer was seen')
}

/** It is to be paid what was agreed to; the provider says that it was, more than once and all at once. */
async function paid(market: Market, id: string, agreed: string | null): Promise<void> {
  const { payment, quote, state } = await booking(market, id)
  assert.equal(state, 'unpaid')
  assert.equal(`RWF ${quote?.price.amountMinor.toLocaleString('en')}`, agreed, 'another price was agreed to')
  const event = { type: 'PAID', payment: payment ?? `py_${id.slice(3)}` }
  const tell = (_: unknown, n: number) => market.run.send({ flow: 'booking', id }, event, `paid:${id}:${n}`)
  await Promise.all(Array.from({ length: TOLD_PAID }, tell))
  await market.settle()
  assert.equal((await booking(market, id)).state, 'booked')
}

const REFUSED = new Set(['bidTooDear', 'loadGone'])
const OUT = new Set(['bidOutdone', 'bidLost', 'bidClosed', 'bidBack'])

/** Each has heard what became of each of their offers, and the board is what they heard. */
async function answered(market: Market, carriers: readonly Hauler[], id: string): Promise<void> {
  const { state, done, bids, given } = await booking(market, id)
  const has = given.find(({ field }) => field === 'offer')?.value
  const isOver = done || state === 'booked'
  const lost: string[] = []
  for (const { phone, partner } of carriers) {
    const told = await toldTo(market, phone)
    assert.ok(
      told.some(({ key }) => key === 'bidTaken' || REFUSED.has(key)),
      `${partner} heard no answer`,
    )
    const fate = told.findLast(({ key }) => key === 'bidTaken' || OUT.has(key))
    const isIn = fate?.key === 'bidTaken'
    const isThere = isOver ? partner === has : bids?.offers.some((one) => one.partner === partner)
    if (isIn !== (isThere ?? false) && !(isOver && partner === has)) lost.push(`${partner}: ${fate?.key}`)
  }
  assert.deepEqual(lost, [], 'offers are lost')
}

/** One carrier has it at most, with one vehicle, and its price waits once. */
async function once(market: Market, id: string): Promise<void> {
  const { db } = market
  const { state, paid: isPaid, given } = await booking(market, id)
  const picks = given.filter(({ field }) => field === 'offer')
  assert.ok(picks.length <= 1, 'two were accepted')
  const journeys = await db('vehicle_days').where({ load: id }).distinct('journey').pluck('journey')
  assert.ok(journeys.length <= 1, 'two vehicles are kept for it')
  const escrows = await db('instances').where({ flow: 'escrow', root: id })
  assert.equal(escrows.length, isPaid ? 1 : 0, `${escrows.length} escrows, ${state}`)
}

/** Rounds of so many carriers, the shipper ending each in another way; more processes than one hear them in turn. */
export async function storm(
  db: Db,
  carriers: readonly Hauler[],
  refit: Refit,
  rounds: number,
  processes = 1,
): Promise<void> {
  const market = openMarket(db, refit)
  const others = Array.from({ length: processes - 1 }, () => openMarket(db, refit))
  for (let n = 0; n < rounds; n += 1)
    await round([market, ...others], carriers, ENDS[n % ENDS.length] ?? 'accepts', n + 1)
}
