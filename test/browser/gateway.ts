/** A gateway that knows one story by heart and speaks the providers' wire, so that the page can be tried alone. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { ASKED, BOOKED, COMING, JOB, PLACES, QUOTE, RECEIPT, REFUSED, SCREENS, THANKED } from './story.ts'

export const RIDER = '+250788100004'
export const PHONE_NUMBER_ID = '106540352242922'

const WhatsAppHook = z.object({
  entry: z.tuple([
    z.object({
      changes: z.tuple([
        z.object({
          value: z.object({
            messages: z.tuple([z.looseObject({ from: z.string(), type: z.string() })]).optional(),
          }),
        }),
      ]),
    }),
  ]),
})

export interface Gateway {
  url: string
  /** The WhatsApp messages that came in, oldest first. */
  chatted: Record<string, unknown>[]
  /** The voice digits that came in. */
  pressed: string[]
  stop(): void
}

/** Starts it on a free port of this machine; `simulators` is asked for their address at every call. */
export async function startGateway(simulators: () => string): Promise<Gateway> {
  const chatted: Gateway['chatted'] = []
  const pressed: string[] = []
  let customer = ''

  const post = (path: string, headers: Record<string, string>, body?: URLSearchParams | string) =>
    fetch(simulators() + path, { method: 'POST', headers, ...(body !== undefined && { body }) })
  const form = (path: string, fields: Record<string, string>) =>
    post(`/africastalking${path}`, { apikey: 'key' }, new URLSearchParams({ username: 'sandbox', ...fields }))
  const sms = (to: string, message: string) => form('/version1/messaging', { to, message, from: 'Inzira' })

  async function collect(phone: string) {
    const key = { 'ocp-apim-subscription-key': 'key' }
    const basic = `Basic ${Buffer.from('inzira:inzira-key').toString('base64')}`
    const granted = await post('/mtn/collection/token/', { ...key, authorization: basic })
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await granted.json())
    const headers = {
      ...key,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-reference-id': randomUUID(),
      'x-target-environment': 'mtnrwanda',
      'x-callback-url': `${url}/hooks/payments/mtn`,
    }
    const payer = { partyIdType: 'MSISDN', partyId: phone.slice(1) }
    const money = { amount: '1150', currency: 'RWF', externalId: '4821', payerMessage: 'Moto ride 4821' }
    await post(
      '/mtn/collection/v1_0/requesttopay',
      headers,
      JSON.stringify({ ...money, payer, payeeNote: '' }),
    )
  }

  async function ussd(fields: URLSearchParams) {
    const typed = fields.get('text') ?? ''
    customer = fields.get('phoneNumber') ?? ''
    if (typed === BOOKED) await sms(RIDER, JOB)
    return SCREENS[typed] ?? 'END Not understood.'
  }

  async function heardSms(fields: URLSearchParams) {
    if (fields.get('from') === RIDER && fields.get('text') === 'YES 4821') {
      await sms(customer, COMING)
      await collect(customer)
    }
    return ''
  }

  async function chat(text: string) {
    const [message] = WhatsAppHook.parse(JSON.parse(text)).entry[0].changes[0].value.messages ?? []
    if (!message) return ''
    chatted.push(message)
    const interactive = message.type === 'text' ? PLACES : QUOTE
    await post(
      `/whatsapp/v23.0/${PHONE_NUMBER_ID}/messages`,
      { authorization: 'Bearer dev-token', 'content-type': 'application/json' },
      JSON.stringify({ messaging_product: 'whatsapp', to: message.from, type: 'interactive', interactive }),
    )
    return ''
  }

  async function voice(fields: URLSearchParams) {
    const keys = fields.get('dtmfDigits')
    if (fields.get('isActive') !== '1') return ''
    if (keys) pressed.push(keys)
    if (keys) return THANKED
    if (fields.get('direction') === 'Outbound') return ASKED
    await form('/voice/call', { from: '+250730000077', to: fields.get('callerNumber') ?? '' })
    return REFUSED
  }

  async function answer(path: string, text: string): Promise<string> {
    const fields = new URLSearchParams(text)
    if (path.startsWith('/hooks/ussd/africastalking/') && !path.endsWith('/end')) return ussd(fields)
    if (path.startsWith('/hooks/sms/africastalking/') && !path.endsWith('/report')) return heardSms(fields)
    if (path.startsWith('/hooks/voice/')) return voice(fields)
    if (path.startsWith('/hooks/whatsapp/')) return chat(text)
    if (path.startsWith('/hooks/payments/') && text.includes('SUCCESSFUL')) await sms(customer, RECEIPT)
    return ''
  }

  const server = createServer(async (request, response) => {
    const said = await answer(request.url ?? '', await read(request))
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(said)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url, chatted, pressed, stop }
}

async function read(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
