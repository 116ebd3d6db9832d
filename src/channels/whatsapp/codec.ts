import { fromTheLeft } from '../../core/talk/air.ts'
import { optionsOf, type Page, paginate } from '../../core/talk/paginate.ts'
import type { Codec, Option, Reply, View } from '../../core/talk/prompt.ts'
import { fold, KEYS, pinValue, readPick, readTyped, takesText } from '../../core/talk/reading.ts'
import {
  bodyOf,
  buttonMessage,
  LIMIT,
  listMessage,
  locationRequest,
  type Message,
  type Tap,
  templateMessage,
  textMessage,
} from './message.ts'
import { fitsLine, isTapId, NAV, tapFor, tappedOption } from './tap.ts'

/** Options on one page of numbered text. */
const NUMBERED_OPTIONS = 20

/**
 * WhatsApp messages as JSON, in the Cloud API's own form: buttons for three short options, a list for up to
 * ten rows (with More and Back among them), a request for a pin, or numbered text where a label is too long
 * to be tapped. Whatever is tapped may also be typed.
 */
export const whatsappCodec: Codec = {
  encode(view) {
    const all = pages(view)
    const page = all[view.page] ?? all[0] ?? { say: view.prompt.say, options: [], firstNumber: 1 }
    return JSON.stringify(draw(view, page, page !== all.at(-1)))
  },
  decode(view, input): Reply {
    if (input.kind === 'start') return { kind: 'home' }
    if (input.kind === 'pin')
      return takesText(view) ? { kind: 'answer', value: pinValue(input.lat, input.lng) } : { kind: 'unclear' }
    const hasMore = () => view.page < pages(view).length - 1
    return input.kind === 'pick' ? readTap(view, input.value, hasMore) : readWords(view, input.text, hasMore)
  },
}

/**
 * What may be sent to somebody who has not written for a day: a template with the whole of the first page in it, to be
 * answered by typing. Undefined where there is no template, or it does not fit.
 * Source: Meta, WhatsApp Cloud API, "Message templates": a parameter has no line breaks.
 */
export function outside(view: View, template: string | undefined): string | undefined {
  const page = { say: view.prompt.say, options: optionsOf(view.prompt), firstNumber: 1 }
  const lines = numbered({ ...view, canGoBack: false }, page, false).split('\n')
  const text = lines.map((line) => line.trim()).join(' | ')
  if (template === undefined || text.length > LIMIT.body) return undefined
  return JSON.stringify(templateMessage(template, view.language, text))
}

function readTap(view: View, id: string, hasMore: () => boolean): Reply {
  if (id === NAV.more) return hasMore() ? { kind: 'more' } : { kind: 'unclear' }
  if (id === NAV.back) return view.canGoBack ? { kind: 'back' } : { kind: 'unclear' }
  const option = tappedOption(view.prompt, id)
  if (option) return { kind: 'answer', value: option.value }
  return isTapId(id) ? { kind: 'unclear' } : readPick(view, id)
}

/** As on every keypad, and the words on the More and Back rows besides, unless an option has that name. */
function readWords(view: View, text: string, hasMore: () => boolean): Reply {
  const word = fold(text)
  const isOption = optionsOf(view.prompt).some(({ label }) => fold(label) === word)
  if (!isOption && word === fold(view.chrome.more) && hasMore()) return { kind: 'more' }
  if (!isOption && view.canGoBack && word === fold(view.chrome.back)) return { kind: 'back' }
  return readTyped(view, text, hasMore)
}

function pages(view: View): Page[] {
  const tapped = isTapped(view)
  const drawn = view.prompt.kind === 'tell' ? { ...view, prompt: { ...view.prompt, options: [] } } : view
  const most = tapped ? LIMIT.body : LIMIT.text
  const budget = {
    holds: (text: string) => text.length <= most,
    maxOptions: tapped ? roomInList(view) : NUMBERED_OPTIONS,
  }
  return paginate(drawn, budget, (page, hasMore) => bodyOf(draw(view, page, hasMore)))
}

function roomInList(view: View): number {
  const rows = LIMIT.rows - (view.canGoBack ? 1 : 0)
  return optionsOf(view.prompt).length <= rows ? rows : rows - 1
}

/** Whether a prompt has anything to tap and all of it can be written on buttons or rows, uncut. */
function isTapped({ prompt, canGoBack, chrome }: View): boolean {
  if (prompt.kind === 'tell') return false
  const words = [chrome.choose, chrome.more, chrome.back]
  if (!words.every((word) => fitsLine(word, LIMIT.buttonTitle))) return false
  if (prompt.kind === 'ask') return canGoBack || prompt.expects === 'place'
  return prompt.options.every((option, index) => tapFor(prompt, index + 1, option) !== undefined)
}

function draw(view: View, page: Page, hasMore: boolean): Message {
  if (!isTapped(view)) return textMessage(numbered(view, page, hasMore))
  const { prompt, chrome, canGoBack } = view
  const says = lines(view, page, hasMore)
  const backLine = canGoBack ? [`${KEYS.back} ${chrome.back}`] : []
  if (prompt.kind === 'ask' && prompt.expects === 'place' && !hasMore)
    return locationRequest([...says, ...backLine].join('\n'))
  const taps = [
    ...page.options.flatMap((option, index) => tapFor(prompt, page.firstNumber + index, option) ?? []),
    ...(hasMore ? [{ id: NAV.more, title: chrome.more }] : []),
  ]
  const all = [...taps, ...(canGoBack ? [{ id: NAV.back, title: chrome.back }] : [])]
  if (all.length === 0) return textMessage(says.join('\n'))
  if (!areButtons(taps)) return listMessage(says.join('\n'), chrome.choose, all)
  return all.length <= LIMIT.buttons
    ? buttonMessage(says.join('\n'), all)
    : buttonMessage([...says, ...backLine].join('\n'), taps)
}

const areButtons = (taps: readonly Tap[]): boolean =>
  taps.length <= LIMIT.buttons &&
  taps.every(({ title, description }) => !description && title.length <= LIMIT.buttonTitle) &&
  new Set(taps.map(({ title }) => title)).size === taps.length

function numbered(view: View, page: Page, hasMore: boolean): string {
  const { chrome, prompt } = view
  return [
    ...lines(view, page, hasMore),
    ...page.options.map((option, index) => `${page.firstNumber + index} ${described(option)}`),
    ...(hasMore ? [`${KEYS.more} ${chrome.more}`] : []),
    ...(view.canGoBack && prompt.kind !== 'tell' ? [`${KEYS.back} ${chrome.back}`] : []),
  ].join('\n')
}

const described = ({ label, detail }: Option): string => (detail ? `${label} · ${detail}` : label)

/** What is said above the options; never nothing, an empty body is refused. */
function lines({ prompt, error, chrome }: View, page: Page, hasMore: boolean): string[] {
  const expects = prompt.kind === 'ask' ? prompt.expects : prompt.kind === 'choose' ? prompt.other : undefined
  const said = [error ?? '', page.say, expects === 'place' && !hasMore ? chrome.sendPin : '']
  const kept = said.filter((line) => line.trim() !== '').map(fromTheLeft)
  return kept.length > 0 ? kept : [chrome.choose]
}
