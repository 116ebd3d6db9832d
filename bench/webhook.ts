import { createHmac, randomUUID } from 'node:crypto'

export const WEBHOOK = '/hooks/whatsapp/cloud'
/** What the settings have where nothing is said. */
export const SECRET = 'dev-app-secret'
const NUMBER = '106540352242922'

/** One message of somebody new as Meta sends it, and the header that signs it. */
export function messageOf(n: number): { readonly body: string; readonly headers: string } {
  const from = `25078${String(n % 10_000_000).padStart(7, '0')}`
  const message = {
    from,
    id: `wamid.${randomUUID()}`,
    timestamp: '1749416383',
    type: 'text',
    text: { body: 'menu' },
  }
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: NUMBER },
    contacts: [{ profile: { name: 'A' }, wa_id: from }],
    messages: [message],
  }
  const entry = [{ id: '102290129340398', changes: [{ value, field: 'messages' }] }]
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
  const signature = createHmac('sha256', SECRET).update(body).digest('hex')
  return { body, headers: `X-Hub-Signature-256: sha256=${signature}\r\n` }
}
