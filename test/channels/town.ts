/** A stage with everybody on it: a customer with a ride, two partners with buses, and all others. */
import assert from 'node:assert/strict'
import { routesOf } from '../../src/channels/rest/index.ts'
import type { Route } from '../../src/channels/rest/route.ts'
import { lastWeek } from '../../src/core/base/calendar.ts'
import { carriers } from '../conversations/carriers.ts'
import type { Asker } from './ownership.ts'
import { booked, type Caller, call, caller, newPhone, owing, paying, type Reply } from './rest-client.ts'
import type { Stage } from './rest-stage.ts'

export const PARTNER = 'pt_rw_umusambi'
export const OTHER_PARTNER = 'pt_rw_isonga'
const ROUTE = 'rw-kigali-huye'
const DAY_MS = 24 * 3_600_000
const WEEK_MS = 7 * DAY_MS

export type Town = {
  readonly people: ReadonlyMap<Asker, Caller>
  readonly rideId: string
  readonly paymentId: string
  readonly invoiceId: string
  /** The partner's, and the owner's booking on it. */
  readonly departure: string
  readonly aboardId: string
  readonly vehicle: string
  readonly paper: string
  readonly member: string
  readonly leaver: string
  /** The owner's number. */
  readonly customer: string
  /** What nobody else may ever read. */
  readonly secrets: readonly string[]
  /** Asks as somebody does, of what is the owner's or the partner's. */
  ask(name: string, asker: Asker): Promise<{ readonly route: Route; readonly reply: Reply }>
}

/** Lets somebody into an office. @returns them, and as whom */
export async function membered(
  { db, parts }: Stage,
  who: Caller,
  partner: string,
  role: 'owner' | 'clerk',
): Promise<string> {
  const id = parts.ids.next('pm')
  await db('partner_members').insert({ id, partner, phone: who.phone, role, joined_at: Date.now() })
  return id
}

/** A bus of the partner's whose papers are in force for a year. @returns its id, and one of its papers' */
export async function fitBus(by: Caller, admin: Caller, plate: string) {
  const path = `/v1/partners/${PARTNER}/vehicles`
  const { id } = await by.done(path, { plate, kind: 'bus', seats: 29 })
  let paper = ''
  for (const kind of ['insurance', 'inspection']) {
    const expiresAt = Date.now() + 365 * DAY_MS
    const { papers } = await by.done(`${path}/${id}/papers`, { kind, number: `${kind} 1`, expiresAt })
    assert.ok(Array.isArray(papers))
    paper = papers.at(-1).id
    await admin.done(`${path}/${id}/papers/${paper}/review`, { state: 'verified' })
  }
  return { vehicle: String(id), paper }
}

/** What a partner earned last week, as the books have it. */
async function earned({ db }: Stage, partner: string, source: string, at: number): Promise<void> {
  const money = { amount_minor: 3_000, currency: 'RWF', at }
  await db('postings').insert({
    ...{ kind: 'earned', source, debit: 'unearned', credit: `partner:${partner}` },
    ...money,
  })
}

export async function populated(house: Stage): Promise<Town> {
  const { db } = house
  const callers = await Promise.all(Array.from({ length: 7 }, () => caller(house)))
  const [owner, other, partnerOwner, partnerClerk, otherPartner, admin, leaving] = callers
  assert.ok(owner && other && partnerOwner && partnerClerk && otherPartner && admin && leaving)
  const ride = await booked(house, owner)
  const idle = await db('drivers').where({ status: 'free' }).first('phone')
  const [driver, otherDriver] = [await caller(house, ride.driver), await caller(house, idle?.phone)]
  await db('admins').insert({ phone: admin.phone })
  const member = await membered(house, partnerOwner, PARTNER, 'owner')
  await membered(house, partnerClerk, PARTNER, 'clerk')
  const leaver = await membered(house, leaving, PARTNER, 'clerk')
  await membered(house, otherPartner, OTHER_PARTNER, 'owner')
  // Who is of another partner drives loads as well.
  await carriers(db, Date.now(), { Akagera: otherPartner.phone })

  const { vehicle, paper } = await fitBus(partnerOwner, admin, 'RAX 001 A')
  const next = await db('departures')
    .where({ route: ROUTE })
    .where('leaves_at', '>', Date.now() + DAY_MS)
  const departure = String(next[0]?.id)
  const given = { from: 'Kigali', to: 'Huye', departure, travellers: '1' }
  const { id: aboardId } = await owner.done('/v1/bookings', { line: 'bus', given })
  await owner.done(`/v1/bookings/${aboardId}/answer`, { value: 'yes' })
  await house.settle()

  const cargo = { what: 'cement', vehicle: '8 t', from: 'Kigali', to: 'Huye', when: 'tomorrow' }
  const { id: loadId, code: load } = await owner.done('/v1/bookings', { line: 'freight', given: cargo })
  await owner.done(`/v1/bookings/${loadId}/answer`, { value: 'yes' })
  await house.settle()

  const week = lastWeek(Date.now(), 'Africa/Kigali')
  await earned(house, PARTNER, 'bk_of_the_partner', week.from + 1)
  await earned(house, OTHER_PARTNER, 'bk_of_another', week.from + 2)
  const paymentId = await paying(house, owner, ride.id)
  const invoiceId = await owing(house, owner)

  const people = new Map<Asker, Caller>([
    ...([
      ['owner', owner],
      ['other', other],
      ['driver', driver],
      ['otherDriver', otherDriver],
    ] as const),
    ...([
      ['partnerOwner', partnerOwner],
      ['partnerClerk', partnerClerk],
    ] as const),
    ...([
      ['otherPartner', otherPartner],
      ['otherPartnerHere', otherPartner],
      ['admin', admin],
    ] as const),
  ])
  let asked = 0
  /** What goes with a post, fit to be done again and again. */
  const bodyOf = (name: string): object => {
    asked += 1
    const bodies: Readonly<Record<string, object>> = {
      answerBooking: { value: 'x' },
      rateBooking: { stars: 1 },
      counterBid: { carrier: 'pt_rw_akagera', amountMinor: 1_000 },
      createBooking: { line: 'ride' },
      moveDriver: { lat: -1.95, lng: 30.06 },
      sendCode: { phone: '+25' },
      logIn: { phone: '+250788999999', code: '000000' },
      refresh: { refreshToken: 'x' },
      makeBid: { amountMinor: 450_000 },
      setPrices: { faresMinor: [0, 1_300, 1_950, 2_450, 3_300 + 10 * asked] },
      addDeparture: {
        ...{ route: ROUTE, vehicle, conductor: '+250788210001' },
        leavesAt: Date.now() + (asked % 80) * DAY_MS + DAY_MS,
      },
      callOffDeparture: { why: 'the road is closed' },
      addVehicle: { plate: `RAX ${100 + asked} B`, kind: 'truck', capacityKg: 5_000 },
      submitPaper: { kind: 'insurance', number: String(asked), expiresAt: Date.now() + WEEK_MS },
      reviewPaper: { state: 'verified' },
      admitMember: { phone: newPhone(), role: 'clerk' },
    }
    return bodies[name] ?? {}
  }
  const idOf = (name: string, path: string, asker: Asker): string => {
    if (path.startsWith('/v1/payments')) return paymentId
    if (path.startsWith('/v1/invoices')) return invoiceId
    // Whose bus it goes by is nobody's leave to open it.
    if (path.startsWith('/v1/bookings')) return asker.startsWith('partner') ? String(aboardId) : ride.id
    if (name === 'setPrices') return ROUTE
    if (path.includes('/departures/')) return departure
    if (path.includes('/vehicles/')) return vehicle
    return name === 'dismissMember' ? leaver : member
  }
  return {
    ...{ people, rideId: ride.id, paymentId, invoiceId, departure, aboardId: String(aboardId) },
    ...{ vehicle, paper, member, leaver, customer: owner.phone },
    secrets: [
      ...[
        ride.id,
        paymentId,
        invoiceId,
        String(aboardId),
        String(loadId),
        departure,
        vehicle,
        paper,
        member,
        leaver,
      ],
      ...[ROUTE, 'bk_of_the_partner', owner.phone, partnerOwner.phone],
    ],
    async ask(name, asker) {
      const route = routesOf(house.parts).find((one) => one.name === name)
      assert.ok(route, name)
      const path = route.path
        .replace(':partner', asker === 'otherPartnerHere' ? OTHER_PARTNER : PARTNER)
        .replace(':code', String(load))
        .replace(':id', idOf(name, route.path, asker))
        .replace(':paper', paper)
        .replace(':week', week.name)
      const query = route.path.includes('/statements/') ? '?currency=RWF' : ''
      const reply = await call(house.url, path + query, {
        method: route.method.toUpperCase(),
        token: people.get(asker)?.token,
        ...(route.method === 'post' ? { body: bodyOf(name) } : {}),
      })
      return { route, reply }
    },
  }
}
