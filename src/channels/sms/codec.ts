import { fitsIn, measure, onAir, type Room } from '../../core/talk/air.ts'
import { septets } from '../../core/talk/gsm7.ts'
import { type Page, paginate } from '../../core/talk/paginate.ts'
import type { Codec, Reply, View } from '../../core/talk/prompt.ts'
import { KEYS, pinValue, readPick, readTyped } from '../../core/talk/reading.ts'

// 3GPP TS 23.040: 140 octets in a message alone, six fewer in each part of a longer one.
const ALONE: Room = { gsm7: 160, ucs2: 70 }
const PART: Room = { gsm7: 153, ucs2: 67 }

/** Beyond this a message is paged: another part costs less than another answer, but not without end. */
export const MAX_SEGMENTS: Room = { gsm7: 3, ucs2: 5 }
const MAX_OPTIONS = 9

/** A message body: the question, its numbered options, and the ways on and back. */
export const smsCodec: Codec = {
  encode(view) {
    const all = pages(view)
    const page = all[view.page] ?? all[0]
    return page ? draw(view, page, page !== all.at(-1)) : ''
  },
  decode(view, input): Reply {
    if (input.kind === 'pick') return readPick(view, input.value)
    if (input.kind === 'pin') return { kind: 'answer', value: pinValue(input.lat, input.lng) }
    if (input.kind === 'start') return { kind: 'home' }
    return readTyped(view, input.text, () => view.page < pages(view).length - 1)
  },
}

/** How many messages a text is on the air; a character of two septets or units is not split between two of them. */
export function segments(text: string): number {
  if (fitsIn(text, ALONE)) return 1
  const { alphabet } = measure(text)
  let parts = 1
  let used = 0
  for (const character of text) {
    const cost = alphabet === 'gsm7' ? (septets(character) ?? 0) : character.length
    if (used + cost > PART[alphabet]) {
      parts += 1
      used = 0
    }
    used += cost
  }
  return parts
}

const holds = (text: string): boolean => segments(text) <= MAX_SEGMENTS[measure(text).alphabet]

const pages = (view: View): Page[] =>
  paginate(withoutOffers(view), { holds, maxOptions: MAX_OPTIONS }, (page, hasMore) =>
    draw(view, page, hasMore),
  )

const withoutOffers = (view: View): View =>
  view.prompt.kind === 'tell'
    ? { ...view, prompt: { kind: 'tell', id: view.prompt.id, say: view.prompt.say, next: view.prompt.next } }
    : view

function draw(view: View, page: Page, hasMore: boolean): string {
  const lines = [
    ...(view.error && page.say !== '' ? [view.error] : []),
    ...(page.say === '' ? [] : [page.say]),
    ...page.options.map((option, index) => `${page.firstNumber + index} ${option.label}`),
    ...(hasMore ? [`${KEYS.more} ${view.chrome.more}`] : []),
  ]
  const body = onAir(lines.join('\n'))
  if (!view.canGoBack || view.prompt.kind === 'tell') return body
  const withBack = onAir([...lines, `${KEYS.back} ${view.chrome.back}`].join('\n'))
  // `0` is understood unsaid; saying it is not worth a second message.
  return segments(withBack) > segments(body) ? body : withBack
}
