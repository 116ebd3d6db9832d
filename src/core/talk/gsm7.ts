// 3GPP TS 23.038 §6.2.1: the default alphabet, and the extension table whose characters cost two septets.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENSION = '^{}\\[~]|€\f'

/** Septets by UTF-16 code unit; 0 where the alphabet has no such character. */
const COST = new Uint8Array(0x20ad)
for (const character of BASIC) COST[character.charCodeAt(0)] = 1
for (const character of EXTENSION) COST[character.charCodeAt(0)] = 2

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
  for (let n = 0; n < text.length; n += 1) {
    const cost = COST[text.charCodeAt(n)] ?? 0
    if (cost === 0) return undefined
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
  if (septets(character) !== undefined) return character
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
