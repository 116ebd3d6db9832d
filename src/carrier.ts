import { Link } from './channels/smpp/link.ts'
import { smsSmpp } from './channels/smpp/sms.ts'
import { ussdSmpp } from './channels/smpp/ussd.ts'
import { smsCodec } from './channels/sms/codec.ts'
import { ussdCodec } from './channels/ussd/codec.ts'
import { beyond, dialledOf } from './channels/ussd/gateway.ts'
import type { Clock } from './core/base/clock.ts'
import { type Config, hasCarrier } from './core/base/config.ts'
import type { Log } from './core/base/log.ts'
import type { Channel } from './core/talk/channel.ts'
import type { View } from './core/talk/prompt.ts'
import type { Numbering, Parts } from './core/talk/unnumbered.ts'

/** How long a message may wait for its turn, and what SMSCs are known to bear (Kannel's figures). */
const PACE = { waiting: 1_000, waitMs: 30_000, throttleMs: 200, throttleMostMs: 5_000 } as const
const PATIENCE = { responseMs: 10_000, enquireMs: 30_000, enquireResponseMs: 10_000 } as const
const RETRY = { connectMs: 10_000, retryMs: 1_000, retryMostMs: 30_000 } as const

/** What a carrier's wire leaves to us to keep. */
export type Unnumbering = { readonly numbering: Numbering; readonly parts: Parts }

/** A line of our own to a carrier, for texts, USSD or both; nothing where no setting asks for it. */
export function createCarrier(
  { config, clock, log }: { readonly config: Config; readonly clock: Clock; readonly log: Log },
  { numbering, parts }: Unnumbering,
  { serviceCodes, sorry }: { readonly serviceCodes: readonly string[]; readonly sorry: View },
): { readonly sms?: Channel; readonly ussd?: Channel } {
  if (!hasCarrier(config)) return {}
  const link = new Link({
    url: config.SMPP_URL ?? `smpp://127.0.0.1:${config.SIM_SMPP_PORT}`,
    account: {
      systemId: config.SMPP_SYSTEM_ID,
      password: config.SMPP_PASSWORD,
      systemType: config.SMPP_SYSTEM_TYPE ?? '',
    },
    pace: { ...PACE, window: config.SMPP_WINDOW, tps: config.SMPP_TPS },
    patience: PATIENCE,
    ...RETRY,
    log,
  })
  const shared = { link, numbering, clock, log }
  const sms = () =>
    smsSmpp({
      ...shared,
      ...{ codec: smsCodec, source: config.SMS_SENDER, idForm: config.SMPP_MESSAGE_IDS, parts },
    })
  const ussd = () =>
    ussdSmpp({
      ...shared,
      ...{ codec: ussdCodec, sorry },
      beyondCode(address, text) {
        const dialled = dialledOf(address, text)
        return dialled === null ? '' : beyond(dialled, serviceCodes)
      },
      ...{ ops: config.SMPP_USSD_OPS, sessionTag: config.SMPP_USSD_SESSION },
    })
  return {
    ...(config.SMS_GATEWAY === 'smpp' && { sms: sms() }),
    ...(config.SMPP_USSD === 'on' && { ussd: ussd() }),
  }
}
