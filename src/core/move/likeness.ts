import { namesIn, soundOf } from './sound.ts'

/** What a slip costs, where a letter for another is 1: ears and thumbs slip easily here, hardly at a first letter. */
const COST = { long: 0.4, vowel: 0.8, space: 0.3, swap: 0.9, first: 0.2 } as const
/** How much the letters count, and the sound. */
const WEIGHT = { letters: 0.7, sound: 0.3 } as const
/** The most that a name can be like without being the same. */
const ALMOST = 0.99
/** The best must be this like, and this far ahead of every other, to be taken without asking. */
const SURE = { like: 0.9, ahead: 0.2 } as const

const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aeiouy'.includes(letter)

/** What it costs to leave out, or to add, the letter there. */
function gap(text: string, at: number): number {
  const letter = text[at]
  if (letter === text[at - 1] || letter === text[at + 1]) return COST.long
  if (letter === ' ') return COST.space
  return isVowel(letter) ? COST.vowel : 1
}

function other(a: string, i: number, b: string, j: number): number {
  if (a[i] === b[j]) return 0
  return (isVowel(a[i]) && isVowel(b[j]) ? COST.vowel : 1) + (i === 0 && j === 0 ? COST.first : 0)
}

/**
 * How many slips lie between two spellings: the edit distance with swaps of neighbours (optimal string alignment,
 * Damerau 1964), weighted by what people do.
 */
export function slips(a: string, b: string): number {
  let before: readonly number[] = []
  let last = [0]
  for (let j = 0; j < b.length; j += 1) last.push((last[j] ?? 0) + gap(b, j))
  for (let i = 0; i < a.length; i += 1) {
    const row = [(last[0] ?? 0) + gap(a, i)]
    for (let j = 0; j < b.length; j += 1) {
      const isSwap = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j]
      row[j + 1] = Math.min(
        (last[j] ?? 0) + other(a, i, b, j),
        (last[j + 1] ?? 0) + gap(a, i),
        (row[j] ?? 0) + gap(b, j),
        isSwap ? (before[j - 1] ?? 0) + COST.swap : Number.POSITIVE_INFINITY,
      )
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? 0
}

/**
 * How like names are to what was typed, each 0 (not at all) to 1 (the same, and nothing else is).
 * @param typed folded, as the names are
 */
export function likenessTo(typed: string): (name: string, sound?: string) => number {
  const parts = namesIn(typed).map((part) => ({ part, heard: soundOf(part) }))
  return (name, sound = soundOf(name)) => {
    if (typed === name) return 1
    const likenesses = parts.map(({ part, heard }) => {
      const distance = WEIGHT.letters * slips(part, name) + WEIGHT.sound * slips(heard, sound)
      return 1 - distance / Math.max(part.length, name.length)
    })
    return Math.min(ALMOST, Math.max(0, ...likenesses))
  }
}

/** Whether the first of them, best first, is plainly what was meant. */
export const isSure = ([first = 0, second = 0]: readonly number[]): boolean =>
  (first === 1 && second < 1) || (first >= SURE.like && first - second >= SURE.ahead)
