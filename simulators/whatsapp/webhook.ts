import { createHmac } from 'node:crypto'
import type { Callback } from '../delivery.ts'
import { uuid } from '../random.ts'
import type { World } from '../simulator.ts'

const HOOK = '/hooks/whatsapp/cloud'
const TIMEOUT_MS = 10_000
const MAX_BACKOFF_MS = 3_600_000
const BACKOFF = {
  waitMs: (attempt: number) => Math.min(1_000 * 2 ** attempt, MAX_BACKOFF_MS),
  forMs: 7 * 86_400_000,
}
const ACCOUNT = '102290129340398'

/** Our number as WhatsApp writes it. */
export const BUSINESS_NUMBER = '250730000077'

/** Webhooks of the Cloud API: wrapped, signed over the raw bytes, sent again with growing waits for 7 days. */
export function createWebhook({ gateway, whatsappAppSecret, phoneNumberId }: World) {
  /** A callback that carries `{messages}` or `{statuses}` about a phone. */
  function callback(on: 'message' | 'status', phone: string, carried: object): Callback {
    const metadata = { display_phone_number: BUSINESS_NUMBER, phone_number_id: phoneNumberId }
    const value = { messaging_product: 'whatsapp', metadata, ...carried }
    const entry = [{ id: ACCOUNT, changes: [{ value, field: 'messages' }] }]
    const body = Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }))
    const mac = createHmac('sha256', whatsappAppSecret).update(body).digest('hex')
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${mac}` }
    const send = async () =>
      (await gateway.send({ to: HOOK, headers, body, timeoutMs: TIMEOUT_MS }))?.status === 200
    return { on, phone, send, retry: BACKOFF }
  }

  /** The handshake that proves the gateway owns its address: it must answer 200 and echo the challenge. */
  async function verify(token: string) {
    const challenge = uuid()
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.verify_token': token,
      'hub.challenge': challenge,
    })
    const heard = await gateway.send({ method: 'GET', to: `${HOOK}?${query}`, timeoutMs: TIMEOUT_MS })
    return { verified: heard?.status === 200 && heard.body === challenge, status: heard?.status ?? null }
  }

  return { callback, verify }
}
