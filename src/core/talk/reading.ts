import { optionsOf } from './paginate.ts'
import type { Reply, View } from './prompt.ts'

/** Longest answer anybody may type; the rest of a longer one is not an answer. */
export const MAX_ANSWER_CHARACTERS = 160

/** Five texts in one: nobody means anything by more, and to look at it would take long. */
export const MAX_SAID_CHARACTERS = 765

/** Keys of a channel's numbered menus. */
export const KEYS = { back: '0', home: '00', more: '98' } as const

/** What was typed, as we compare it: digits and commas of every script made ASCII, invisible characters and edges gone. */
export function clean(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/[\p{Cf}\p{DI}]+/gu, '')
      // What stood on either side of something invisible may be one character.
      .normalize('NFKC')
      .replace(/(?!\d)\p{Nd}/gu, (digit) => String(digitValue(digit)))
      .replace(/[٫٬،؛]/g, (sign) => COMMAS[sign] ?? sign)
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim()
  )
}

/** Arabic decimal point, thousands, comma and semicolon. */
const COMMAS: Readonly<Record<string, string>> = { '٫': '.', '٬': ',', '،': ',', '؛': ';' }

// Unicode keeps the ten digits of a script together, nought first (its stability policy, "Numeric_Type=Decimal");
// scripts may follow each other without a gap.
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return (code - first) % 10
}

/** Letters that are one to whoever writes them, and several to keyboards of Arabic, Persian and Urdu. */
const ONE_LETTER: Readonly<Record<string, string>> = {
  ...{ ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه', ۃ: 'ه', ھ: 'ه', ە: 'ه' },
  // Only draws a word out.
  ـ: '',
}

/** Accents and the letters of keyboards do not count. */
export const plainLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ىیکةہۃھەـ]/g, (letter) => ONE_LETTER[letter] ?? letter)
    .toLowerCase()

/** Two words are the same word: case, accents and punctuation do not count. */
export const fold = (text: string): string =>
  plainLetters(clean(text))
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * Reads a typed answer against the view it was typed at: navigation keys, an option's number, its label or a
 * synonym in any language, and free text where the prompt takes it. `hasMore` is asked only by whoever turns the page.
 */
export function readTyped(view: View, typed: string, hasMore = () => false): Reply {
  if (typed.length > MAX_SAID_CHARACTERS) return { kind: 'unclear' }
  const text = clean(typed)
  if (text.length > MAX_ANSWER_CHARACTERS) return { kind: 'unclear' }
  if (text === KEYS.home) return { kind: 'home' }
  if (text === KEYS.back && view.canGoBack) return { kind: 'back' }
  if (text === KEYS.more && hasMore()) return { kind: 'more' }
  const options = optionsOf(view.prompt)
  const numbered = /^\d{1,2}[.)]?$/.test(text) ? options[Number.parseInt(text, 10) - 1] : undefined
  if (numbered) return { kind: 'answer', value: numbered.value }
  // A name of signs alone, such as `***`, is only itself: folded, nothing is left of it.
  const folded = fold(text)
  const isSaid = (name: string): boolean => name === text || (folded !== '' && fold(name) === folded)
  const named = options.find(({ label, synonyms }) => [label, ...(synonyms ?? [])].some(isSaid))
  if (named) return { kind: 'answer', value: named.value }
  return takesText(view) && text !== '' ? { kind: 'answer', value: text } : { kind: 'unclear' }
}

/** Whether something not on the list may be said. */
export const takesText = ({ prompt }: View): boolean =>
  prompt.kind === 'ask' || (prompt.kind === 'choose' && prompt.other !== undefined)

/** A value that a program sent: one of the options, or free text where the prompt takes it. */
export function readPick(view: View, value: string): Reply {
  if (optionsOf(view.prompt).some((option) => option.value === value)) return { kind: 'answer', value }
  return readTyped(view, value)
}

/** How a pin travels as an answer; place fields understand it. */
export const pinValue = (lat: number, lng: number): string => `@${lat.toFixed(5)},${lng.toFixed(5)}`
