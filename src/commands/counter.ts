import { systemClock } from '../core/base/clock.ts'
import type { Config } from '../core/base/config.ts'
import { newIds } from '../core/base/id.ts'
import { silent } from '../core/base/log.ts'
import type { PaymentProvider } from '../core/pay/provider.ts'
import { Run } from '../core/run/run.ts'
import { flows } from '../flows/index.ts'
import { invoiceHandlers } from '../flows/invoice/effects.ts'
import { paymentHandlers } from '../flows/payment/effects.ts'
import { payoutHandlers } from '../flows/payout/effects.ts'
import { createClaims } from '../integrations/postgres/claims.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { createCreditBook } from '../integrations/postgres/credit.ts'
import { createFiled } from '../integrations/postgres/filed.ts'
import { createParts } from '../integrations/postgres/message-parts.ts'
import { createStore, type Tx } from '../integrations/postgres/store.ts'
import { createNumbering } from '../integrations/postgres/unnumbered.ts'
import { createProviders } from '../providers.ts'

/** Where commands decide on money: what is to be done is written down here, and a running worker does it. */
export type Counter = { readonly run: Run<Tx>; readonly providers: readonly PaymentProvider[] }

export function openCounter(config: Config, db: Db): Counter {
  const clock = systemClock
  const ownBooks = {
    claims: createClaims(db, clock),
    credit: createCreditBook(db, clock),
    filed: createFiled(db),
    numbering: createNumbering(db),
    parts: createParts(db),
  }
  const providers = createProviders(config, '', ownBooks, clock, silent).payments
  const ids = newIds(() => clock.now())
  const refundLimitMinor = config.REFUND_LIMIT_MINOR
  const world = { providers, clock, ids, refundLimitMinor, zone: config.TIME_ZONE }
  const run = new Run<Tx>({
    store: createStore(db, flows),
    flows,
    handlers: { ...paymentHandlers(world), ...payoutHandlers(world), ...invoiceHandlers(world) },
    clock,
    ids,
    log: silent,
    onCommitted: () => {},
  })
  return { run, providers }
}
