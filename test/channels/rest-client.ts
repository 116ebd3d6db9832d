import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { phone } from './hosting.ts'
import type { Stage } from './rest-stage.ts'

const json = z.record(z.string(), z.unknown())
export type Json = z.infer<typeof json>

export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The whole body. */
  readonly body: Json
  /** Its `data`, where that is an object. */
  readonly data: Json
}

export type Call = {
  readonly method?: string
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is when it is a text. */
  readonly body?: unknown
}

/** One request as any program would make it. */
export async function call(url: string, path: string, how: Call = {}): Promise<Reply> {
  const { token, body } = how
  const response = await fetch(url + path, {
    method: how.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...how.headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const parsed = json.safeParse(isJson ? JSON.parse(text) : {}).data ?? {}
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: parsed,
    data: json.safeParse(parsed.data).data ?? {},
  }
}

let people = 0
/** A number that nobody has used in this run. */
export const newPhone = (): Msisdn => phone(`+2507${String(30_000_000 + ++people).padStart(8, '0')}`)

const grant = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresInS: z.number() })

/** Logs in with the code that was sent. */
export async function logIn(stage: Stage, who: Msisdn): Promise<z.infer<typeof grant>> {
  const asked = await call(stage.url, '/v1/auth/otp', { body: { phone: who } })
  assert.equal(asked.status, 202, asked.text)
  const code = stage.sent.findLast((one) => one.phone === who)?.code
  const answer = await call(stage.url, '/v1/auth/verify', { body: { phone: who, code } })
  assert.equal(answer.status, 200, answer.text)
  return grant.parse(answer.data)
}

/** Somebody logged in, who calls. */
export type Caller = {
  readonly phone: Msisdn
  readonly token: string
  call(path: string, how?: Call): Promise<Reply>
  /** Posts and insists on success. */
  done(path: string, body?: unknown): Promise<Json>
}

export async function caller(stage: Stage, who: Msisdn = newPhone()): Promise<Caller> {
  const { accessToken: token } = await logIn(stage, who)
  const own = (path: string, how: Call = {}) => call(stage.url, path, { token, ...how })
  return {
    phone: who,
    token,
    call: own,
    async done(path, body = {}) {
      const reply = await own(path, { method: 'POST', body })
      assert.ok(reply.status < 300, `${path}: ${reply.text}`)
      return reply.data
    },
  }
}

const RIDE = { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } }

/** A ride, paid in cash and taken by a rider. @returns its id, its code, and who comes */
export async function booked(
  stage: Stage,
  by: Caller,
): Promise<{ readonly id: string; readonly code: string; readonly driver: Msisdn }> {
  const { id, code } = await by.done('/v1/bookings', RIDE)
  await by.done(`/v1/bookings/${id}/answer`, { value: 'yes' })
  await stage.settle()
  const offered = await stage.db('drivers').where({ status: 'offered' }).first('phone')
  const driver = phone(String(offered?.phone))
  await stage.say('sms', driver, `YES ${code}`)
  await stage.settle()
  await by.done(`/v1/bookings/${id}/answer`, { value: 'cash' })
  await stage.settle()
  return { id: String(id), code: String(code), driver }
}

/** The rider says what a rider says on the way, to the end. */
export async function carried(stage: Stage, by: Caller, ride: { id: string; code: string; driver: Msisdn }) {
  const { data } = await by.call(`/v1/bookings/${ride.id}`)
  for (const text of [`ARRIVED ${ride.code}`, `START ${ride.code} ${data.startCode}`, `DONE ${ride.code}`]) {
    await stage.say('sms', ride.driver, text)
    await stage.settle()
  }
}

const PENDING = 'test/snapshots/payment/3/pending.json'
const OWED = 'test/snapshots/invoice/1/due.json'
const snapshot = z.object({
  flow: z.enum(['payment', 'invoice']),
  version: z.int(),
  state: z.string(),
  context: z.record(z.string(), z.unknown()),
  done: z.boolean(),
})

/** Something of theirs, stored as a machine once left it. */
async function stored(
  { db, parts }: Stage,
  { phone: owner }: Caller,
  file: string,
  more: { readonly id: string; readonly booking: string },
): Promise<string> {
  const { context, ...saved } = snapshot.parse(JSON.parse(await readFile(file, 'utf8')))
  const code = parts.ids.digits(12)
  const row = { ...saved, id: more.id, code, owner, root: more.booking, seq: 1 }
  await db('instances').insert({ ...row, context: { ...context, ...more, code, owner } })
  return more.id
}

/** A payment of theirs that waits for its payer. @returns its id */
export const paying = (stage: Stage, by: Caller, booking: string): Promise<string> =>
  stored(stage, by, PENDING, { id: stage.parts.ids.next('py'), booking })

/** An invoice of theirs. @returns its id */
export const owing = (stage: Stage, by: Caller): Promise<string> =>
  stored(stage, by, OWED, { id: stage.parts.ids.next('iv'), booking: stage.parts.ids.next('bk') })
