import { createHash } from 'node:crypto'
import type { Sound } from './xml.ts'

/** Where the recording of a text is; undefined where nobody has read it yet. */
export type Clips = (language: string, text: string) => string | undefined

export const NO_CLIPS: Clips = () => undefined

const ID_CHARACTERS = 16

/** The name of a text's recording, without its ending: who changes a word needs a new recording. */
export const clipId = (text: string): string =>
  createHash('sha256').update(text.normalize('NFC')).digest('hex').slice(0, ID_CHARACTERS)

/**
 * A page as what is heard: one recording of it all, else recordings of its sentences with a voice that reads what
 * lies between, as far as the provider takes so many; else the voice reads it all.
 */
export function sounds(
  sentences: readonly string[],
  language: string,
  clips: Clips,
  maxSounds: number,
): readonly Sound[] {
  const whole = sentences.join(' ')
  const url = clips(language, whole)
  if (url !== undefined) return [{ tag: 'Play', url }]
  const parts: Sound[] = []
  for (const text of sentences) {
    const recorded = clips(language, text)
    const last = parts.at(-1)
    if (recorded !== undefined) parts.push({ tag: 'Play', url: recorded })
    else if (last?.tag === 'Say') parts[parts.length - 1] = { ...last, text: `${last.text} ${text}` }
    else parts.push({ tag: 'Say', text, language })
  }
  return parts.length <= maxSounds ? parts : [{ tag: 'Say', text: whole, language }]
}
