// 3GPP TS 23.038 §6.2.1: the default alphabet, and the extension table whose characters cost two septets.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENSION = '^{}\\[~]|€\f'

const COST = new Map<string, number>([
  ...[...BASIC].map((c) => [c, 1] as const),
  ...[...EXTENSION].map((c) => [c, 2] as const),
])

// What one foreign character would cost is not itself but the whole message: 160 becomes 70.
const INSTEAD = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['…', '...'],
  ['\u00a0', ' '],
  ['\t', ' '],
  ['→', '->'],
  ['•', '*'],
  ['₦', 'NGN '],
  ['₵', 'GHS '],
  ['₹', 'Rs '],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ç', 'c'],
])

/** Septets a text costs on the air; undefined when a character is not in the alphabet. */
export function septets(text: string): number | undefined {
  let sum = 0
  for (const character of text) {
    const cost = COST.get(character)
    if (cost === undefined) return undefined
    sum += cost
  }
  return sum
}

/** The same text in the GSM-7 alphabet: accents that it lacks are dropped, anything else unknown becomes `?`. */
export function toGsm7(text: string): string {
  if (septets(text) !== undefined) return text
  return [...text.normalize('NFC')].map(gsm7Of).join('')
}

function gsm7Of(character: string): string {
  if (COST.has(character)) return character
  const instead = INSTEAD.get(character)
  if (instead !== undefined) return instead
  const bare = character.normalize('NFD').replace(/\p{M}/gu, '')
  if (bare !== character && septets(bare) !== undefined) return bare
  return /\p{M}|\p{Cf}|\p{Cc}/u.test(character) ? '' : '?'
}

/** One line of somebody else's text made harmless inside a screen: no line breaks, no controls, GSM-7 only. */
export const oneLine = (text: string, maxCharacters: number): string =>
  toGsm7(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxCharacters)
