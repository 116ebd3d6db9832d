import { createCarrier, type Unnumbering } from './carrier.ts'
import { smsAfricasTalking } from './channels/sms/africastalking.ts'
import { smsInfobip } from './channels/sms/infobip.ts'
import { smsTwilio } from './channels/sms/twilio.ts'
import { GATEWAYS, type UssdSettings } from './channels/ussd/gateways.ts'
import { ussd as ussdThrough } from './channels/ussd/index.ts'
import { voiceAfricasTalking } from './channels/voice/africastalking.ts'
import { clipFolder } from './channels/voice/clip-folder.ts'
import { voiceTwilio } from './channels/voice/twilio.ts'
import type { Voice } from './channels/voice/voice.ts'
import { whatsappCloud } from './channels/whatsapp/cloud.ts'
import { whatsappWeb } from './channels/whatsapp/web.ts'
import { webClient } from './channels/whatsapp/web-client.ts'
import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import type { Http } from './core/base/http.ts'
import type { Log } from './core/base/log.ts'
import type { Channel } from './core/talk/channel.ts'
import type { View } from './core/talk/prompt.ts'
import { chrome, type Language, say } from './flows/words/index.ts'

const TIMEOUT_MS = { sms: 10_000, voice: 10_000, whatsapp: 10_000, whatsappReady: 60_000 } as const

const TWILIO_URL = 'https://api.twilio.com'

type Surroundings = {
  readonly config: Config
  /** Where providers reach us. */
  readonly publicUrl: string
  /** Where a provider is simulated; null when it is not. */
  readonly simulated: (path: string) => string | null
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
}

/** What somebody who waits for an answer gets when we fail: who they are, and so their language, may be what failed. */
const failing = (language: Language): View => ({
  prompt: { kind: 'tell', id: 'failed', say: say(language, 'failed'), next: 'end' },
  page: 0,
  error: null,
  chrome: chrome(language),
  language,
  canGoBack: false,
})

const ussdOf = ({ config, publicUrl, simulated, http }: Surroundings): UssdSettings => ({
  serviceCodes: [config.DIAL_CODE, ...config.USSD_CODES],
  urlOf: (name) => `${publicUrl}/hooks/ussd/${name}/${encodeURIComponent(config.USSD_SECRET)}`,
  ideamart: {
    url: config.IDEAMART_URL ?? simulated('/ideamart/ussd/send') ?? 'https://api.ideamart.io/ussd/send',
    applicationId: config.IDEAMART_APP_ID,
    password: config.IDEAMART_PASSWORD,
    http,
  },
})

/** How WhatsApp is reached. */
const WHATSAPP = {
  cloud: ({ config, simulated, http, clock, log }) =>
    whatsappCloud({
      appSecret: config.WHATSAPP_APP_SECRET,
      verifyToken: config.WHATSAPP_VERIFY_TOKEN,
      accessToken: config.WHATSAPP_ACCESS_TOKEN,
      phoneNumberId: config.WHATSAPP_PHONE_NUMBER_ID,
      templates: config.WHATSAPP_TEMPLATES,
      http,
      clock,
      log,
      timeoutMs: TIMEOUT_MS.whatsapp,
      graphUrl:
        config.WHATSAPP_GRAPH_URL ?? simulated('/whatsapp/v25.0') ?? 'https://graph.facebook.com/v25.0',
    }),
  web: ({ config, clock, log }) =>
    whatsappWeb({
      connect: webClient({
        executablePath: config.CHROME_BIN ?? '/usr/bin/chromium',
        sessionDir: `${config.DATA_DIR}/whatsapp`,
        log,
      }),
      clock,
      log,
      readyTimeoutMs: TIMEOUT_MS.whatsappReady,
      degrade: 'numbers',
    }),
  off: () => null,
} as const satisfies Readonly<Record<Config['WHATSAPP'], (around: Surroundings) => Channel | null>>

const textsAfricasTalking = ({ config, simulated, clock, log }: Surroundings): Channel =>
  smsAfricasTalking({
    ...{ username: config.AT_USERNAME, apiKey: config.AT_API_KEY, senderId: config.SMS_SENDER, clock, log },
    secret: config.SMS_SECRET,
    timeoutMs: TIMEOUT_MS.sms,
    baseUrl: config.AT_SMS_URL ?? simulated('/africastalking'),
  })

/** Who carries texts over HTTP. */
const SMS: Readonly<Record<Config['SMS_GATEWAY'], (around: Surroundings) => Channel>> = {
  africastalking: textsAfricasTalking,
  smpp: textsAfricasTalking,
  twilio: ({ config, publicUrl, simulated, http, clock, log }) =>
    smsTwilio({
      ...{ http, clock, log, publicUrl, timeoutMs: TIMEOUT_MS.sms },
      ...{ secret: config.SMS_SECRET, senderId: config.SMS_SENDER },
      accountSid: config.TWILIO_ACCOUNT_SID,
      authToken: config.TWILIO_AUTH_TOKEN,
      baseUrl: config.TWILIO_URL ?? simulated('/twilio') ?? TWILIO_URL,
    }),
  infobip: ({ config, simulated, http, clock, log }) =>
    smsInfobip({
      ...{ http, clock, log, timeoutMs: TIMEOUT_MS.sms },
      ...{ secret: config.SMS_SECRET, senderId: config.SMS_SENDER },
      apiKey: config.INFOBIP_API_KEY,
      baseUrl: config.INFOBIP_URL ?? simulated('/infobip') ?? 'https://api.infobip.com',
    }),
}

/** Who carries calls. */
const VOICE: Readonly<Record<Config['VOICE_GATEWAY'], (around: Surroundings, sorry: View) => Voice>> = {
  africastalking: ({ config, publicUrl, simulated, http, clock, log }, sorry) =>
    voiceAfricasTalking({
      ...{ username: config.AT_USERNAME, apiKey: config.AT_API_KEY, http, clock, log },
      ...{ secret: config.VOICE_SECRET, callerId: config.VOICE_NUMBER, publicUrl, sorry },
      ...{ timeoutMs: TIMEOUT_MS.voice, recordings: clipFolder(config.VOICE_CLIPS, publicUrl) },
      baseUrl: config.AT_VOICE_URL ?? simulated('/africastalking/voice'),
    }),
  twilio: ({ config, publicUrl, simulated, http, clock, log }, sorry) =>
    voiceTwilio({
      ...{ accountSid: config.TWILIO_ACCOUNT_SID, authToken: config.TWILIO_AUTH_TOKEN, http, clock, log },
      ...{ secret: config.VOICE_SECRET, callerId: config.VOICE_NUMBER, publicUrl, sorry },
      ...{ timeoutMs: TIMEOUT_MS.voice, recordings: clipFolder(config.VOICE_CLIPS, publicUrl) },
      baseUrl: config.TWILIO_URL ?? simulated('/twilio') ?? TWILIO_URL,
    }),
}

/** Two ways to one channel: both bring what people say, and the first speaks first. */
const beside = (first: Channel, second: Channel): Channel => ({
  ...first,
  hooks: (doors) => [...first.hooks(doors), ...second.hooks(doors)],
  async start(doors) {
    await first.start(doors)
    await second.start(doors)
  },
  async stop() {
    await Promise.all([first.stop(), second.stop()])
  },
})

/** Each way of talking, made from its settings. */
export function createChannels(around: Surroundings, unnumbering: Unnumbering) {
  const { config, clock, log } = around
  const sorry = failing(config.DEFAULT_LANGUAGE)
  const settings = ussdOf(around)
  const { serviceCodes } = settings
  const carrier = createCarrier(around, unnumbering, { serviceCodes, sorry })
  const aggregated = ussdThrough({
    gateways: config.USSD_GATEWAYS.map((name) => GATEWAYS[name](settings)),
    secret: config.USSD_SECRET,
    ...{ serviceCodes, sorry, clock, log },
  })
  const ussd = carrier.ussd ? beside(aggregated, carrier.ussd) : aggregated
  const sms = carrier.sms ?? SMS[config.SMS_GATEWAY](around)
  const voice = VOICE[config.VOICE_GATEWAY](around, sorry)
  const whatsapp = WHATSAPP[config.WHATSAPP](around)
  return { ussd, sms, voice, ...(whatsapp ? { whatsapp } : {}) }
}
