import type { Element } from './xml.ts'

/** Refuses, with a SyntaxError, elements and attributes that a provider's table does not know. */
export const checkAgainst =
  (attributes: Readonly<Record<string, readonly string[]>>) =>
  (element: Element): void => {
    const known = attributes[element.name]
    if (!known) throw new SyntaxError(`${element.name} is not simulated`)
    const stray = Object.keys(element.attributes).find((attribute) => !known.includes(attribute))
    if (stray !== undefined) throw new SyntaxError(`${element.name} has no attribute ${stray}`)
  }

/** The elements in the one `Response`. */
export function inResponse(root: Element): Element[] {
  if (root.name !== 'Response') throw new SyntaxError(`the root is ${root.name}, not Response`)
  if (root.text.trim() !== '') throw new SyntaxError('Response holds bare text')
  return root.children
}

/** An attribute that counts, from 1 to 999. */
export function count(name: string, value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new SyntaxError(`${name} must be a number from 1 to 999`)
  return Number(value)
}

export const wordsOf = ({ text }: Element): string => text.trim().replace(/\s+/g, ' ')
