import { type Answer, json, type Route, route } from './http.ts'
import { createLedger } from './ledger.ts'
import type { Rules } from './scenario.ts'
import { controls, createMischief, type World } from './simulator.ts'

const NOTICE = 'simulated, not an official interface'
const VALID_LICENCES = 20
const YEAR_MS = 365 * 86_400_000

const STATUSES = ['valid', 'expired', 'suspended', 'unknown'] as const
type Status = (typeof STATUSES)[number]

interface Lookup {
  no: string
  status: Status
  at: number
}

/** Outcomes: the four statuses, and `unavailable` (503). The subject of a scenario is `no`, a licence number or `*`. */
const RULES: Rules = {
  subject: 'no',
  operations: { licence: 'request' },
  outcomes: { licence: [...STATUSES, 'unavailable'] },
}

/**
 * A licence register such as the regulator (RURA) might offer. RURA publishes no such interface: this one is invented,
 * and every answer says so. `GET /rura/licences/{no}` → `{no, status, holder, expiresOn, simulated: true, notice}`;
 * RURA-M-0001 to RURA-M-0020 are valid, so are those of cars, RURA-C-0001 and on, and so are the demo's of Lagos, LAG-D-0001 and on.
 */
export function rura(world: World): Route[] {
  const ledger = createLedger<Lookup>('rura', world.events, () => null)
  const { faults, guard } = createMischief(world.clock, RULES)

  function look(no: string): Answer {
    const outcome = faults.plan('licence', no)?.outcome
    if (outcome === 'unavailable') return answer(503, { error: 'the register is not available' })
    const status = STATUSES.find((known) => known === outcome) ?? registered(no)
    ledger.add({ no, status, at: world.clock.now() })
    if (status === 'unknown') return answer(200, { no, status, holder: null, expiresOn: null })
    const expiresAt = world.clock.now() + (status === 'expired' ? -YEAR_MS : YEAR_MS)
    const expiresOn = new Date(expiresAt).toISOString().slice(0, 10)
    return answer(200, { no, status, holder: `Holder of ${no}`, expiresOn })
  }

  return [
    ...controls('rura', ledger, faults),
    route('GET', '/rura/licences/:no', (call) => {
      const no = call.params.no ?? ''
      return guard('licence', no, () => look(no))
    }),
  ]
}

const answer = (status: number, body: object) => json(status, { ...body, simulated: true, notice: NOTICE })

function registered(no: string): Status {
  const serial = Number(/^(?:RURA-[MC]|LAG-D)-(\d{4})$/.exec(no)?.[1] ?? 0)
  return serial >= 1 && serial <= VALID_LICENCES ? 'valid' : 'unknown'
}
