import { type Call, json, jsonBody, phoneOf, type Route, route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { boolean, oneOf, read, string } from '../read.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { createAccess } from './access.ts'
import { createCallbacks } from './callbacks.ts'
import { collection } from './collection.ts'
import { disbursement } from './disbursement.ts'
import { createMovements, type Movement } from './movements.ts'
import { attend, type Office, TROUBLES } from './office.ts'
import { COLLECTIONS, DISBURSEMENTS, REFUNDS } from './outcomes.ts'
import { createSigning } from './signing.ts'
import { statement } from './statement.ts'

/**
 * Operations: `collect`, `enquiry` (also of full refunds), `refund`, `disburse`, `disburseEnquiry`, `token`, `key`,
 * `callback`. Outcomes are in `outcomes.ts`; `not_found` refuses a collection at once. Any request also has the
 * outcomes `truncated` (its answer is cut off), `limited` (429) and `token_expired` (all of them, now).
 */
const RULES: Rules = {
  subject: 'msisdn',
  operations: {
    collect: 'request',
    enquiry: 'request',
    refund: 'request',
    disburse: 'request',
    disburseEnquiry: 'request',
    token: 'request',
    key: 'request',
    callback: 'callback',
  },
  outcomes: {
    collect: [...Object.keys(COLLECTIONS), 'not_found', ...TROUBLES],
    enquiry: TROUBLES,
    refund: [...Object.keys(REFUNDS), ...TROUBLES],
    disburse: [...Object.keys(DISBURSEMENTS), ...TROUBLES],
    disburseEnquiry: TROUBLES,
    token: TROUBLES,
    key: TROUBLES,
  },
}

/**
 * Airtel Money with `<simulators>/airtel` as its base URL, country RW; its client, PIN and keys are in `keys.ts`. Signed
 * messages are checked, and demanded after `POST /airtel/_signing {required: true}`. The payer's handset (JSON):
 * `GET /airtel/_handset/prompts?phone=` (asking holds the phone for 5 s: a held payer is waited for up to 3 minutes,
 * any other approves after 1 to 2 s) and `POST /airtel/_handset/decide {reference, decision: 'approve'|'decline'}`.
 */
export function airtel(world: World): Route[] {
  const ledger = createLedger<Movement>('airtel', world.events, ({ msisdn }) => `+${msisdn}`)
  const mischief = createMischief(world.clock, RULES)
  const access = createAccess(world.clock)
  const signing = createSigning(world.clock)
  const movements = createMovements(world, ledger, createCallbacks(world, mischief))
  const office: Office = { world, access, signing, ledger, movements, mischief }
  const key = (call: Call) => access.refuse(call) ?? attend(office, 'key', '*', () => signing.key())

  return [
    ...controls('airtel', ledger, mischief.faults),
    route('POST', '/airtel/auth/oauth2/token', (call) =>
      attend(office, 'token', '*', () => access.issueToken(call)),
    ),
    route('GET', '/airtel/v1/rsa/encryption-keys', key),
    ...collection(office),
    ...disbursement(office),
    ...statement(world.clock, ledger),
    route('POST', '/airtel/_signing', (call) => {
      const { required } = read(jsonBody(call), { required: boolean })
      signing.demand(required)
      return json(200, { required })
    }),
    route('GET', '/airtel/_handset/prompts', (call) => {
      const phone = phoneOf(call)
      world.holds.touch(phone)
      return json(200, movements.prompts(phone))
    }),
    route('POST', '/airtel/_handset/decide', async (call) => {
      const word = read(jsonBody(call), { reference: string(), decision: oneOf(['approve', 'decline']) })
      return json(200, await movements.decide(word.reference, word.decision))
    }),
  ]
}
