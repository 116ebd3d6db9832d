import type Library from 'whatsapp-web.js'
import { z } from 'zod'
import type { Log } from '../../core/base/log.ts'
import type { Content } from './web-plain.ts'

/** Somebody wrote to us, alone or in a group. */
export type WebMessage = z.infer<typeof messageEvent>
/** Somebody ticked a choice of a poll; the last vote counts, none means that the tick was taken back. */
export type WebVote = z.infer<typeof voteEvent>

/** What the client tells. `ack`: -1 failed, 1 left, 2 arrived, 3 or more read. */
export interface WebEvents {
  readonly qr: (code: string) => void
  readonly authenticated: () => void
  readonly ready: () => void
  readonly message: (message: WebMessage) => void
  readonly ack: (messageId: string, level: number) => void
  readonly vote: (vote: WebVote) => void
  readonly authFailed: (why: string) => void
  readonly disconnected: (why: string) => void
}

/** What we use of a WhatsApp Web client. All may reject at any time: there is a browser behind it. */
export interface WhatsAppWebClient {
  /** Opens the browser and the page; resolves before anybody has logged in. */
  initialize(): Promise<void>
  destroy(): Promise<void>
  /** How the page stands with WhatsApp, `CONNECTED` when all is well. */
  state(): Promise<string>
  /** The chat of a number given in digits with the country; undefined when it has no WhatsApp. */
  chatOf(digits: string): Promise<string | undefined>
  /** The `…@c.us` behind a `…@lid`; undefined when WhatsApp does not tell. */
  phoneIdOf(lid: string): Promise<string | undefined>
  /** The id of what was sent; undefined when the chat could not be opened and nothing was. */
  send(chat: string, content: Content): Promise<string | undefined>
}

export type Connect = (events: WebEvents) => Promise<WhatsAppWebClient>

const messageEvent = z
  .object({
    id: z.object({ _serialized: z.string(), fromMe: z.boolean() }),
    from: z.string(),
    type: z.string(),
    body: z.string().default(''),
    // A live location comes without a place.
    location: z.object({ latitude: z.number(), longitude: z.number() }).optional().catch(undefined),
  })
  .transform(({ id, location, ...rest }) => ({
    ...rest,
    id: id._serialized,
    fromMe: id.fromMe,
    pin: location ? { lat: location.latitude, lng: location.longitude } : null,
  }))
// The library calls `voter` a string, but it comes out of the page as an object.
const wid = z.union([z.string(), z.object({ _serialized: z.string() }).transform((id) => id._serialized)])
const voteEvent = z
  .object({
    voter: wid,
    parentMsgKey: wid,
    interractedAtTs: z.number().default(0),
    selectedOptions: z.array(z.object({ localId: z.number() })),
  })
  .transform((vote) => ({
    voter: vote.voter,
    pollId: vote.parentMsgKey,
    votedAt: vote.interractedAtTs,
    chosen: vote.selectedOptions.map(({ localId }) => localId),
  }))

/** A new QR code comes about every 20 s; after so many the attempt counts as failed. */
const MAX_QR_CODES = 30

export type WebClientOptions = {
  /** The browser: none comes with the library. */
  readonly executablePath: string
  readonly browserArgs?: readonly string[]
  readonly browserEnv?: Readonly<Record<string, string>>
  /** Folder that remembers the login; without it a QR code must be scanned at every start. */
  readonly sessionDir?: string
  /** A page kept in a folder as `<version>.html`, served instead of WhatsApp's own. */
  readonly page?: { readonly version: string; readonly dir: string }
  readonly log: Log
}

/**
 * Connects through whatsapp-web.js 1.34, an unofficial client for which a number may be blocked.
 * Rejects with a clear message when the package is not installed.
 */
export const webClient =
  (options: WebClientOptions): Connect =>
  async (events) => {
    const { Client, LocalAuth, NoAuth, Poll } = await library()
    const { sessionDir, page, browserArgs = [], browserEnv } = options
    const client = new Client({
      authStrategy: sessionDir ? new LocalAuth({ dataPath: sessionDir }) : new NoAuth(),
      qrMaxRetries: MAX_QR_CODES,
      puppeteer: {
        executablePath: options.executablePath,
        args: [...browserArgs],
        ...(browserEnv && { env: { ...browserEnv } }),
      },
      ...(page && {
        webVersion: page.version,
        webVersionCache: { type: 'local', path: page.dir, strict: true },
      }),
    })
    survive(client, options.log)
    listen(client, events)
    return portOf(client, Poll)
  }

function listen(client: Library.Client, events: WebEvents): void {
  client.on('qr', (code) => events.qr(code))
  client.on('authenticated', () => events.authenticated())
  client.on('ready', () => events.ready())
  client.on('auth_failure', (why) => events.authFailed(String(why)))
  client.on('disconnected', (why) => events.disconnected(String(why)))
  client.on('message', (message) => {
    const { data } = messageEvent.safeParse(message)
    if (data) events.message(data)
  })
  client.on('message_ack', (message, level) => {
    const { data } = messageEvent.safeParse(message)
    if (data?.fromMe) events.ack(data.id, level)
  })
  client.on('vote_update', (vote) => {
    const { data } = voteEvent.safeParse(vote)
    if (data) events.vote(data)
  })
}

function portOf(client: Library.Client, Poll: typeof Library.Poll): WhatsAppWebClient {
  return {
    initialize: () => client.initialize(),
    destroy: () => client.destroy(),
    state: async () => String(await client.getState()),
    chatOf: async (digits) => (await client.getNumberId(digits))?._serialized,
    phoneIdOf: async (lid) => (await client.getContactLidAndPhone([lid]))[0]?.pn,
    send: async (chat, content) => {
      const body =
        content.kind === 'text'
          ? content.text
          : new Poll(
              content.question,
              content.choices.map(({ label }) => label),
              { allowMultipleAnswers: false, messageSecret: undefined },
            )
      // Typed as always there; it is not when the chat cannot be opened.
      const sent: unknown = await client.sendMessage(chat, body, { linkPreview: false })
      return sent ? messageEvent.parse(sent).id : undefined
    },
  }
}

async function library() {
  try {
    const { default: found } = await import('whatsapp-web.js')
    return found
  } catch (error) {
    throw new Error(
      'whatsapp-web.js is not installed: npm install whatsapp-web.js@1.34.7, or use the WhatsApp Cloud API',
      { cause: error },
    )
  }
}

/**
 * The library calls these of its own methods from event handlers without looking at what becomes of them: one
 * that fails, as `inject` does on a page that logged out and was closed, would end the whole process.
 */
function survive(client: object, log: Log): void {
  for (const name of ['inject', 'destroy']) {
    const method: unknown = Reflect.get(client, name)
    if (typeof method !== 'function') continue
    Reflect.set(client, name, async () => {
      try {
        return await Reflect.apply(method, client, [])
      } catch (error) {
        log.warn({ step: name, why: String(error) }, 'whatsapp_web_step_failed')
      }
    })
  }
}
