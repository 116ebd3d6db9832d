import { readMessage, tapsOf } from '../../src/channels/whatsapp/message.ts'
import { keyOf } from '../../src/channels/whatsapp/tap.ts'
import { onAir } from '../../src/core/talk/air.ts'
import type { ChannelName } from '../../src/core/talk/channel.ts'
import { optionsOf } from '../../src/core/talk/paginate.ts'
import type { Input, Option, View } from '../../src/core/talk/prompt.ts'
import { CODECS } from './views.ts'

/** What a page as it was drawn lets one do for an option; nothing when the option is not on this page. */
export type Press = (view: View, drawn: string, option: Option) => readonly Input[]

const text = (typed: string): Input => ({ kind: 'text', text: typed })
const escaped = (label: string): string => label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The numbers that stand before a label on a screen of lines. */
const numbered = (drawn: string, label: string): Input[] =>
  [...drawn.matchAll(new RegExp(`^(?:CON |END )?(\\d{1,2}) ${escaped(label)}(?: · .*)?$`, 'gm'))].map(
    ([, number]) => text(number ?? ''),
  )

const lines: Press = (_, drawn, { label }) => {
  const found = numbered(drawn, label)
  return found.length > 0 ? found : numbered(drawn, onAir(label))
}

/** Taps, and what may be keyed instead of them; where nothing can be tapped, numbers. */
const chat: Press = (_, drawn, { label }) => {
  const message = readMessage(drawn)
  if (!message) throw new Error(`not a message: ${drawn}`)
  const taps = tapsOf(message).filter(
    ({ id, title, description }) =>
      id.startsWith('v:') &&
      (title === label || (/^\d+$/.test(title) && description?.split(' · ')[0] === label)),
  )
  if (message.type === 'text') return numbered(message.text.body, label)
  return taps.flatMap(({ id }) => [{ kind: 'pick', value: id }, text(keyOf(id) ?? '')])
}

const unescaped = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** The key that the voice names for a label, with or without the `#` that ends a number. */
const keyed: Press = ({ chrome }, drawn, option) => {
  const spoken = unescaped(drawn)
  const label = option.label.replaceAll(' -> ', ', ')
  return ['1', '2', '3', '4', '5', '6', '7', '8']
    .filter((key) => [key, `${key} #`].some((said) => spoken.includes(chrome.press(inPairs(label), said))))
    .map(text)
}

/** Programs send the value they were given. */
const listed: Press = (_, drawn, { label }) => {
  const { prompt }: { prompt: { options?: Option[] } } = JSON.parse(drawn)
  return (prompt.options ?? [])
    .filter((option) => option.label === label)
    .map(({ value }) => ({ kind: 'pick', value }))
}

const PRESS: Readonly<Record<ChannelName, Press>> = {
  ussd: lines,
  sms: lines,
  whatsapp: chat,
  voice: keyed,
  rest: listed,
}

/** Every option with what one presses, types or taps for it on each page that shows it, and what that decodes to. */
export function presses(channel: ChannelName, pages: readonly View[]) {
  const { codec } = CODECS[channel]
  const drawn = pages.map((page) => codec.encode(page))
  return optionsOf(pages[0]?.prompt ?? { kind: 'ask', id: '', say: '', expects: 'text' }).map((option) => ({
    option,
    pressed: pages.flatMap((page, n) =>
      PRESS[channel](page, drawn[n] ?? '', option).map((input) => ({
        page: page.page,
        input,
        reply: codec.decode(page, input),
      })),
    ),
  }))
}

/** As a voice reads codes. */
const inPairs = (text: string): string =>
  text.replace(/(?<![\d.,])\d{4,}(?![.,]?\d)/g, (code) => code.replace(/\d\d(?=\d)/g, '$& '))
