import type { Unnumbering } from './carrier.ts'
import { createChannels } from './channels.ts'
import { type Clearing, createClearing } from './clearance.ts'
import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import type { Log } from './core/base/log.ts'
import type { CreditBook } from './core/pay/credit.ts'
import type { Filed } from './core/pay/statement.ts'
import { createFiscalDevice } from './fiscal.ts'
import { createHttp } from './integrations/http.ts'
import { ruraLicences } from './integrations/licence/rura/index.ts'
import type { Claims } from './integrations/payments/mpesa/index.ts'
import { createPayments } from './payments.ts'

const LICENCE_TIMEOUT_MS = 5_000

/** What ways to pay, and to talk, keep in our own database. */
type OwnBooks = {
  readonly claims: Claims
  readonly credit: CreditBook
  readonly filed?: Filed
  /** Left out where no money is sent. */
  readonly clearing?: Parameters<typeof createClearing>[1]
} & Unnumbering

const UNASKED: Clearing = { clears: null, hooks: [] }

/** Everybody outside, as the settings name them. */
export function createProviders(config: Config, publicUrl: string, own: OwnBooks, clock: Clock, log: Log) {
  const isSimulated = config.SIMULATORS === 'on'
  const simulated = (path: string): string | null =>
    isSimulated ? `http://127.0.0.1:${config.SIM_PORT}${path}` : null
  const http = createHttp({ log, allowPrivate: isSimulated })
  const around = { config, publicUrl, simulated, http, clock, log }
  const payments = createPayments({ ...around, ...own })
  const ruraUrl = config.RURA_URL ?? simulated('/rura')
  // Without a regulator to ask, nobody's licence is known, and nobody unlicensed is sent a job.
  const licence = ruraUrl
    ? ruraLicences({ baseUrl: ruraUrl, http, timeoutMs: LICENCE_TIMEOUT_MS })
    : async () => 'unavailable'
  const fiscal = createFiscalDevice(config, simulated, log)
  const clearing = own.clearing ? createClearing(around, own.clearing) : UNASKED
  return { channels: createChannels(around, own), payments, licence, fiscal, clearing }
}

export type Providers = ReturnType<typeof createProviders>
