/** People with something of everything on a real house, and whoever has their number after them. */
import assert from 'node:assert/strict'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { nameRows } from '../../src/integrations/postgres/place-names.ts'
import { type Call, type Caller, call, caller, logIn } from '../channels/rest-client.ts'
import type { Stage } from '../channels/rest-stage.ts'

/** Places that only they ever named: whatever shows one of them shows what is theirs. */
const PLACES = [
  { id: 'vetus-hill', name: 'Vetus Hill', stage: 9_001 },
  { id: 'vetus-gate', name: 'Vetus Gate', stage: 9_002 },
] as const
const SECRET = /vetus/i
const PARTNER = 'pt_rw_umusambi'

export const CHANNELS = ['ussd', 'sms', 'whatsapp', 'voice', 'rest'] as const
export type Medium = (typeof CHANNELS)[number]

/** Somebody as they were, with an open question about a booking. */
export type Old = {
  readonly phone: Msisdn
  readonly booking: string
  readonly code: string
  readonly refreshToken: string
  readonly token: string
}

export async function openPlaces({ db }: Stage): Promise<void> {
  const near = await db('places').where({ name: 'Remera' }).first()
  for (const { id, name, stage } of PLACES) {
    const at = db.raw('point(?, ?)', [near.at.x, near.at.y + (stage - PLACES[0].stage) / 50])
    await db('places').insert({ ...near, id, name, stage, rank: 1_000_000, at })
    await db('place_names').insert(nameRows(id, [name.toLowerCase()]))
  }
}

/** Lets somebody do, have and be everything. @param n of them; tells what they also are */
export async function lived(stage: Stage, phone: Msisdn, n: number): Promise<Old> {
  const { db, parts } = stage
  const { accessToken: token, refreshToken } = await logIn(stage, phone)
  const journey = [
    { field: 'from', value: 'vetus-hill', label: 'Vetus Hill' },
    { field: 'to', value: 'vetus-gate', label: 'Vetus Gate' },
  ]
  const at = parts.clock.now()
  const said = { person: phone, line: 'ride', count: 3, journeys: JSON.stringify([journey]), last_at: at }
  await db('habits').insert(said)
  await db('own_places').insert({ person: phone, name: 'home', place: 'vetus-hill' })
  await db('traveller_stars').insert({ person: phone, stars_sum: 1, stars_count: 1 })
  await db('credit_accounts').insert({
    ...{ id: `ca_${phone}`, phone, currency: 'RWF', limit_minor: 100_000, terms_days: 14, opened_at: at },
  })
  if (n % 3 === 0) await db('agents').insert({ phone, name: `Agent ${n}`, commission_bp: 100 })
  if (n % 3 === 1)
    await db('partner_members').insert({
      id: `pm_${phone}`,
      partner: PARTNER,
      phone,
      role: 'owner',
      joined_at: at,
    })
  if (n % 3 === 2) {
    const { id: _, ...driver } = await db('drivers').first()
    const own = { phone, licence: phone, status: 'off', journey: null, at: db.raw('point(30, -1)') }
    await db('drivers').insert({ ...driver, ...own })
  }
  const body = { line: 'ride', given: { from: 'Vetus Hill', to: 'Vetus Gate' } }
  const made = await call(stage.url, '/v1/bookings', { token, body })
  assert.equal(made.status, 201, made.text)
  assert.match(made.text, SECRET)
  return { phone, token, refreshToken, booking: String(made.data.id), code: String(made.data.code) }
}

/** What whoever has the number now is shown of the one before, and what they may do as them. */
export async function leaks(stage: Stage, old: Old, medium: Medium): Promise<readonly string[]> {
  const shown = medium === 'rest' ? await program(stage, old) : await talk(stage, old, medium)
  const found = shown.filter((text) => SECRET.test(text)).map((text) => `${medium}: ${text}`)
  return [...found, ...(await standings(stage, old))]
}

const TEXTS = ['Hello', 'AGAIN', 'RIDE home to Remera', 'CANCEL', 'TRACK'] as const
const NAMED = ['TRACK', 'YES', 'RATE 5', 'CANCEL'] as const
const KEYS = ['', '1', '1*1', '1*1*1'] as const

async function talk(
  { say, ring, db }: Stage,
  { phone, code }: Old,
  medium: Exclude<Medium, 'rest'>,
): Promise<string[]> {
  if (medium === 'ussd') {
    const screens: string[] = []
    for (const keys of KEYS) screens.push(await say(medium, phone, keys, `session of ${phone}`))
    return screens
  }
  const session = `call of ${phone}`
  if (medium === 'voice') await ring(phone, session)
  const texts = medium === 'voice' ? ['1', '1', '1'] : [...TEXTS, ...NAMED.map((word) => `${word} ${code}`)]
  for (const text of texts) await say(medium, phone, text, session)
  const rows = await db('outbox')
    .where({ type: 'speak' })
    .whereRaw(`params->>'to' = ?`, [phone])
    .select('params')
  return rows.map(({ params }) => JSON.stringify(params))
}

async function program(stage: Stage, { phone, booking }: Old): Promise<string[]> {
  const who = await caller(stage, phone)
  const asked: readonly (readonly [path: string, how?: Call])[] = [
    ['/v1/bookings'],
    [`/v1/bookings/${booking}`],
    [`/v1/bookings/${booking}/cancel`, { body: {} }],
    ['/v1/invoices'],
  ]
  const replies: string[] = []
  for (const [path, how] of asked) replies.push((await who.call(path, how)).text)
  return replies
}

/** What they are taken for. */
async function standings(stage: Stage, { phone, refreshToken }: Old): Promise<readonly string[]> {
  const refreshed = await call(stage.url, '/v1/auth/refresh', { body: { refreshToken } })
  const who = await caller(stage, phone)
  const wrong: string[] = []
  const expects = (what: string, is: boolean) => void (is || wrong.push(what))
  expects('their app is still logged in', refreshed.status === 401)
  expects('they are in an office', (await list(who, '/v1/partners')).length === 0)
  expects(
    'they drive',
    (await who.call('/v1/drivers/me/position', { body: { lat: -1.9, lng: 30 } })).status === 403,
  )
  const order = { line: 'ride', for: '+250788999999' }
  expects('they are an agent', (await who.call('/v1/bookings', { body: order })).status === 403)
  const owed = await stage.db('credit_accounts').where({ phone }).first()
  expects('they may buy on credit', owed === undefined)
  expects(
    'they have stars',
    (await stage.db('traveller_stars').where({ person: phone }).first()) === undefined,
  )
  return wrong.map((text) => `${phone}: ${text}`)
}

async function list(who: Caller, path: string): Promise<readonly unknown[]> {
  const { data } = (await who.call(path)).body
  return Array.isArray(data) ? data : []
}
