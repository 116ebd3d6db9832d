import { septets, toGsm7 } from './gsm7.ts'

/** How much of a text goes in at once: septets where all of it is GSM-7, else UTF-16 units (UCS-2). */
export type Room = { readonly gsm7: number; readonly ucs2: number }

/** A text in the alphabet that a network takes it in, and its length there in septets or in UTF-16 units. */
export type Measured = { readonly alphabet: keyof Room; readonly length: number }

/** 3GPP TS 23.038 §6.1.2.2: one character outside the default alphabet makes the whole text UCS-2. */
export function measure(text: string): Measured {
  const length = septets(text)
  return length === undefined ? { alphabet: 'ucs2', length: text.length } : { alphabet: 'gsm7', length }
}

export function fitsIn(text: string, room: Room): boolean {
  const { alphabet, length } = measure(text)
  return length <= room[alphabet]
}

/**
 * A text as it is sent: in GSM-7 where nothing but accents and pictures is lost by it; else as it is, so that no letter
 * of another script becomes a question mark. What cannot be seen is gone from both, but for the ends of lines.
 */
export function onAir(text: string): string {
  if (septets(text) !== undefined) return text
  const plain = toGsm7(text)
  if (!LETTER.test(text) || !losesLetters(text)) return plain
  return fromTheLeft(
    text
      .normalize('NFC')
      .replace(/[\p{Zs}\p{Zl}\p{Zp}\t]/gu, ' ')
      .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, ''),
  )
}

/** Numbers of phones, codes to dial, plates of Algeria and dates: what signs and spaces hold together. */
const HELD_TOGETHER = /(?<![\p{L}\p{N}+*])(?=[+*]\d|\d{4}-\d\d-\d\d(?!\d)|\d{5} \d{3} \d\d(?!\d))/gu
const FIRST_LETTER = /\p{L}/u
const ARABIC = /\p{Script=Arabic}/u
/** Its first letter says where a line begins. */
const isFromTheRight = (line: string): boolean => ARABIC.test(FIRST_LETTER.exec(line)?.[0] ?? '')
const MARK = '\u200e'

/**
 * A text in which such numbers are read from the left, also where its lines run from the right: there `*384#` would be
 * shown as `#384*`, and `+213…` with its plus behind it (Unicode, UAX #9). One unit each.
 */
export const fromTheLeft = (text: string): string =>
  text.split('\n').some(isFromTheRight) ? text.replaceAll(MARK, '').replace(HELD_TOGETHER, MARK) : text

// No letter of these has one of GSM-7 in its place.
const LETTER = /[\p{L}\p{N}]/u
const losesLetters = (text: string): boolean =>
  [...text.normalize('NFC')].some((character) => LETTER.test(character) && toGsm7(character) === '?')

/** Ends of lines and other controls, and what turns the direction of writing (Unicode, Bidi_Control). */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
const TURNS = /\p{Bidi_C}+/gu
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/u

/** Somebody else's text as it may stand inside a line of ours: it neither ends the line nor turns it around. */
export const withinLine = (text: string): string =>
  UNSEEN.test(text) ? text.replace(TURNS, '').replace(CONTROLS, ' ').replace(/ +/g, ' ').trim() : text

/** One line of somebody else's text made harmless inside a screen, as it would be sent. */
export const oneLine = (text: string, maxCharacters: number): string =>
  onAir(withinLine(text)).replace(/\s+/g, ' ').trim().slice(0, maxCharacters)
