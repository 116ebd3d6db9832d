import { optionsOf, type Page, paginate } from '../../core/talk/paginate.ts'
import type { Codec, Reply, View } from '../../core/talk/prompt.ts'
import { clean, KEYS, pinValue, readPick, readTyped, takesText } from '../../core/talk/reading.ts'
import { type Clips, NO_CLIPS, sounds } from './clips.ts'
import { type Dialect, response } from './xml.ts'

/** Keys of the page being read aloud; 1 to 8 are its options. */
export const VOICE_KEYS = { more: '9', back: '0', repeat: '*', finish: '#' } as const
const MAX_OPTIONS = 8

/** About a minute of speech: nobody remembers the beginning of more. */
export const MAX_SPOKEN_CHARACTERS = 900

/** Time to press one key, and to key a whole number (Africa's Talking's own default). */
const KEY_TIMEOUT_SECONDS = 20
const NUMBER_TIMEOUT_SECONDS = 30

/**
 * A call that reads a page aloud and collects keys: one key for a choice, a number ended by `#` where something
 * else may be keyed. A keypad has digits only, so a place is keyed as its stage code.
 * `*`, or nothing before the `#`, asks for the same page again. No reply means just that: it decodes to
 * `unclear`, which stays on the page; the transport repeats the very bytes instead, without any reproach.
 */
export const voiceCodec = (dialect: Dialect, clips: Clips = NO_CLIPS): Codec => ({
  encode(view) {
    const all = pages(view)
    const page = all[view.page] ?? all[0]
    if (!page) return response(dialect)
    const hasMore = page !== all.at(-1)
    const heard = sounds(sentences(view, page, hasMore), view.language, clips, dialect.maxSounds)
    if (view.prompt.kind === 'tell' && !hasMore) return response(dialect, ...heard)
    const notHeard = sounds([sentence(view.chrome.notHeard)], view.language, clips, 1)
    return response(dialect, { tag: 'GetDigits', sounds: heard, ...collecting(view) }, ...notHeard)
  },
  decode(view, input): Reply {
    if (input.kind === 'pick') return readPick(view, input.value)
    if (input.kind === 'pin') return { kind: 'answer', value: pinValue(input.lat, input.lng) }
    if (input.kind === 'start') return { kind: 'home' }
    return readKeys(view, clean(input.text).replace(/#$/, ''))
  },
})

function readKeys(view: View, keyed: string): Reply {
  if (keyed === '' || keyed === VOICE_KEYS.repeat) return { kind: 'unclear' }
  const all = pages(view)
  const hasMore = view.page < all.length - 1
  if (keyed === VOICE_KEYS.back && view.canGoBack) return { kind: 'back' }
  if (keyed === VOICE_KEYS.more && hasMore) return { kind: 'more' }
  const shown = view.prompt.kind === 'tell' ? optionsOf(view.prompt) : (all[view.page] ?? all[0])?.options
  const option = /^[1-8]$/.test(keyed) ? shown?.[Number(keyed) - 1] : undefined
  if (option) return { kind: 'answer', value: option.value }
  if (keyed === KEYS.home || !/^\d+$/.test(keyed)) return readTyped(view, keyed)
  const isCode = view.prompt.kind === 'ask' || keyed.length > 1
  return takesText(view) && isCode ? readTyped(bare(view), keyed) : { kind: 'unclear' }
}

/** The same question without its options: the numbers of other pages mean nothing on this one. */
const bare = (view: View): View =>
  view.prompt.kind === 'choose' ? { ...view, prompt: { ...view.prompt, options: [] } } : view

const collecting = (view: View) =>
  takesText(view)
    ? { timeoutSeconds: NUMBER_TIMEOUT_SECONDS, isOneKey: false }
    : { timeoutSeconds: KEY_TIMEOUT_SECONDS, isOneKey: true }

const pages = (view: View): Page[] =>
  paginate(
    withoutOffers(view),
    { holds: (text) => text.length <= MAX_SPOKEN_CHARACTERS, maxOptions: MAX_OPTIONS },
    (page, hasMore) => sentences(view, page, hasMore).join(' '),
  )

/** What a caller hears of a page, sentence by sentence: what each recording may hold. */
export function spoken(view: View): readonly string[] {
  const all = pages(view)
  const page = all[view.page] ?? all[0]
  if (!page) return []
  const isOver = view.prompt.kind === 'tell' && page === all.at(-1)
  return [...sentences(view, page, page !== all.at(-1)), ...(isOver ? [] : [sentence(view.chrome.notHeard)])]
}

const withoutOffers = (view: View): View =>
  view.prompt.kind === 'tell'
    ? { ...view, prompt: { kind: 'tell', id: view.prompt.id, say: view.prompt.say, next: view.prompt.next } }
    : view

/** What a page says, a sentence each thing: what is the same for everybody stands by itself, and can be recorded. */
function sentences(view: View, page: Page, hasMore: boolean): readonly string[] {
  const { chrome } = view
  const key = (pressed: string) => (takesText(view) ? `${pressed} ${VOICE_KEYS.finish}` : pressed)
  const closed = view.prompt.kind === 'tell' && !hasMore
  return [
    ...(view.error && page.say !== '' ? [view.error] : []),
    ...(page.say === '' ? [] : [page.say]),
    ...page.options.map((option, index) => chrome.press(option.label, key(String(index + 1)))),
    ...(hasMore ? [chrome.press(chrome.more, key(VOICE_KEYS.more))] : []),
    ...(view.canGoBack && !closed ? [chrome.press(chrome.back, key(VOICE_KEYS.back))] : []),
  ].map(sentence)
}

/** As it is to be read: on one line, an arrow as a pause, codes in pairs of digits (`4821` → `48 21`), a full stop at the end. */
function sentence(text: string): string {
  const line = text.replaceAll(' -> ', ', ').replace(/\s+/g, ' ').trim()
  const paired = line.replace(/(?<![\d.,])\d{4,}(?![.,]?\d)/g, (code) => code.replace(/\d\d(?=\d)/g, '$& '))
  return /[.?!:؟۔]$/.test(paired) ? paired : `${paired}.`
}
