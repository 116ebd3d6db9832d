import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { parse } from 'node:querystring'
import { createRandom, type Random } from '../../simulators/random.ts'
import { readConfig } from '../../src/core/base/config.ts'
import type { Hook, HookRequest } from '../../src/core/base/hook.ts'
import { silent } from '../../src/core/base/log.ts'
import { createClaims } from '../../src/integrations/postgres/claims.ts'
import { createPayees, createSimChecks } from '../../src/integrations/postgres/clearance.ts'
import { createCreditBook } from '../../src/integrations/postgres/credit.ts'
import { createProviders } from '../../src/providers.ts'
import { unnumbering } from '../channels/hosting.ts'
import { migrated, openDesk } from '../core/desk.ts'
import { freshDatabase } from '../support/servers.ts'
import { sized } from '../support/size.ts'
import { type Listening, listener } from './listener.ts'
import { mutated, pick, sent } from './mutate.ts'
import { SAMPLES } from './samples.ts'
import { took } from './taking.ts'

const INPUTS = Number(process.env.FUZZ_INPUTS ?? sized(50_000, 250_000))
const SEED = 20_261_129
const WITHIN_MS = 900_000
/** After so many there is enough to mend. */
const ENOUGH = 10
const SHOWN_CHARACTERS = 400
const WORSE = 10
const APP_SECRET = 'dev-app-secret'

const clock = { now: () => 1_796_000_000_000 }

const HOUSE = 'http://127.0.0.1:1'
/** The demo, and the same with others to carry texts and calls. */
const HOUSES = [
  { SIM_SWAPS: 'africastalking' },
  { SMS_GATEWAY: 'twilio', VOICE_GATEWAY: 'twilio' },
  { SMS_GATEWAY: 'infobip' },
] as const

/** Every door that providers call. */
async function openDoors(listening: Listening) {
  const database = await freshDatabase(migrated)
  const { db } = openDesk(database.url)
  const own = {
    claims: createClaims(db, clock),
    credit: createCreditBook(db, clock),
    clearing: { checks: createSimChecks(db), payees: createPayees(db) },
    ...unnumbering,
  }
  const all = HOUSES.flatMap((settings) => {
    const config = readConfig({ NODE_ENV: 'development', DEMO: 'on', SIM_PORT: '1', ...settings })
    const { channels, payments, clearing } = createProviders(config, HOUSE, own, clock, silent)
    return [
      ...Object.values(channels).flatMap((channel) => channel.hooks(listening.doors)),
      ...payments.flatMap((provider) => provider.hooks(async () => {})),
      ...clearing.hooks,
    ]
  })
  return {
    hooks: [...new Map(all.map((hook) => [hook.path, hook])).values()],
    async close() {
      await db.destroy()
      await database.drop()
    },
  }
}

/** A request that is nearly one of those that the door knows. */
function requestTo({ path, methods }: Hook, random: Random): HookRequest {
  const own = SAMPLES.filter(([of]) => path.startsWith(of))
  const [, sample] = pick(random, own.length > 0 && random.between(0, 9) > 0 ? own : SAMPLES)
  const said = sent(sample, random)
  const body = Buffer.from(said)
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const isLet = random.between(0, 19) > 0
  const turn: Record<string, string> =
    random.between(0, 3) === 0 ? {} : { hop: String(random.between(0, 120)) }
  return {
    method: pick(random, methods),
    params: Object.fromEntries(names.map((name) => [name, isLet ? 'dev' : mutated('dev', random)])),
    query: { ...Object.fromEntries(new URLSearchParams(said.slice(0, 2_000))), ...turn },
    headers: {
      'x-twilio-signature': signed(path.replace(':secret', 'dev'), turn.hop, said),
      'x-hub-signature-256': `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`,
      'stripe-signature': mutated('t=1796000000,v1=00', random),
    },
    body,
  }
}

/** As Twilio signs what it posts to calls and texts of ours. */
function signed(path: string, hop: string | undefined, body: string): string {
  const turn = hop !== undefined && path.startsWith('/hooks/voice/') ? `?hop=${hop}` : ''
  const fields = Object.entries(parse(body)).sort(([one], [other]) => (one < other ? -1 : 1))
  const text = HOUSE + path + turn + fields.map(([name, value]) => name + [value].flat().join('')).join('')
  return createHmac('sha1', 'dev-twilio-token').update(text).digest('base64')
}

/** Tries so many inputs. @returns those that were not taken as they should be, as far as it had to look */
async function notTaken(hooks: readonly Hook[], inputs: number): Promise<string[]> {
  const random = createRandom(SEED)
  const broken: string[] = []
  for (let n = 0; n < inputs && broken.length < ENOUGH; n += 1) {
    const hook = pick(random, hooks)
    const request = requestTo(hook, random)
    const wrong = await took(async () => {
      const { status } = await hook.answer(request)
      return status >= 500 ? `answered ${status}` : null
    })
    if (wrong)
      broken.push(`${hook.path} ${wrong}: ${request.body.toString('utf8').slice(0, SHOWN_CHARACTERS)}`)
  }
  return broken
}

describe('doors', function () {
  this.timeout(WITHIN_MS)
  const listening = listener(createRandom(SEED))
  let doors: Awaited<ReturnType<typeof openDoors>>

  before(async () => {
    doors = await openDoors(listening)
  })
  after(() => doors.close())

  it(`take anything: ${INPUTS} inputs`, async () => {
    assert.deepEqual(await notTaken(doors.hooks, INPUTS), [])
    assert.ok(listening.heard > INPUTS / 10, `${listening.heard} came through`)
    console.log(`      ${listening.heard} of ${INPUTS} came through to be read`)
  })

  const planted: readonly (readonly [what: string, read: (body: string) => number])[] = [
    [
      'throws at what is no number',
      (body) => (BigInt(body.length > 3 ? body.slice(0, 3) : '0') > 0n ? 200 : 404),
    ],
    ['has no answer to a null character', (body) => (body.includes('\0') ? 500 : 200)],
    // What a door does that reads a long run again from each of its characters.
    [
      'looks at everything from everywhere',
      (body) => ([...body].filter((_, n) => body.includes('\u0001', n)).length > 0 ? 404 : 200),
    ],
  ]
  for (const [what, read] of planted)
    it(`are found out when one ${what}`, async () => {
      const hook: Hook = {
        methods: ['POST'],
        path: '/hooks/sms/planted',
        answer: async ({ body }) => ({
          status: read(body.toString('utf8').repeat(WORSE)),
          type: 'text/plain',
          body: '',
        }),
      }
      assert.notDeepEqual(await notTaken([hook], 20_000), [])
    })
})
