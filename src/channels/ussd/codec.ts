import { fitsIn, measure, onAir, type Room } from '../../core/talk/air.ts'
import { type Page, paginate } from '../../core/talk/paginate.ts'
import type { Codec, Reply, View } from '../../core/talk/prompt.ts'
import { clean, KEYS, pinValue, readPick, readTyped } from '../../core/talk/reading.ts'

/**
 * What every network shows whole: menu characters on Safaricom (Africa's Talking), and 160 octets of UCS-2 (3GPP TS
 * 24.090). What a gateway wants in front is counted in it.
 */
export const SCREEN: Room = { gsm7: 160, ucs2: 80 }
/** Some networks write so many characters above the first screen of a session, in the alphabet of the rest. */
const ABOVE_FIRST = 20
/** Where a choice leads back nowhere a session has just begun. */
export const FIRST_SCREEN: Room = { gsm7: SCREEN.gsm7 - ABOVE_FIRST, ucs2: SCREEN.ucs2 - ABOVE_FIRST }
const PREFIX = 'CON '

/** Screens of a gateway that wants `CON ` or `END ` in front (Africa's Talking and its kin). */
export const ussdCodec: Codec = {
  encode(view) {
    const all = pages(view)
    const page = all[view.page] ?? all[0]
    if (!page) return 'END '
    const hasMore = page !== all.at(-1)
    return `${isOpen(view, hasMore) ? 'CON' : 'END'} ${draw(view, page, hasMore)}`
  },
  decode(view, input): Reply {
    if (input.kind === 'pick') return readPick(view, input.value)
    if (input.kind === 'pin') return { kind: 'answer', value: pinValue(input.lat, input.lng) }
    if (input.kind === 'start') return { kind: 'home' }
    // A number that no screen showed chooses nothing: keyed once more after the end, `1` would mean "cancel".
    return readTyped(
      isNumber(input.text) ? withoutOffers(view) : view,
      input.text,
      () => view.page < pages(view).length - 1,
    )
  },
}

const isNumber = (text: string): boolean => /^\d+[.)]?$/.test(clean(text))

/** A `tell` closes the session: what comes later comes by SMS, nobody polls. */
const isOpen = (view: View, hasMore: boolean): boolean => view.prompt.kind !== 'tell' || hasMore

const pages = (view: View): Page[] =>
  paginate(
    withoutOffers(view),
    {
      holds: (text) => fitsIn(PREFIX + text, isFirst(view) ? FIRST_SCREEN : SCREEN),
      maxOptions: 9,
    },
    (page, hasMore) => draw(view, page, hasMore),
  )

const isFirst = ({ prompt, canGoBack }: View): boolean => prompt.kind === 'choose' && !canGoBack

const withoutOffers = (view: View): View =>
  view.prompt.kind === 'tell'
    ? { ...view, prompt: { kind: 'tell', id: view.prompt.id, say: view.prompt.say, next: view.prompt.next } }
    : view

/** Below names in Latin letters two words of another script would halve the screen. */
const costsAlphabet = (text: string, word: string): boolean =>
  measure(text).alphabet === 'gsm7' && measure(word).alphabet !== 'gsm7'

function draw(view: View, page: Page, hasMore: boolean): string {
  const closed = view.prompt.kind === 'tell' && !hasMore
  const text = onAir(
    [
      ...(view.error && page.say !== '' ? [view.error] : []),
      ...(page.say === '' ? [] : [page.say]),
      ...page.options.map((option, index) => `${page.firstNumber + index} ${option.label}`),
    ].join('\n'),
  )
  const ways = [
    ...(hasMore ? [[KEYS.more, view.chrome.more, '>'] as const] : []),
    ...(view.canGoBack && !closed ? [[KEYS.back, view.chrome.back, '<'] as const] : []),
  ].map(([key, word, sign]) => `${key} ${costsAlphabet(text, word) ? sign : word}`)
  return onAir([text, ...ways].join('\n'))
}
