import { restCodec } from '../../src/channels/rest/codec.ts'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { ussdCodec } from '../../src/channels/ussd/codec.ts'
import { VOICE_KEYS, voiceCodec } from '../../src/channels/voice/codec.ts'
import { AFRICAS_TALKING } from '../../src/channels/voice/dialects.ts'
import { whatsappCodec } from '../../src/channels/whatsapp/codec.ts'
import type { Usual } from '../../src/core/people/habits.ts'
import { type Flow, ROLES, type Role, type Snapshot } from '../../src/core/run/flow.ts'
import type { Offering } from '../../src/core/sell/loads.ts'
import type { ChannelName } from '../../src/core/talk/channel.ts'
import { newConversation } from '../../src/core/talk/conversation.ts'
import type { Codec, View } from '../../src/core/talk/prompt.ts'
import { KEYS } from '../../src/core/talk/reading.ts'
import { shownTo, telling, viewOf } from '../../src/core/talk/view.ts'
import { flows } from '../../src/flows/index.ts'
import { LINES } from '../../src/flows/lines/index.ts'
import { createScript } from '../../src/flows/menu.ts'
import { en } from '../../src/flows/words/en/index.ts'
import { isWordKey, LANGUAGES, type Language, render, type WordKey } from '../../src/flows/words/index.ts'
import { type Data, slotsOf, TYPICAL } from './data.ts'
import { walks } from './walk.ts'

/** Every channel's way to draw and read, and the key that turns its page. */
export const CODECS: Readonly<Record<ChannelName, { readonly codec: Codec; readonly more: string }>> = {
  ussd: { codec: ussdCodec, more: KEYS.more },
  sms: { codec: smsCodec, more: KEYS.more },
  whatsapp: { codec: whatsappCodec, more: KEYS.more },
  voice: { codec: voiceCodec(AFRICAS_TALKING), more: VOICE_KEYS.more },
  rest: { codec: restCodec, more: KEYS.more },
}

export const script = createScript('*384*77#', 'en')

/** Whose screen a machine's is. */
const VIEWERS: Readonly<Record<Flow['name'], readonly Role[]>> = {
  booking: ['traveller', 'agent'],
  payment: ['traveller'],
  tracking: ['driver'],
  payout: ['traveller'],
  escrow: ['traveller'],
  invoice: ['traveller'],
}

/** What a person may see of a snapshot in one language: at first, come back to, and after a wrong answer. */
export function viewsOf(flow: Flow, snapshot: Snapshot, language: Language): View[] {
  const id = 'in_1'
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
  return looksAt(flow).map(({ role, reopened, isWrong }) => {
    const error = isWrong ? script.unclear(language) : null
    const focus = { kind: 'talk', about: { flow: flow.name, id }, role, reopened } as const
    const conversation = { ...newConversation(TYPICAL.owner, 'ussd', language, 0), focus }
    return viewOf(shownTo(conversation, instance, role, error, { flows, script }), script)
  })
}

/** By whom and when a machine's screen is seen. */
const looksAt = ({ name }: Flow) =>
  VIEWERS[name].flatMap((role) =>
    [false, true].flatMap((reopened) => [false, true].map((isWrong) => ({ role, reopened, isWrong }))),
  )

/** What somebody may have done last, on each line that is booked again: from the first place to the second. */
export const usualOf = ({ places: [from, to], owner, basket }: Data): Usual[] =>
  LINES.map(({ id }) => ({
    lines: [id],
    again: {
      line: id,
      journey: [
        { field: 'from', value: from?.value ?? '', label: from?.label ?? '' },
        { field: 'to', value: to?.value ?? '', label: to?.label ?? '' },
        { field: 'receiver', value: owner, label: owner },
        { field: 'weight', value: '15', label: '15 kg' },
        { field: 'product', value: basket.value, label: basket.label.slice(0, 30) },
      ],
    },
  }))

/** What a carrier's menu shows: as many loads as it may, with the longest names. */
export const loadsOf = ({ places: [from, to] }: Data): Offering[] =>
  [7306, 7314, 7322].map((code) => ({
    code: String(code),
    label: `${code} ${'w'.repeat(20)} 25 t ${from?.label}-${to?.label} 30/11`,
    currency: 'RWF',
  }))

/** The menu as it is longest: with every language. */
export const menuOf = (language: Language, as: Role, usual: Usual | null) =>
  script.menu(language, as, usual, LANGUAGES)

/** Screens that belong to no machine: the menus, the question whether to go on, and every text alone. */
export function otherViews(data: Data, price: string, language: Language): View[] {
  const args = slotsOf(data, price)
  const open = (prompt: View['prompt'], error: string | null): View => ({
    ...viewOf(telling(prompt, language), script),
    error,
  })
  const questions = [
    ...ROLES.map((role) => menuOf(language, role, null)),
    ...usualOf(data).map((usual) => menuOf(language, 'traveller', usual)),
    ...[[], loadsOf(data)].map((loads) => menuOf(language, 'traveller', { lines: [], again: null, loads })),
    ...loadsOf(data).map((load) => script.askBid(load, language)),
    script.counter(null, language),
    script.counter(data.owner, language),
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
const MAX_PAGES = 40

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
