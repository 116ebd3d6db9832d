import type { Random } from '../../simulators/random.ts'
import { POISON, TYPED, WORDS } from './samples.ts'

const MOST_TIMES = 400
const MOST_CHANGES = 4

const pick = <T>(random: Random, all: readonly T[]): T => {
  const one = all[random.between(0, all.length - 1)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

/** One change somewhere in a text. */
function changed(text: string, random: Random): string {
  const at = random.between(0, text.length)
  const until = Math.min(text.length, at + random.between(0, 12))
  const between = (middle: string, end = until) => text.slice(0, at) + middle + text.slice(end)
  switch (random.between(0, 6)) {
    case 0:
      return between('')
    case 1:
      return between(pick(random, POISON), at)
    case 2:
      return between(pick(random, POISON))
    case 3:
      return between(String.fromCharCode(random.between(0, 0xffff)))
    case 4:
      return between(pick(random, POISON).repeat(random.between(1, MOST_TIMES)))
    case 5:
      return between(pick(random, TYPED))
    default:
      return text + text.slice(at)
  }
}

/** A text, changed a few times or not at all. */
export function mutated(text: string, random: Random): string {
  let result = text
  for (let n = random.between(0, MOST_CHANGES); n > 0; n -= 1) result = changed(result, random)
  return result
}

/** Words as they stand in a text of that kind. */
function escaped(words: string, sample: string): string {
  if (sample.startsWith('{')) return JSON.stringify(words).slice(1, -1)
  if (sample.startsWith('<')) return words.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return new URLSearchParams({ words }).toString().slice('words='.length)
}

/** What a provider sends of somebody who types anything, changed on the way or not. */
export function sent(sample: string, random: Random): string {
  const words = mutated(pick(random, TYPED), random)
  const whole = sample.replace(WORDS, () => escaped(words, sample))
  return random.between(0, 1) === 0 ? whole : mutated(whole, random)
}

export { pick }
