// GSM 7-bit default alphabet (3GPP 23.038, 6.2.1) and the characters that take an escape before them.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€\f'
const SCREEN_SEPTETS = 182
const SCREEN_UCS2 = 80

/** How many septets one character takes: 1, 2, or undefined when the alphabet lacks it. */
const septets = (character: string) =>
  BASIC.includes(character) ? 1 : EXTENDED.includes(character) ? 2 : undefined

/** The size of a text on the air: its alphabet and its length in septets or UTF-16 units. */
export function measure(text: string): { alphabet: 'gsm7' | 'ucs2'; length: number } {
  let length = 0
  for (const character of text) {
    const taken = septets(character)
    if (taken === undefined) return { alphabet: 'ucs2', length: text.length }
    length += taken
  }
  return { alphabet: 'gsm7', length }
}

/** How many parts an SMS takes: 160 alone or 153 a part in GSM-7, 70 or 67 in UCS-2. */
export function parts(text: string): number {
  const { alphabet, length } = measure(text)
  const [alone, joined] = alphabet === 'gsm7' ? [160, 153] : [70, 67]
  return length <= alone ? 1 : Math.ceil(length / joined)
}

/** What of a USSD screen fits the network: 182 septets, or 80 UCS-2 characters when one is outside GSM-7. */
export function clip(screen: string): string {
  const { alphabet } = measure(screen)
  if (alphabet === 'ucs2') return screen.slice(0, SCREEN_UCS2)
  let taken = 0
  let shown = ''
  for (const character of screen) {
    taken += septets(character) ?? 0
    if (taken > SCREEN_SEPTETS) break
    shown += character
  }
  return shown
}
