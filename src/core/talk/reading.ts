import { optionsOf } from './paginate.ts'
import type { Reply, View } from './prompt.ts'

/** Longest answer anybody may type; the rest of a longer one is not an answer. */
export const MAX_ANSWER_CHARACTERS = 160

/** Keys of a channel's numbered menus. */
export const KEYS = { back: '0', home: '00', more: '98' } as const

/** What was typed, as we compare it: digits of every script made ASCII, invisible characters and edges gone. */
export function clean(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/[\p{Cf}\p{DI}]+/gu, '')
      // What stood on either side of something invisible may be one character.
      .normalize('NFKC')
      .replace(/(?!\d)\p{Nd}/gu, (digit) => String(digitValue(digit)))
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim()
  )
}

// Unicode keeps the ten digits of a script together, nought first (its stability policy, "Numeric_Type=Decimal");
// scripts may follow each other without a gap.
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return (code - first) % 10
}

/** Two words are the same word: case, accents and punctuation do not count. */
export const fold = (text: string): string =>
  clean(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * Reads a typed answer against the view it was typed at: navigation keys, an option's number, its label or a
 * synonym in any language, and free text where the prompt takes it.
 */
export function readTyped(view: View, typed: string, hasMore: boolean): Reply {
  const text = clean(typed)
  if (text === KEYS.home) return { kind: 'home' }
  if (text === KEYS.back && view.canGoBack) return { kind: 'back' }
  if (text === KEYS.more && hasMore) return { kind: 'more' }
  const options = optionsOf(view.prompt)
  const numbered = /^\d{1,2}[.)]?$/.test(text) ? options[Number.parseInt(text, 10) - 1] : undefined
  if (numbered) return { kind: 'answer', value: numbered.value }
  // A name of signs alone, such as `***`, is only itself: folded, nothing is left of it.
  const isSaid = (name: string): boolean => name === text || (fold(name) === fold(text) && fold(text) !== '')
  const named = options.find(({ label, synonyms }) => [label, ...(synonyms ?? [])].some(isSaid))
  if (named) return { kind: 'answer', value: named.value }
  return takesText(view) && text !== '' && text.length <= MAX_ANSWER_CHARACTERS
    ? { kind: 'answer', value: text }
    : { kind: 'unclear' }
}

/** Whether something not on the list may be said. */
export const takesText = ({ prompt }: View): boolean =>
  prompt.kind === 'ask' || (prompt.kind === 'choose' && prompt.other !== undefined)

/** A value that a program sent: one of the options, or free text where the prompt takes it. */
export function readPick(view: View, value: string): Reply {
  if (optionsOf(view.prompt).some((option) => option.value === value)) return { kind: 'answer', value }
  return readTyped(view, value, false)
}

/** How a pin travels as an answer; place fields understand it. */
export const pinValue = (lat: number, lng: number): string => `@${lat.toFixed(5)},${lng.toFixed(5)}`
