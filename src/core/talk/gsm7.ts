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
  ['،', ','],
  ['؛', ';'],
  ['؟', '?'],
  ['۔', '.'],
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

// Where each of them stands in its table. The basic one has, between `Ξ` and `Æ`, the escape that leads to the other.
const ESCAPE = 0x1b
const EXTENSION_CODES = [0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65, 0x0a]
const CODE = new Uint8Array(COST.length)
for (const [index, character] of [...BASIC].entries())
  CODE[character.charCodeAt(0)] = index < ESCAPE ? index : index + 1
for (const [index, character] of [...EXTENSION].entries())
  CODE[character.charCodeAt(0)] = EXTENSION_CODES[index] ?? 0
const charactersOf = (table: string) => new Map([...table].map((one) => [CODE[one.charCodeAt(0)], one]))
const CHARACTERS = charactersOf(BASIC)
const ESCAPED = charactersOf(EXTENSION)

/** A text with each septet in an octet of its own, as SMPP carries it; undefined when it has other characters. */
export function gsm7Octets(text: string): Buffer | undefined {
  const size = septets(text)
  if (size === undefined) return undefined
  const octets = Buffer.allocUnsafe(size)
  let at = 0
  for (let n = 0; n < text.length; n += 1) {
    const unit = text.charCodeAt(n)
    if (COST[unit] === 2) octets[at++] = ESCAPE
    octets[at++] = CODE[unit] ?? 0
  }
  return octets
}

/** Such octets as text. Where the alphabet has nothing, or the octet is no septet, stands a space. */
export function gsm7Text(octets: Uint8Array): string {
  let text = ''
  for (let n = 0; n < octets.length; n += 1) {
    const code = octets[n] ?? 0
    if (code !== ESCAPE) text += CHARACTERS.get(code) ?? ' '
    // An escape before what the extension lacks is to be shown as that in the basic table (§6.2.1.1).
    else if (++n < octets.length) text += ESCAPED.get(octets[n]) ?? CHARACTERS.get(octets[n]) ?? ' '
  }
  return text
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
