import { z } from 'zod'
import { measure, parts } from '../../simulators/africastalking/gsm.ts'
import { parseXml } from '../../simulators/calls/xml.ts'
import { readOutbound } from '../../simulators/whatsapp/outbound.ts'
import type { ChannelName } from '../../src/core/talk/channel.ts'

/** Something that may be so long: in septets where all of it is GSM-7, else in UTF-16 units. */
export type Budget = { readonly name: string; readonly gsm7: number; readonly ucs2: number }

/**
 * What networks show of a USSD screen. Safaricom and Airtel Kenya: menu characters (Africa's Talking help desk, 2020).
 * MAP: 160 octets, which are 182 septets or 80 units (3GPP TS 24.090, TS 23.038 §6.1.2.3), so no network shows more of
 * UCS-2, nor Airtel its 184.
 */
const SCREENS: readonly Budget[] = [
  { name: 'ours, with what the gateway wants in front', gsm7: 160, ucs2: 80 },
  { name: 'Safaricom', gsm7: 160, ucs2: 80 },
  { name: 'Airtel', gsm7: 182, ucs2: 80 },
  { name: 'MAP', gsm7: 182, ucs2: 80 },
]
/** The first screen of a session leaves room for twenty characters of what a network writes above it. */
const FIRST_SCREEN: Budget = { name: 'ours, first of a session', gsm7: 140, ucs2: 60 }

/** Parts of a message that answers: 3 × 153 septets, 5 × 67 units (3GPP TS 23.040). */
const SMS: Budget = { name: 'parts of a text', gsm7: 3, ucs2: 5 }
/** About a minute: characters, and words. */
const SPEECH = { characters: 900, words: 190 } as const
/** Meta, WhatsApp Cloud API. */
const WHATSAPP = {
  text: 4096,
  body: 1024,
  button: 20,
  title: 24,
  description: 72,
  rows: 10,
  buttons: 3,
} as const

/** Something that is longer than it may be, or is not what it should be. */
export type Fault = {
  readonly budget: string
  readonly text: string
  readonly length: number
  readonly most: number
}

const over = (budget: string, text: string, length: number, most: number): Fault[] =>
  length > most ? [{ budget, text, length, most }] : []
const onScreen = (screen: string, { name, ...room }: Budget): Fault[] => {
  const { alphabet, length } = measure(screen)
  return over(name, screen, length, room[alphabet])
}

/** The parts that a text takes, held against how many it may. */
export const overParts = (text: string, { name, ...room }: Budget): Fault[] =>
  over(name, text, parts(text), room[measure(text).alphabet])

/** What nobody may be sent: controls but ends of lines, and what turns the direction of writing but of a number. */
const unseen = (text: string): Fault[] =>
  [/[^\n\P{Cc}]/u, /(?!\u200e[+*\d])\p{Bidi_C}/u].flatMap((harmful) =>
    harmful.test(text) ? [{ budget: `no ${harmful.source}`, text, length: 1, most: 0 }] : [],
  )

/** A line that somebody's name began: where pages end in the middle of it they may begin with anything. */
export const forged = (said: string): Fault[] =>
  /\n(?:77 FORGED|END y|CON)/u.test(said)
    ? [{ budget: 'lines of our own', text: said, length: 1, most: 0 }]
    : []

const words = z.object({ text: z.string() })
const row = z.object({ title: z.string(), description: z.string().optional() })
/** A message as it is, however long. */
const sent = z.object({
  text: z.object({ body: z.string() }).optional(),
  interactive: z
    .object({
      body: words,
      action: z.object({
        button: z.string().optional(),
        buttons: z.array(z.object({ reply: z.object({ title: z.string() }) })).optional(),
        sections: z.array(z.object({ rows: z.array(row) })).optional(),
      }),
    })
    .optional(),
})

function whatsapp(drawn: string): Fault[] {
  const message = sent.parse(JSON.parse(drawn))
  const { body, action } = message.interactive ?? {}
  const titles = action?.buttons?.map(({ reply }) => reply.title) ?? []
  const rows = action?.sections?.flatMap((section) => section.rows) ?? []
  const shown = message.text?.body ?? body?.text ?? ''
  const faults = [
    ...over(
      message.text ? 'text' : 'body',
      shown,
      shown.length,
      message.text ? WHATSAPP.text : WHATSAPP.body,
    ),
    ...over('buttons', titles.join(', '), titles.length, WHATSAPP.buttons),
    ...[...titles, action?.button ?? ''].flatMap((title) =>
      over('button', title, title.length, WHATSAPP.button),
    ),
    ...over('rows', shown, rows.length, WHATSAPP.rows),
    ...rows.flatMap(({ title, description = '' }) => [
      ...over('title of a row', title, title.length, WHATSAPP.title),
      ...over('description of a row', description, description.length, WHATSAPP.description),
    ]),
    ...[shown, ...titles, ...rows.flatMap(({ title, description = '' }) => [title, description])].flatMap(
      unseen,
    ),
  ]
  // The stand-in has read the provider's limits for itself.
  if (faults.length === 0) readOutbound(JSON.parse(drawn))
  return faults
}

const voice = (drawn: string): Fault[] => {
  const root = parseXml(drawn)
  const said = root.children.flatMap((action) => (action.name === 'Say' ? [action] : action.children))
  const isSpeech = root.name === 'Response' && said.length > 0 && said.every(({ name }) => name === 'Say')
  return [
    ...(isSpeech ? [] : [{ budget: 'speech', text: drawn, length: 1, most: 0 }]),
    ...said.flatMap(({ text }) => [
      ...over('characters spoken', text, text.length, SPEECH.characters),
      ...over('words spoken', text, text.split(/\s+/).length, SPEECH.words),
      ...unseen(text),
    ]),
  ]
}

/** What a drawn screen has too much of, on any network that may show it. @param isFirst of a session */
export function faultsOf(channel: ChannelName, drawn: string, isFirst: boolean): Fault[] {
  switch (channel) {
    case 'ussd': {
      const isScreen = /^(?:CON|END) \S/u.test(drawn)
      return [
        ...[...(isFirst ? [FIRST_SCREEN] : []), ...SCREENS].flatMap((budget) =>
          onScreen(budget.name.startsWith('ours') ? drawn : drawn.slice('CON '.length), budget),
        ),
        ...(isScreen ? [] : [{ budget: 'CON or END', text: drawn, length: 1, most: 0 }]),
        ...unseen(drawn),
      ]
    }
    case 'sms':
      return [...overParts(drawn, SMS), ...unseen(drawn)]
    case 'whatsapp':
      return whatsapp(drawn)
    case 'voice':
      return voice(drawn)
    case 'rest':
      return typeof JSON.parse(drawn).prompt.say === 'string'
        ? []
        : [{ budget: 'JSON', text: drawn, length: 1, most: 0 }]
  }
}
