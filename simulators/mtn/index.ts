import { json, jsonBody, phoneOf, type Route, route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { oneOf, read, string, whole } from '../read.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { createAccess, type Product } from './access.ts'
import { accounts } from './accounts.ts'
import { collection } from './collection.ts'
import { disbursement } from './disbursement.ts'
import { createFloat } from './float.ts'
import { createLimit, type Office } from './office.ts'
import { ENDINGS, TRANSFER_ENDINGS } from './outcomes.ts'
import { createPayments, type Payment } from './payments.ts'
import { statement } from './statement.ts'

const FLOAT_LIMIT = 1_000_000_000_000

/**
 * Operations: `token`, `collect`, `status`, `holder` (is a wallet active), `balance`, `refund`, `refundStatus`,
 * `transfer`, `transferStatus`, `callback`. Outcomes, for `collect` unless `on` says `refund` or `transfer`:
 * approve, silent (approved, no callback), late (PENDING for `lateMs`, 6 min, then SUCCESSFUL), mismatch (one unit
 * less than asked), ongoing (PENDING for ever), decline, expire, insufficient, not_found, limit, cancelled,
 * not_performed, internal; for transfers also not_allowed. Without `delayMs` they come after 1 to 2 s. A refund or
 * transfer the float does not cover when it would settle fails with NOT_ENOUGH_FUNDS.
 */
const RULES: Rules = {
  subject: 'msisdn',
  operations: {
    token: 'request',
    collect: 'request',
    status: 'request',
    holder: 'request',
    refund: 'request',
    refundStatus: 'request',
    transfer: 'request',
    transferStatus: 'request',
    balance: 'request',
    callback: 'callback',
  },
  outcomes: {
    collect: Object.keys(ENDINGS),
    refund: Object.keys(ENDINGS),
    transfer: Object.keys(TRANSFER_ENDINGS),
  },
  options: ['lateMs', 'reasonAs', 'callbackMethod'],
}

/**
 * MTN MoMo Open API with `<simulators>/mtn` as its base URL, and the payer's handset (JSON):
 * `GET /mtn/_handset/prompts?phone=` (asking holds the phone for 5 s: a held payer is waited for up to 5 minutes, any
 * other approves after 1 to 2 s) and `POST /mtn/_handset/decide {reference, decision:
 * 'approve'|'decline'|'late'}` (late: approved, six minutes after the request).
 * `POST /mtn/_float {amount}` sets what the disbursement account holds, in whole units.
 */
export function mtn(world: World): Route[] {
  const ledger = createLedger<Payment>('mtn', world.events, ({ msisdn }) => `+${msisdn}`)
  const mischief = createMischief(world.clock, RULES)
  const access = createAccess(world.clock)
  const float = createFloat()
  const payments = createPayments(world, ledger, mischief, float)
  const office: Office = { world, access, ledger, payments, mischief, float, statusFull: createLimit(world) }
  const token = (product: Product) =>
    route('POST', `/mtn/${product}/token`, (call) =>
      mischief.guard('token', '*', () => access.issueToken(product, call)),
    )

  return [
    ...controls('mtn', ledger, mischief.faults),
    route('POST', '/mtn/v1_0/apiuser', access.provision),
    route('GET', '/mtn/v1_0/apiuser/:id', ({ params }) => access.describe(params.id ?? '')),
    route('POST', '/mtn/v1_0/apiuser/:id/apikey', ({ params }) => access.issueKey(params.id ?? '')),
    token('collection'),
    token('disbursement'),
    ...collection(office),
    ...accounts(office, 'collection'),
    ...disbursement(office),
    ...accounts(office, 'disbursement'),
    ...statement(world.clock, ledger),
    route('POST', '/mtn/_float', (call) => {
      float.set(read(jsonBody(call), { amount: whole(0, FLOAT_LIMIT) }).amount)
      return json(200, { availableBalance: float.text() })
    }),
    route('GET', '/mtn/_handset/prompts', (call) => {
      const phone = phoneOf(call)
      world.holds.touch(phone)
      return json(200, payments.prompts(phone))
    }),
    route('POST', '/mtn/_handset/decide', async (call) => {
      const word = read(jsonBody(call), {
        reference: string(),
        decision: oneOf(['approve', 'decline', 'late']),
      })
      return json(200, await payments.decide(word.reference, word.decision))
    }),
  ]
}
