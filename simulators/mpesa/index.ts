import { json, jsonBody, phoneOf, type Route, route, text } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { oneOf, read, string } from '../read.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { createAccess } from './access.ts'
import { ANSWERS, createGuard } from './answers.ts'
import { certificate } from './certificate.ts'
import { gift } from './gift.ts'
import { createMovements, type Movement } from './movements.ts'
import { GIFTS, PUSHES } from './outcomes.ts'
import { push } from './push.ts'
import { statement } from './statement.ts'

/**
 * Operations: `token`, `push`, `query`, `b2c`, `reversal`, `callback` (of all three). Outcomes of a push: approve,
 * silent (paid, no callback), late (under way for `lateMs`, 6 min), processing (questions meanwhile are answered
 * with 4999), ongoing (under way for ever), insufficient, limit, busy, locked, lapse, unsent, decline, expire,
 * wrong_pin, broken, strange (a code nobody knows). Of `b2c` and `reversal`: approve, silent, late, early (told
 * before it is answered), ongoing, refuse, queued (sent back), insufficient, initiator. They come after 1 to 2 s.
 * Of every request: truncated (done, its answer cut in half), tooMany (429), expired (every token is gone).
 */
const RULES: Rules = {
  subject: 'msisdn',
  operations: {
    token: 'request',
    push: 'request',
    query: 'request',
    b2c: 'request',
    reversal: 'request',
    callback: 'callback',
  },
  outcomes: {
    push: [...Object.keys(PUSHES), ...ANSWERS],
    b2c: [...Object.keys(GIFTS), ...ANSWERS],
    reversal: [...Object.keys(GIFTS), ...ANSWERS],
    query: ANSWERS,
    token: ANSWERS,
  },
  options: ['lateMs'],
}

/**
 * Safaricom M-Pesa with `<simulators>/mpesa` as Daraja's base URL; `GET /mpesa/_certificate` is what to encrypt an
 * operator's password for. The payer's handset (JSON): `GET /mpesa/_handset/prompts?phone=` (asking holds the phone
 * for 5 s: a held payer is waited for up to a minute, any other approves after 1 to 2 s) and
 * `POST /mpesa/_handset/decide {id, decision: 'approve'|'decline'|'wrong_pin'}`.
 */
export function mpesa(world: World): Route[] {
  const ledger = createLedger<Movement>('mpesa', world.events, ({ msisdn }) => `+${msisdn}`)
  const access = createAccess(world.clock)
  const plain = createMischief(world.clock, RULES)
  const mischief = { ...plain, guard: createGuard(plain, access) }
  const movements = createMovements(world, ledger, mischief)

  return [
    ...controls('mpesa', ledger, mischief.faults),
    route('GET', '/mpesa/oauth/v1/generate', (call) =>
      mischief.guard('token', '*', () => access.issueToken(call)),
    ),
    ...push(world, access, movements, mischief),
    ...gift(world, access, ledger, movements, mischief),
    ...statement(world.clock, ledger),
    route('GET', '/mpesa/_certificate', () => text(200, certificate())),
    route('GET', '/mpesa/_handset/prompts', (call) => {
      const phone = phoneOf(call)
      world.holds.touch(phone)
      return json(200, movements.prompts(phone))
    }),
    route('POST', '/mpesa/_handset/decide', async (call) => {
      const decision = oneOf(['approve', 'decline', 'wrong_pin'])
      const word = read(jsonBody(call), { id: string(), decision })
      return json(200, await movements.decide(word.id, word.decision))
    }),
  ]
}
