import { createRequire } from 'node:module'
import { z } from 'zod'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, maskPhone } from '../../core/base/phone.ts'
import type { Delivery } from '../../core/talk/channel.ts'
import { deliveryOfAnswer, deliveryOfFailure } from './outcome.ts'

/** Who sends, and where to. */
export type Sender = {
  readonly username: string
  readonly apiKey: string
  /** Short code or alphanumeric name; null leaves the account's own. */
  readonly senderId: string | null
  /** Null is the provider's own host; otherwise everything before `/version1`. */
  readonly baseUrl: string | null
  readonly timeoutMs: number
  readonly log: Log
}

const LIVE = 'https://api.africastalking.com'
const SANDBOX = 'https://api.sandbox.africastalking.com'
const MAX_ANSWER_BYTES = 65_536

const withDefaults = z.custom<{
  readonly defaults: { signal?: AbortSignal; maxRedirects?: number; maxContentLength?: number }
}>((it) => typeof it === 'function' && 'defaults' in it)

/** Loaded with the first message: it is a third of what a process reads to start, and one that only listens never sends. */
async function loadSdk({ username, apiKey }: Sender) {
  const [{ default: africastalking }, { default: common }] = await Promise.all([
    import('africastalking'),
    import('africastalking/lib/common.js'),
  ])
  // The SDK's own copy of axios: the one reached by `import` would be another instance with other settings.
  const own = createRequire(createRequire(import.meta.url).resolve('africastalking'))
  return { client: africastalking({ username, apiKey }), common, axios: withDefaults.parse(own('axios')) }
}

/**
 * Sends one message through the `africastalking` SDK. The function it returns never throws.
 * The SDK knows no time-out and one host for the whole process. Both are read while `send` is being called, so
 * they are set right before it, with nothing in between. The signal ends the request itself; racing it against
 * a timer would leave a hanging socket behind for every message to a provider that is silent.
 */
export function smsSender(options: Sender): (to: Msisdn, message: string, id: string) => Promise<Delivery> {
  const own = options.username.toLowerCase() === 'sandbox' ? SANDBOX : LIVE
  const url = `${(options.baseUrl ?? own).replace(/\/$/, '')}/version1/messaging`
  const settings = { maxRedirects: 0, maxContentLength: MAX_ANSWER_BYTES }
  let loading: ReturnType<typeof loadSdk> | undefined
  const send = async (to: Msisdn, message: string): Promise<unknown> => {
    loading ??= loadSdk(options)
    const { common, axios, client } = await loading
    common.SMS_URL = url
    Object.assign(axios.defaults, settings, { signal: AbortSignal.timeout(options.timeoutMs) })
    return client.SMS.send({ to, message, ...(options.senderId === null ? {} : { from: options.senderId }) })
  }
  return async (to, message, id) => {
    const { delivery, why } = await send(to, message).then(
      (body) => deliveryOfAnswer(body, id),
      deliveryOfFailure,
    )
    if (delivery.status === 'sent') return delivery
    const level = delivery.fault === 'misconfigured' ? 'error' : 'warn'
    options.log[level]({ id, to: maskPhone(to), fault: delivery.fault, why }, 'sms.not_sent')
    return delivery
  }
}
