import { smsAfricasTalking } from './channels/sms/africastalking.ts'
import { ussdAfricasTalking } from './channels/ussd/africastalking.ts'
import { voiceAfricasTalking } from './channels/voice/africastalking.ts'
import { whatsappCloud } from './channels/whatsapp/cloud.ts'
import { whatsappWeb } from './channels/whatsapp/web.ts'
import { webClient } from './channels/whatsapp/web-client.ts'
import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import type { Log } from './core/base/log.ts'
import type { CreditBook } from './core/pay/credit.ts'
import type { Filed } from './core/pay/statement.ts'
import type { View } from './core/talk/prompt.ts'
import { createFiscalDevice } from './fiscal.ts'
import { chrome, type Language, say } from './flows/words/index.ts'
import { createHttp } from './integrations/http.ts'
import { ruraLicences } from './integrations/licence/rura/index.ts'
import type { Claims } from './integrations/payments/mpesa/index.ts'
import { createPayments } from './payments.ts'

const TIMEOUT_MS = {
  sms: 10_000,
  voice: 10_000,
  whatsapp: 10_000,
  licence: 5_000,
  whatsappReady: 60_000,
} as const

/** What somebody who waits for an answer gets when we fail: who they are, and so their language, may be what failed. */
const failing = (language: Language): View => ({
  prompt: { kind: 'tell', id: 'failed', say: say(language, 'failed'), next: 'end' },
  page: 0,
  error: null,
  chrome: chrome(language),
  language,
  canGoBack: false,
})

/** What ways to pay keep in our own database. */
type OwnBooks = { readonly claims: Claims; readonly credit: CreditBook; readonly filed?: Filed }

/** Everybody outside, as the settings name them. */
export function createProviders(config: Config, publicUrl: string, own: OwnBooks, clock: Clock, log: Log) {
  const isSimulated = config.SIMULATORS === 'on'
  const simulated = (path: string): string | null =>
    isSimulated ? `http://127.0.0.1:${config.SIM_PORT}${path}` : null
  const http = createHttp({ log, allowPrivate: isSimulated })
  const account = {
    username: config.AT_USERNAME,
    apiKey: config.AT_API_KEY,
    http,
    log,
    clock,
    secret: config.HOOK_SECRET,
  }
  const sorry = failing(config.DEFAULT_LANGUAGE)
  const ussd = ussdAfricasTalking({
    secret: config.HOOK_SECRET,
    serviceCodes: [config.DIAL_CODE],
    sorry,
    clock,
    log,
  })
  const sms = smsAfricasTalking({
    ...account,
    senderId: config.SMS_SENDER,
    timeoutMs: TIMEOUT_MS.sms,
    baseUrl: config.AT_SMS_URL ?? simulated('/africastalking'),
  })
  const voice = voiceAfricasTalking({
    ...account,
    callerId: config.VOICE_NUMBER,
    publicUrl,
    sorry,
    timeoutMs: TIMEOUT_MS.voice,
    baseUrl: config.AT_VOICE_URL ?? simulated('/africastalking/voice'),
  })
  const cloud = () =>
    whatsappCloud({
      appSecret: config.WHATSAPP_APP_SECRET,
      verifyToken: config.WHATSAPP_VERIFY_TOKEN,
      accessToken: config.WHATSAPP_ACCESS_TOKEN,
      phoneNumberId: config.WHATSAPP_PHONE_NUMBER_ID,
      http,
      clock,
      log,
      timeoutMs: TIMEOUT_MS.whatsapp,
      graphUrl:
        config.WHATSAPP_GRAPH_URL ?? simulated('/whatsapp/v25.0') ?? 'https://graph.facebook.com/v25.0',
    })
  const web = () =>
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
    })
  const whatsapp = config.WHATSAPP === 'off' ? null : config.WHATSAPP === 'web' ? web() : cloud()
  const payments = createPayments({ config, publicUrl, simulated, ...own, http, clock, log })
  const ruraUrl = config.RURA_URL ?? simulated('/rura')
  // Without a regulator to ask, nobody's licence is known, and nobody unlicensed is sent a job.
  const licence = ruraUrl
    ? ruraLicences({ baseUrl: ruraUrl, http, timeoutMs: TIMEOUT_MS.licence })
    : async () => 'unavailable'
  const fiscal = createFiscalDevice(config, simulated, log)
  return { channels: { ussd, sms, voice, ...(whatsapp ? { whatsapp } : {}) }, payments, licence, fiscal }
}

export type Providers = ReturnType<typeof createProviders>
