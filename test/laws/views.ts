import { restCodec } from '../../src/channels/rest/codec.ts'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { ussdCodec } from '../../src/channels/ussd/codec.ts'
import { VOICE_KEYS, voiceCodec } from '../../src/channels/voice/codec.ts'
import { whatsappCodec } from '../../src/channels/whatsapp/codec.ts'
import type { Flow, Role, Snapshot } from '../../src/core/run/flow.ts'
import type { ChannelName } from '../../src/core/talk/channel.ts'
import { newConversation } from '../../src/core/talk/conversation.ts'
import type { Codec, View } from '../../src/core/talk/prompt.ts'
import { KEYS } from '../../src/core/talk/reading.ts'
import { shownTo, telling, viewOf } from '../../src/core/talk/view.ts'
import { flows } from '../../src/flows/index.ts'
import { createScript } from '../../src/flows/menu.ts'
import { en } from '../../src/flows/words/en.ts'
import { isWordKey, type Language, render, type WordKey } from '../../src/flows/words/index.ts'
import { type Data, slotsOf, TYPICAL } from './data.ts'
import { walks } from './walk.ts'

/** Every channel's way to draw and read, and the key that turns its page. */
export const CODECS: Readonly<Record<ChannelName, { readonly codec: Codec; readonly more: string }>> = {
  ussd: { codec: ussdCodec, more: KEYS.more },
  sms: { codec: smsCodec, more: KEYS.more },
  whatsapp: { codec: whatsappCodec, more: KEYS.more },
  voice: { codec: voiceCodec, more: VOICE_KEYS.more },
  rest: { codec: restCodec, more: KEYS.more },
}

export const script = createScript('*384*77#', 'en')

/** Whose screen a machine's is. */
export const VIEWER: Readonly<Record<Flow['name'], Role>> = {
  booking: 'traveller',
  payment: 'traveller',
  tracking: 'driver',
  payout: 'traveller',
  escrow: 'traveller',
  invoice: 'traveller',
}

/** What a person may see of a snapshot in one language: at first, come back to, and after a wrong answer. */
export function viewsOf(flow: Flow, snapshot: Snapshot, language: Language): View[] {
  const id = 'in_1'
  const role = VIEWER[flow.name]
  const instance = {
    ...snapshot,
    flow: flow.name,
    id,
    version: flow.version,
    seq: 1,
    root: id,
    owner: TYPICAL.owner,
    code: TYPICAL.code,
    deadlineAt: null,
  }
  return [false, true].flatMap((reopened) =>
    [null, script.unclear(language)].map((error) => {
      const focus = { kind: 'talk', about: { flow: flow.name, id }, role, reopened } as const
      const conversation = { ...newConversation(TYPICAL.owner, 'ussd', language, 0), focus }
      return viewOf(shownTo(conversation, instance, role === 'driver', error, { flows, script }), script)
    }),
  )
}

/** Screens that belong to no machine: the menus, the question whether to go on, and every text alone. */
export function otherViews(data: Data, price: string, language: Language): View[] {
  const args = slotsOf(data, price)
  const open = (prompt: View['prompt'], error: string | null): View => ({
    ...viewOf(telling(prompt, language), script),
    error,
  })
  const questions = [
    script.menu(language, false),
    script.menu(language, true),
    script.resume(args.summary ?? '', language),
  ]
  return [
    ...questions.flatMap((prompt) => [open(prompt, null), open(prompt, script.unclear(language))]),
    ...WORD_KEYS.map((key) =>
      open({ kind: 'tell', id: key, say: render({ key, args }, language), next: 'end' }, null),
    ),
  ]
}

/** Screens larger than any of ours, with everything that a mark-up or an alphabet may trip over. */
export function hugeViews(language: Language): View[] {
  const options = Array.from({ length: 30 }, (_, n) => ({
    value: `v${n}`,
    label: `${n % 2 ? '<Rwanda & "Co">' : "Côte d'Ivoire {€}"} ${n}`,
    detail: n % 3 ? 'Nyarugenge' : 'x'.repeat(60),
  }))
  const say = 'Ngwino & <urebe> "ibi" €uro {byose}. '.repeat(30).trim()
  const view = (prompt: View['prompt']): View => ({
    ...viewOf(telling(prompt, language), script),
    error: script.unclear(language),
    canGoBack: true,
  })
  return [
    view({ kind: 'choose', id: 'many', say: 'Which one?', options }),
    view({ kind: 'choose', id: 'long', say, options: options.slice(0, 2), other: 'place' }),
    view({ kind: 'ask', id: 'open', say, expects: 'place' }),
    view({ kind: 'tell', id: 'told', say, next: 'end' }),
  ]
}

export const WORD_KEYS: readonly WordKey[] = Object.keys(en).filter(isWordKey)

/** More pages than any screen of ours has. */
const MAX_PAGES = 20

/** The view page by page, as somebody sees it who turns pages to the end. */
export function pagesOf(channel: ChannelName, view: View): View[] {
  const { codec, more } = CODECS[channel]
  const pages = [view]
  for (let page = view; codec.decode(page, { kind: 'text', text: more }).kind === 'more'; ) {
    page = { ...page, page: page.page + 1 }
    pages.push(page)
    if (pages.length > MAX_PAGES) throw new Error(`${view.prompt.id} has no end on ${channel}`)
  }
  return pages
}

/** One screen, to be drawn in any language; the same views in the same order in each. */
export type Screen = { readonly name: string; readonly in: (language: Language) => View[] }

/** The different screens of a machine: situations that look the same are looked at once. */
export function screensOf(flow: Flow, data: Data): Screen[] {
  const seen = new Map<string, Screen>()
  for (const { end } of walks(flow.name, data)) {
    const views = viewsOf(flow, end, 'en').map(({ prompt, error, canGoBack }) => [prompt, error, canGoBack])
    const looks = JSON.stringify(views)
    const screen = {
      name: `${flow.name} ${end.state} ${seen.size}`,
      in: (language: Language) => viewsOf(flow, end, language),
    }
    if (!seen.has(looks)) seen.set(looks, screen)
  }
  return [...seen.values()]
}
