import { json, jsonBody, phoneOf, type Route, route } from '../http.ts'
import { hex } from '../random.ts'
import { number, object, oneOf, optional, phone, Refusal, read, string } from '../read.ts'
import type { Mischief, World } from '../simulator.ts'
import type { createChats } from './chat.ts'
import { BUSINESS_NUMBER, type createWebhook } from './webhook.ts'

const SENT = {
  phone,
  text: optional(string(4_096)),
  reply: optional(object({ id: string(256), title: string(24), kind: oneOf(['list', 'button']) })),
  media: optional(oneOf(['image', 'audio', 'video', 'document', 'sticker'])),
  /** Who hides their number behind a name is known by this alone. */
  userId: optional(string(140)),
  location: optional(object({ latitude: number, longitude: number, name: optional(string(1_000)) })),
}

export const wamid = (): string => `wamid.${Buffer.from(hex(18)).toString('base64')}`

/**
 * The phone in a WhatsApp conversation (JSON): `POST /whatsapp/_handset/send` with `{phone, text}`,
 * `{phone, reply: {id, title, kind: 'list'|'button'}}`, `{phone, media: 'image'|'audio'|…}` or
 * `{phone, location: {latitude, longitude, name?}}`, and with `userId` the phone's number is not told → `{id, taken}`; `GET /whatsapp/_handset/chat?phone=`; `POST /whatsapp/_handset/verify {token}`.
 */
export function handset(
  { clock }: World,
  chats: ReturnType<typeof createChats>,
  webhook: ReturnType<typeof createWebhook>,
  { deliver }: Mischief,
): Route[] {
  async function send(body: unknown) {
    const sent = read(body, SENT)
    const { phone, text } = sent
    const content = contentOf(sent)
    const id = wamid()
    const offer = sent.reply && chats.offering(phone, sent.reply.id)
    chats.add({
      direction: 'in',
      id,
      phone,
      type: sent.reply ? `${sent.reply.kind}_reply` : content.type,
      ...(text !== undefined && { text }),
      ...(sent.reply && { text: sent.reply.title }),
      ...(sent.location && { location: sent.location }),
    })
    const waId = phone.slice(1)
    if (sent.userId) chats.hide(phone, sent.userId)
    const message = {
      ...(sent.userId ? { from_user_id: sent.userId } : { from: waId }),
      id,
      timestamp: String(Math.floor(clock.now() / 1_000)),
      ...content,
      ...(offer && { context: { from: BUSINESS_NUMBER, id: offer.id } }),
    }
    const known = sent.userId ? { user_id: sent.userId } : { wa_id: waId }
    const contacts = [{ profile: { name: `Caller ${phone.slice(-4)}` }, ...known }]
    const taken = await deliver(webhook.callback('message', phone, { contacts, messages: [message] }))
    return { id, taken }
  }

  return [
    route('POST', '/whatsapp/_handset/send', async (call) => json(200, await send(jsonBody(call)))),
    route('GET', '/whatsapp/_handset/chat', (call) => json(200, chats.ofPhone(phoneOf(call)))),
    route('POST', '/whatsapp/_handset/verify', async (call) =>
      json(200, await webhook.verify(read(jsonBody(call), { token: string() }).token)),
    ),
  ]
}

/** The message as the webhook carries it; exactly one kind of content must be there. */
function contentOf({ text, reply, location, media }: Omit<ReturnType<typeof read<typeof SENT>>, 'phone'>) {
  if ([text, reply, location, media].filter((given) => given !== undefined).length !== 1) {
    throw new Refusal(400, 'give one of text, reply, location and media')
  }
  if (media)
    return { type: media, [media]: { id: hex(8), mime_type: 'application/octet-stream', sha256: hex(32) } }
  if (text !== undefined) return { type: 'text', text: { body: text } }
  if (location) return { type: 'location', location }
  const type = reply?.kind === 'list' ? 'list_reply' : 'button_reply'
  return { type: 'interactive', interactive: { type, [type]: { id: reply?.id, title: reply?.title } } }
}
