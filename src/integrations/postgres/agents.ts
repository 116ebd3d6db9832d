import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import {
  type Agent,
  type AgentDesk,
  type AgentRequests,
  type Agents,
  ASKING,
} from '../../core/people/agents.ts'
import { createBatch } from './batch.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

/** Agents' questions inside a transaction. */
export type AgentTx = { readonly agentRequests: AgentRequests }

const agentRow = z
  .object({ id: z.string(), phone, name: z.string(), commission_bp: z.int() })
  .transform(({ commission_bp, ...row }): Agent => ({ ...row, commissionBp: commission_bp }))

/** Who books for others. */
export function createAgents(db: Db): Agents {
  const text = 'select id, phone, name, commission_bp from agents where active and phone = any($1)'
  const find = createBatch<Msisdn, Agent | null>({
    most: 100,
    inFlight: 2,
    keysOf: () => [],
    async run(people) {
      const rows = await prepared(db, 'agents', text, [people], (row) => agentRow.parse(row))
      const found = new Map(rows.map((agent) => [agent.phone, agent]))
      return people.map((person) => found.get(person) ?? null)
    },
  })
  return { find }
}

const listedRow = z.intersection(agentRow, z.object({ active: z.boolean() }))
const LISTED =
  'select id, phone, name, commission_bp, active from agents order by active desc, name, id limit $1'
const PUT = `insert into agents (phone, name, commission_bp) values ($1, $2, $3) on conflict (phone)
  do update set name = excluded.name, commission_bp = excluded.commission_bp, active = true`
const STOP = 'update agents set active = false where phone = $1 and active returning id'

export const createAgentDesk = (db: Db): AgentDesk => ({
  all: (limit) => prepared(db, 'agents_listed', LISTED, [limit], (row) => listedRow.parse(row)),
  async put({ phone: number, name, commissionBp }) {
    await prepared(db, 'agent_put', PUT, [number, name, commissionBp], (row) => row)
  },
  stop: async (number) => (await prepared(db, 'agent_stop', STOP, [number], (row) => row)).length > 0,
})

const standingRow = z.object({ asked: z.boolean(), spared: z.boolean(), flooding: z.boolean() })

const STANDING = `
select exists (select from agent_requests where booking = $1) as asked,
  exists (select from conversations where person = $3 and opted_out)
    or (select count(*) from agent_requests where customer = $3 and answer is null and at > $4) >= $5
    or (select count(*) from agent_requests where customer = $3 and agent = $2 and answer = 'no' and at > $6) >= $7
    as spared,
  (select count(*) from agent_requests where agent = $2 and answer is null and at > $4) >= $8 as flooding`

export function createAgentTx(trx: Db): AgentTx {
  const run = <T>(name: string, text: string, values: readonly unknown[], read: (row: unknown) => T) =>
    prepared(trx, name, text, values, read)
  const row = (it: unknown) => it
  return {
    agentRequests: {
      async ask({ booking, agent, customer, at }) {
        // Whoever counts waits for those who count the same; always the agent first, so that nobody waits in a ring.
        await run('agent_waits', 'select id from agents where id = $1 for update', [agent], row)
        await run('customer_waits', 'select pg_advisory_xact_lock(hashtextextended($1, 14))', [customer], row)
        const since = [at - ASKING.waitingMs, ASKING.perCustomer, at - ASKING.refusedMs, ASKING.refusals]
        const values = [booking, agent, customer, ...since, ASKING.perAgent]
        const [is] = await run('asked_before', STANDING, values, (it) => standingRow.parse(it))
        if (is?.asked) return 'asked'
        if (is?.spared) return 'spared'
        if (is?.flooding) return 'flooding'
        const text = 'insert into agent_requests (booking, agent, customer, at) values ($1, $2, $3, $4)'
        await run('agent_asks', text, [booking, agent, customer, at], row)
        return 'asked'
      },
      async answered(booking, isYes) {
        const text = 'update agent_requests set answer = $2 where booking = $1 and answer is null'
        await run('agent_answered', text, [booking, isYes ? 'yes' : 'no'], row)
      },
    },
  }
}
