/** An SMSC, and our end of a connection to it, with short patience. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createClock } from '../../simulators/clock.ts'
import { type SmscOptions, startSmsc } from '../../simulators/smsc/smsc.ts'
import { Link, type LinkOptions } from '../../src/channels/smpp/link.ts'
import { smsSmpp } from '../../src/channels/smpp/sms.ts'
import type { SmsOptions } from '../../src/channels/smpp/sms-hearing.ts'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import { silent } from '../../src/core/base/log.ts'
import { connectPostgres } from '../../src/integrations/postgres/connect.ts'
import { createParts } from '../../src/integrations/postgres/message-parts.ts'
import { createNumbering } from '../../src/integrations/postgres/unnumbered.ts'
import { freshDatabase } from '../support/servers.ts'
import { prepare } from '../support/world.ts'

const ACCOUNT = { systemId: 'inzira', password: 'secret', systemType: '' }
export const CODE = '3847'

export const PACE = {
  window: 20,
  tps: 100_000,
  waiting: 1_000,
  waitMs: 5_000,
  throttleMs: 5,
  throttleMostMs: 40,
}
export const PATIENCE = { responseMs: 300, enquireMs: 200, enquireResponseMs: 200 }

export function linkTo(port: number, more: Partial<LinkOptions> = {}): Link {
  return new Link({
    url: `smpp://127.0.0.1:${port}`,
    account: ACCOUNT,
    pace: PACE,
    patience: PATIENCE,
    connectMs: 1_000,
    retryMs: 5,
    retryMostMs: 50,
    log: silent,
    ...more,
  })
}

/** An SMSC, a database for what has no numbers, and the channel between. Stop it when done. */
export async function openSmpp(
  smscOptions: Partial<SmscOptions> = {},
  linkOptions: Partial<LinkOptions> = {},
  refit: (own: SmsOptions) => SmsOptions = (own) => own,
) {
  const database = await freshDatabase(prepare)
  const db = connectPostgres(database.url, silent)
  const clock = createClock()
  const smsc = await startSmsc({ port: 0, clock, seed: 1, ...ACCOUNT, ...smscOptions })
  const link = linkTo(smsc.port, linkOptions)
  const own: SmsOptions = {
    link,
    codec: smsCodec,
    source: CODE,
    idForm: 'text',
    numbering: createNumbering(db),
    parts: createParts(db),
    clock: systemClock,
    log: silent,
  }
  const channel = smsSmpp(refit(own))
  return {
    smsc,
    link,
    channel,
    db,
    async stop() {
      await channel.stop()
      await smsc.stop()
      clock.stop()
      await db.destroy()
      await database.drop()
    },
  }
}

/** Looks until something is so. @throws Error naming it when it does not come to be */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  for (const end = Date.now() + withinMs; !(await isSo()); await sleep(5))
    if (Date.now() > end) throw new Error(`${what}: not in time`)
}
