import { restCodec } from '../../src/channels/rest/codec.ts'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { LIMITS } from '../../src/core/base/limits.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { Problem } from '../../src/core/base/problem.ts'
import type { Flows } from '../../src/core/run/draft.ts'
import { Drain } from '../../src/core/run/drain.ts'
import type { Handlers } from '../../src/core/run/handler.ts'
import { Run } from '../../src/core/run/run.ts'
import { createTurns } from '../../src/core/run/turns.ts'
import { Gateway } from '../../src/core/talk/gateway.ts'
import { Messenger } from '../../src/core/talk/messenger.ts'
import { createHandlers } from '../../src/flows/handlers.ts'
import { flows as realFlows } from '../../src/flows/index.ts'
import { createScript } from '../../src/flows/menu.ts'
import { createHouse } from '../../src/house.ts'
import { createAgents } from '../../src/integrations/postgres/agents.ts'
import { createCodes } from '../../src/integrations/postgres/codes.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createDrivers } from '../../src/integrations/postgres/field.ts'
import { createLoads } from '../../src/integrations/postgres/loads.ts'
import { createMessages } from '../../src/integrations/postgres/messages.ts'
import { createNouns } from '../../src/integrations/postgres/nouns.ts'
import { createStore, type Tx } from '../../src/integrations/postgres/store.ts'
import { movableClock } from '../support/clock.ts'
import { ids, somebody } from './desk.ts'

/** How often a provider brings what was not heard. */
const MOST_BROUGHT = 20
const YEAR_MS = 365 * 24 * 3_600_000

/** What a market is made of that a wrong one has otherwise. */
export type Refit = {
  readonly flows?: Flows
  readonly handlers?: (real: Handlers<Tx>) => Handlers<Tx>
  readonly engine?: typeof Run<Tx>
}

export type Hauler = { readonly phone: Msisdn; readonly partner: string }
export type Market = ReturnType<typeof openMarket>

/** Carriers at home in Kigali, each with a truck and papers in order. */
export async function haulers(db: Db, count: number): Promise<Hauler[]> {
  const now = Date.now()
  const paper = { number: '1', expires_at: now + YEAR_MS, state: 'verified' }
  const all = Array.from({ length: count }, (_, n) => ({ phone: somebody(), partner: `pt_haul_${n}` }))
  const of = (row: (one: Hauler, n: number) => object) => all.map(row)
  const add = (table: string, rows: readonly object[]) => db(table).insert(rows)
  await add(
    'partners',
    of(({ partner }, n) => ({ id: partner, name: `Haulage ${n}`, kind: 'carrier' })),
  )
  await add(
    'partner_members',
    of(({ partner, phone }) => ({ id: `pm_${partner}`, partner, phone, role: 'owner', joined_at: now })),
  )
  await add(
    'partner_papers',
    of(({ partner }) => ({ id: `pp_${partner}`, partner, kind: 'identity', ...paper })),
  )
  await add(
    'carriers',
    of(({ partner }) => ({ partner, home: 'rw-kigali' })),
  )
  const truck = (partner: string) => `ve_${partner}`
  await add(
    'vehicles',
    of(({ partner }, n) => {
      return { id: truck(partner), partner, plate: `RH ${n}`, kind: 'truck', capacity_kg: 10_000 }
    }),
  )
  for (const kind of ['insurance', 'inspection'])
    await add(
      'vehicle_papers',
      of(({ partner }) => ({ id: `vp_${partner}_${kind}`, vehicle: truck(partner), kind, ...paper })),
    )
  return all
}

/** The house as people meet it by text: what is decided is carried out when told, and nothing is sent. */
export function openMarket(db: Db, { flows = realFlows, handlers = (real) => real, engine = Run }: Refit) {
  const clock = movableClock()
  const store = createStore(db, flows)
  const nouns = createNouns(db)
  const script = createScript('*384*77#', 'en')
  const [drivers, agents, loads] = [createDrivers(db), createAgents(db), createLoads(db)]
  const house = createHouse({ ...nouns, store, drivers, agents, loads, code: createCodes(db) })
  const world = { ...nouns, providers: [], refundLimitMinor: 100_000, zone: 'Africa/Kigali', clock, ids }
  const voices = { messenger: () => messenger, callBack: async () => {} }
  const run = new engine({
    ...{ store, flows, clock, ids, log: silent, onCommitted: () => {} },
    handlers: handlers(createHandlers(world, voices)),
  })
  const messenger = new Messenger({
    ...{ run, channels: {}, script, messages: createMessages(db), guards: [], clock, log: silent },
  })
  const push = { codec: smsCodec, answers: 'push' } as const
  const inline = { codec: restCodec, answers: 'inline' } as const
  const gateway = new Gateway({
    ...{ run, flows, script, house, ids, clock, log: silent, onHop: () => {} },
    codecs: { ussd: push, rest: inline, sms: push, whatsapp: push, voice: push },
    turns: createTurns(LIMITS.turnWaitMs),
  })
  const drain = new Drain(run)
  return {
    ...{ db, clock, run, drain },
    /** Says it by text; its provider brings it again while we are still at it. */
    async say(person: Msisdn, text: string): Promise<void> {
      const messageId = ids.next('in')
      for (let tries = 0; tries < MOST_BROUGHT; tries += 1) {
        const at = clock.now()
        const input = { kind: 'text', text } as const
        const done = await gateway
          .receive({ channel: 'sms', person, session: person, messageId, input, at })
          .catch((error: unknown) => {
            if (error instanceof Problem && error.code === 'unavailable') return null
            throw error
          })
        if (done !== null) return
      }
      throw new Error(`not heard: ${text}`)
    },
    async settle(): Promise<void> {
      for (let taken = -1; taken !== 0; )
        taken = (await drain.drain({ lane: 'payment' })) + (await drain.drain({ lane: 'booking' }))
    },
  }
}
