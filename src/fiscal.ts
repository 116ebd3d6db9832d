import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import type { Ids } from './core/base/id.ts'
import type { Log } from './core/base/log.ts'
import type { FiscalDevice, Till } from './core/pay/fiscal.ts'
import { shortReceipt } from './core/pay/receipt.ts'
import type { OutboxEntry } from './core/run/work.ts'
import { vsdc } from './integrations/fiscal/vsdc/index.ts'
import { createHttp } from './integrations/http.ts'
import type { Db } from './integrations/postgres/connect.ts'
import { createFiscalQueue, type JustSigned } from './integrations/postgres/fiscal.ts'
import { createTaxes } from './integrations/postgres/taxes.ts'

const TIMEOUT_MS = 10_000
const LEASE_MS = 30_000
/** A stop comes after a day: to be told of it a minute late costs nothing. */
const ASKED_EVERY_MS = 60_000

/**
 * The tax device as the settings name it; null where receipts are off.
 * @param simulated where it is simulated; null when it is not
 */
export function createFiscalDevice(
  config: Config,
  simulated: (path: string) => string | null,
  log: Log,
): FiscalDevice | null {
  if (config.VSDC === 'off') return null
  return vsdc({
    baseUrl: config.VSDC_URL ?? simulated('/vsdc') ?? 'http://127.0.0.1:8085',
    profile: { kind: 'vsdc' },
    seller: { tin: config.VSDC_TIN, name: config.VSDC_SELLER, address: config.VSDC_ADDRESS },
    branch: config.VSDC_BRANCH,
    // RRA's service runs beside us, in our own network.
    http: createHttp({ log, allowPrivate: true }),
    log,
    timeoutMs: TIMEOUT_MS,
  })
}

/** A till with what works it. */
export type WorkedTill = Till & {
  /** Makes the device known, counting on from its last invoice number. */
  open(): Promise<void>
  /** Hands the oldest waiting receipt to the device; true while there may be more to hand in at once. */
  issue(): Promise<boolean>
}

/** Tax receipts of one device: queued by what is sold, signed in turn, and told to who paid. Null without a device. */
export function createTill(
  device: FiscalDevice | null,
  { db, config, clock, ids }: { db: Db; config: Config; clock: Clock; ids: Ids },
): WorkedTill | null {
  if (!device) return null
  const newsOf = ({ receipt, signature }: JustSigned): OutboxEntry => {
    const booking = receipt.of ?? receipt.id
    return {
      id: ids.next('ob'),
      about: { flow: 'booking', id: booking },
      root: booking,
      type: 'taxReceipt',
      params: { text: shortReceipt({ receipt, signature }).join('\n') },
      lane: 'message',
      dueAt: clock.now(),
    }
  }
  const queue = createFiscalQueue(db, { clock, leaseMs: LEASE_MS, newsOf })
  let asked = { at: Number.NEGATIVE_INFINITY, isStop: false }
  return {
    device: device.id,
    taxes: createTaxes(db),
    async mustStop(now) {
      if (now - asked.at >= ASKED_EVERY_MS) asked = { at: now, isStop: await queue.mustStop(device.id, now) }
      return asked.isStop
    },
    open: () => queue.open(device.id, config.VSDC_LAST_INVOICE),
    async issue() {
      const { status } = await queue.issueNext(device)
      return status === 'signed' || status === 'unseen'
    },
  }
}
