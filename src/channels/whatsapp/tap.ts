import { optionsOf } from '../../core/talk/paginate.ts'
import type { Option, Prompt } from '../../core/talk/prompt.ts'
import { KEYS } from '../../core/talk/reading.ts'
import { LIMIT, type Tap } from './message.ts'

/** Ids of the rows that turn the page and go back. */
export const NAV = { more: 'nav:more', back: 'nav:back' } as const

const TAP = /^v:(\d{1,4}):/

// The question's id is in it because old messages stay on the screen: a `yes` tapped below yesterday's
// question must not answer today's. The number is in it for clients that can only draw numbered text.
const tapId = (prompt: Prompt, number: number, value: string): string => `v:${number}:${prompt.id}:${value}`

/** Whether an id that came back is one of those we hand out. */
export const isTapId = (id: string): boolean => id === NAV.more || id === NAV.back || TAP.test(id)

/** What is typed instead of tapping it. */
export function keyOf(id: string): string | undefined {
  if (id === NAV.more) return KEYS.more
  if (id === NAV.back) return KEYS.back
  return TAP.exec(id)?.[1]
}

/** The option of this prompt that was tapped; undefined when the tap belongs to another question. */
export function tappedOption(prompt: Prompt, id: string): Option | undefined {
  const number = Number(TAP.exec(id)?.[1])
  const option = optionsOf(prompt)[number - 1]
  return option && tapId(prompt, number, option.value) === id ? option : undefined
}

/**
 * An option as a row. A label too long for a title goes whole into the description, its number above it.
 * Undefined when it fits in neither: the prompt is then drawn as numbered text.
 */
export function tapFor(prompt: Prompt, number: number, { value, label, detail }: Option): Tap | undefined {
  const id = tapId(prompt, number, value)
  if (id.length > LIMIT.id) return undefined
  // A title that is the number means that the label is below it, so such a label goes there too.
  const isShort = fitsLine(label, LIMIT.rowTitle) && label !== String(number)
  const description = isShort ? detail : detail ? `${label} · ${detail}` : label
  const title = isShort ? label : String(number)
  if (!description) return { id, title }
  return fitsLine(description, LIMIT.description) ? { id, title, description } : undefined
}

/** Whether a text can stand on one line of that many characters. */
export const fitsLine = (text: string, max: number): boolean =>
  text.trim() !== '' && text.length <= max && !/[\n\r\t]/.test(text)
