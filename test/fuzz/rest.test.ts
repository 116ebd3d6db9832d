import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { z } from 'zod'
import { createRandom, type Random } from '../../simulators/random.ts'
import { routesOf } from '../../src/channels/rest/index.ts'
import type { Route } from '../../src/channels/rest/route.ts'
import { Problem } from '../../src/core/base/problem.ts'
import { type Caller, caller } from '../channels/rest-client.ts'
import { type Stage, stage } from '../channels/rest-stage.ts'
import { membered, PARTNER } from '../channels/town.ts'
import { sized } from '../support/size.ts'
import { fitting, NAMES } from './fitting.ts'
import { mutated, pick } from './mutate.ts'
import { took } from './taking.ts'

const READ = Number(process.env.FUZZ_INPUTS ?? sized(20_000, 100_000, 50_000))
const SENT = Number(process.env.FUZZ_REQUESTS ?? sized(1_000, 6_000))
const SEED = 20_261_130
const WITHIN_MS = 600_000
const AT_ONCE = 8
const ENOUGH = 10
const MOST_CHARACTERS = 6_000
const UNCOUNTED = { name: 'fuzz', points: 10_000_000, perSeconds: 60 }

type Json = Readonly<Record<string, unknown>>
/** A request before it is written: what each part of it is. */
type Made = {
  readonly params: Readonly<Record<string, string>>
  readonly query: Json
  readonly body: unknown
}

const schemaOf = (schema: unknown): Json =>
  schema instanceof z.ZodType ? z.toJSONSchema(schema, { io: 'input' }) : {}
const asRecord = z.record(z.string(), z.unknown()).catch({})
const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** A request as its route describes it, or nearly. */
function madeFor({ takes, path }: Route, random: Random, known = NAMES): Made {
  const { params, query, body } = takes.shape
  const given = asRecord.parse(fitting(schemaOf(params), random, known))
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  return {
    params: Object.fromEntries(names.map((name) => [name, asText(given[name] ?? 'in_1')])),
    query: asRecord.parse(fitting(schemaOf(query), random, known)),
    body: fitting(schemaOf(body), random, known),
  }
}

/** What cannot stand in an address is escaped; what may break whoever reads it is left. */
const inAddress = (text: string): string =>
  text.replace(/[^\x21-\x7e]|[?#/\\]/gu, (sign) => {
    const bytes = Buffer.from(sign.toWellFormed())
    return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  })

type Heard = { readonly status: number; readonly type: string; readonly body: string }

function asked(url: string, method: string, headers: Readonly<Record<string, string>>, body: string | null) {
  return new Promise<Heard>((resolve, reject) => {
    const call = httpRequest(url, { method: method.toUpperCase(), headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    call.on('error', reject)
    call.end(body ?? undefined)
  })
}

/** Who sends, and the names of what is theirs. */
type Somebody = { readonly by: Caller; readonly known: readonly string[] }

/** Sends it as a program would that may be broken anywhere. @returns what was wrong with the answer, or null */
async function wrongWith(
  house: Stage,
  { by, known }: Somebody,
  route: Route,
  random: Random,
): Promise<string | null> {
  const { params, query, body } = madeFor(route, random, known)
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => inAddress(params[name] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, asText(value).toWellFormed()]),
  )
  const said = route.takes.shape.body ? JSON.stringify(body ?? null) : null
  const text = said !== null && random.between(0, 3) === 0 ? mutated(said, random) : said
  const headers = {
    ...(route.who === 'anyone' ? {} : { authorization: `Bearer ${by.token}` }),
    ...(text !== null && {
      'content-type': pick(random, ['application/json', 'application/json', 'text/plain']),
    }),
    ...(route.keyed && random.between(0, 1) === 1 && { 'idempotency-key': `k${random.between(0, 50)}` }),
  }
  // Longer heads are refused before anybody reads them.
  const url = `${house.url}${path}?${search}`.slice(0, MOST_CHARACTERS)
  const { status, type, body: answer } = await asked(url, route.method, headers, text)
  const isJson = /json/.test(type) && z.json().safeParse(JSON.parse(answer)).success
  if (status < 500 && (isJson || route.file)) return null
  return `${route.method} ${url} ${text} was answered ${status} ${type} ${answer.slice(0, 200)}`
}

/** Sends so many. @returns those that were not answered as they should be, as far as it had to look */
async function notAnswered(house: Stage, who: Somebody, requests: number): Promise<string[]> {
  const random = createRandom(SEED)
  const routes = routesOf(house.parts)
  const broken: string[] = []
  for (let n = 0; n < requests && broken.length < ENOUGH; n += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, () => wrongWith(house, who, pick(random, routes), random))
    broken.push(...(await Promise.all(some)).filter((wrong) => wrong !== null))
  }
  return broken
}

describe('the doors of programs', function () {
  this.timeout(WITHIN_MS)
  let house: Stage
  let by: Caller
  before(async () => {
    house = await stage({ rates: { all: UNCOUNTED, auth: UNCOUNTED, book: UNCOUNTED, office: UNCOUNTED } })
    by = await caller(house)
  })
  after(() => house.stop())

  it(`read anything: ${READ} requests`, async () => {
    const random = createRandom(SEED)
    const routes = routesOf(house.parts)
    const [broken, let_]: [string[], Set<string>] = [[], new Set()]
    for (let n = 0; n < READ && broken.length < ENOUGH; n += 1) {
      const route = pick(random, routes)
      const input = madeFor(route, random)
      const person = route.who === 'anyone' ? null : { phone: by.phone, session: 's', expiresAt: 0 }
      const wrong = await took(() => {
        try {
          route.read({ input, person, ip: '127.0.0.1' })
          let_.add(route.name)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
        }
        return null
      })
      if (wrong) broken.push(`${route.name} ${wrong}: ${JSON.stringify(input).slice(0, 400)}`)
    }
    assert.deepEqual(broken, [])
    // What is refused at once tries nothing: each route has been let through to its handler.
    assert.deepEqual(
      routes.map(({ name }) => name).filter((name) => !let_.has(name)),
      [],
    )
  })

  /** Somebody with a booking, and an office to run. */
  async function owner(): Promise<Somebody> {
    const { id } = await by.done('/v1/bookings', { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } })
    const member = await membered(house, by, PARTNER, 'owner')
    const theirs = [String(id), member, PARTNER, 'rw-kigali-huye']
    return { by, known: [...NAMES, ...theirs, ...theirs] }
  }

  it(`answer anything: ${SENT} requests`, async () => {
    assert.deepEqual(await notAnswered(house, await owner(), SENT), [])
    assert.deepEqual(
      house.logged.filter((line) => line.includes('"level":"error"')),
      [],
    )
    assert.equal((await by.call('/v1/bookings')).status, 200)
  })

  it('are found out when one trips over a word', async () => {
    const tripping = await stage({
      rates: { all: UNCOUNTED },
      change: (parts) => ({
        ...parts,
        places: {
          ...parts.places,
          find: (query, limit, kind) => {
            if (/[^\p{L}\d ]/u.test(query)) throw new TypeError('planted')
            return parts.places.find(query, limit, kind)
          },
        },
      }),
    })
    try {
      const who = { by: await caller(tripping), known: NAMES }
      assert.notDeepEqual(await notAnswered(tripping, who, 4_000), [])
    } finally {
      await tripping.stop()
    }
  })
})
