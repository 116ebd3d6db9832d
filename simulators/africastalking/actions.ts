import { type Element, parseXml } from './xml.ts'

const DEFAULT_TIMEOUT_S = 30

/** Something the caller hears. */
export interface Sound {
  kind: 'say' | 'play'
  /** What is said, or the URL of what is played. */
  text: string
}

export interface GetDigits {
  kind: 'getDigits'
  sounds: Sound[]
  numDigits?: number
  finishOnKey?: string
  timeoutS: number
  callbackUrl?: string
}

export type Action = Sound | GetDigits | { kind: 'reject' }

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Response: [],
  Say: ['voice', 'playBeep'],
  Play: ['url'],
  GetDigits: ['numDigits', 'timeout', 'finishOnKey', 'callbackUrl'],
  Reject: [],
}

/**
 * Reads the answer to a voice callback: `<Response>` with `<Say>`, `<Play url>`, `<GetDigits>` and `<Reject/>`, the
 * actions simulated here. Throws a SyntaxError on anything else. Source: developers.africastalking.com/docs/voice.
 */
export function readActions(xml: string): Action[] {
  const root = parseXml(xml)
  check(root)
  if (root.name !== 'Response') throw new SyntaxError(`the root is ${root.name}, not Response`)
  if (root.text.trim() !== '') throw new SyntaxError('Response holds bare text')
  return root.children.map(action)
}

function action(element: Element): Action {
  check(element)
  if (element.name === 'Reject') return { kind: 'reject' }
  if (element.name !== 'GetDigits') return sound(element)
  const { numDigits, timeout, finishOnKey, callbackUrl } = element.attributes
  if (finishOnKey !== undefined && !/^[0-9*#]$/.test(finishOnKey))
    throw new SyntaxError('finishOnKey is one key')
  return {
    kind: 'getDigits',
    sounds: element.children.map(sound),
    timeoutS: timeout === undefined ? DEFAULT_TIMEOUT_S : count('timeout', timeout),
    ...(numDigits !== undefined && { numDigits: count('numDigits', numDigits) }),
    ...(finishOnKey !== undefined && { finishOnKey }),
    ...(callbackUrl !== undefined && { callbackUrl }),
  }
}

function sound(element: Element): Sound {
  check(element)
  if (element.children.length > 0) throw new SyntaxError(`${element.name} holds elements`)
  if (element.name === 'Say') return { kind: 'say', text: element.text.trim().replace(/\s+/g, ' ') }
  const { url } = element.attributes
  if (element.name !== 'Play' || !url) throw new SyntaxError(`${element.name} cannot be heard here`)
  return { kind: 'play', text: url }
}

function check({ name, attributes }: Element) {
  const known = ATTRIBUTES[name]
  if (!known) throw new SyntaxError(`${name} is not simulated`)
  const stray = Object.keys(attributes).find((attribute) => !known.includes(attribute))
  if (stray !== undefined) throw new SyntaxError(`${name} has no attribute ${stray}`)
}

function count(name: string, value: string) {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new SyntaxError(`${name} must be a number from 1 to 999`)
  return Number(value)
}
