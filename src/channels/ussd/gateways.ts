import type { UssdGateway } from '../../core/base/channels.ts'
import { aat } from './aat.ts'
import { africastalking } from './africastalking.ts'
import { airtel } from './airtel.ts'
import { arkesel } from './arkesel.ts'
import { crossgate } from './crossgate.ts'
import { type Gateway, keysOf } from './gateway.ts'
import { hubtel } from './hubtel.ts'
import { ideamart } from './ideamart.ts'
import { infobip } from './infobip.ts'
import { madapi } from './madapi.ts'
import { nalo } from './nalo.ts'
import { safaricom } from './safaricom.ts'
import { truroute } from './truroute.ts'

/** What some of them must know besides their wire. */
export type UssdSettings = {
  /** Ours, as `*384*77#`. */
  readonly serviceCodes: readonly string[]
  /** Where an aggregator reaches us, its secret in it. */
  readonly urlOf: (name: UssdGateway) => string
  readonly ideamart: Parameters<typeof ideamart>[0]
}

/** Every aggregator by its name in `USSD_GATEWAYS`. */
export const GATEWAYS = {
  africastalking: () => africastalking,
  hubtel: () => hubtel,
  arkesel: () => arkesel,
  nalo: () => nalo,
  infobip: () => infobip,
  madapi: () => madapi,
  truroute: () => truroute,
  airtel: ({ serviceCodes }) => airtel(serviceCodes.map(keysOf)),
  safaricom: () => safaricom,
  crossgate: () => crossgate,
  aat: ({ urlOf }) => aat(urlOf('aat')),
  ideamart: (settings) => ideamart(settings.ideamart),
} as const satisfies Readonly<Record<UssdGateway, (settings: UssdSettings) => Gateway>>
