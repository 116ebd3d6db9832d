import type { Server } from 'node:http'
import type { Redis } from 'ioredis'
import type Koa from 'koa'
import { type RestParts, restRoutes } from './channels/rest/index.ts'
import { type LiveParts, liveSocket } from './channels/ws/index.ts'
import type { Config } from './core/base/config.ts'
import type { Msisdn } from './core/base/phone.ts'
import { createIdentity, type Identity } from './core/people/identity.ts'
import { RATES } from './core/people/rates.ts'
import { createTokens } from './core/people/token.ts'
import { bookingDesk } from './flows/booking/describe.ts'
import { invoiceBilling } from './flows/invoice/describe.ts'
import { paymentTill } from './flows/payment/describe.ts'
import { createAccess } from './integrations/postgres/access.ts'
import { createInvoices, createPayments } from './integrations/postgres/bookings.ts'
import type { Db } from './integrations/postgres/connect.ts'
import { createOnce } from './integrations/postgres/idempotency.ts'
import { createLimits } from './integrations/redis/limits.ts'
import { ticketPdf } from './integrations/sheets/ticket.ts'

/** What programs meet: `/v1`, and the live socket beside it. */
export type Front = {
  readonly identity: Identity
  mount(app: Koa): void
  listen(server: Server): { stop(): Promise<void> }
}

/** What the house must hand over for it. */
export type FrontParts = Omit<
  RestParts,
  | 'identity'
  | 'access'
  | 'once'
  | 'take'
  | 'rates'
  | 'desk'
  | 'payments'
  | 'till'
  | 'invoices'
  | 'billing'
  | 'printTicket'
> &
  Pick<LiveParts, 'fanout'> & {
    readonly db: Db
    readonly redis: Redis
    readonly config: Config
    readonly sendOtp: (phone: Msisdn, otp: string) => Promise<void>
  }

export function createFront(parts: FrontParts): Front {
  const { db, redis, config, clock, ids, log, sendOtp } = parts
  const { take } = createLimits(redis)
  const access = createAccess(db)
  const secret = config.TOKEN_SECRET
  const tokens = createTokens(secret, clock)
  const identity = createIdentity({
    access,
    tokens,
    secret,
    take,
    rate: RATES.otp,
    sendOtp,
    prefixes: config.OTP_NUMBERS,
    clock,
    ids,
    log,
  })
  const shared = { ...parts, identity, take, rates: RATES, desk: bookingDesk }
  const payments = createPayments(db, parts.flows)
  const router = restRoutes({
    ...shared,
    access,
    once: createOnce(db),
    payments,
    till: paymentTill,
    invoices: createInvoices(db, parts.flows),
    billing: invoiceBilling,
    printTicket: ticketPdf,
  })
  return {
    identity,
    mount: (app) => app.use(router.routes()),
    listen: (server) => liveSocket(server, shared),
  }
}
