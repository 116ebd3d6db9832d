import { checkAgainst, count, inResponse, wordsOf } from '../calls/element.ts'
import type { Action, Sound } from '../calls/wire.ts'
import { type Element, parseXml } from '../calls/xml.ts'

const DEFAULT_TIMEOUT_S = 30

const check = checkAgainst({
  Response: [],
  Say: ['voice', 'playBeep'],
  Play: ['url'],
  GetDigits: ['numDigits', 'timeout', 'finishOnKey', 'callbackUrl'],
  Reject: [],
})

/**
 * Reads the answer to a voice callback: `<Response>` with `<Say>`, `<Play url>`, `<GetDigits>` and `<Reject/>`, the
 * actions simulated here. Throws a SyntaxError on anything else. Source: developers.africastalking.com/docs/voice.
 */
export function readActions(xml: string): Action[] {
  const root = parseXml(xml)
  check(root)
  return inResponse(root).map(action)
}

function action(element: Element): Action {
  check(element)
  if (element.name === 'Reject') return { kind: 'reject' }
  if (element.name !== 'GetDigits') return sound(element)
  const { numDigits, timeout, finishOnKey, callbackUrl } = element.attributes
  if (finishOnKey !== undefined && !/^[0-9*#]$/.test(finishOnKey))
    throw new SyntaxError('finishOnKey is one key')
  return {
    kind: 'gather',
    sounds: element.children.map(sound),
    timeoutS: timeout === undefined ? DEFAULT_TIMEOUT_S : count('timeout', timeout),
    ...(numDigits !== undefined && { numDigits: count('numDigits', numDigits) }),
    ...(finishOnKey !== undefined && { finishOnKey }),
    ...(callbackUrl !== undefined && { to: callbackUrl }),
  }
}

function sound(element: Element): Sound {
  check(element)
  if (element.children.length > 0) throw new SyntaxError(`${element.name} holds elements`)
  if (element.name === 'Say') return { kind: 'say', text: wordsOf(element) }
  const { url } = element.attributes
  if (element.name !== 'Play' || !url) throw new SyntaxError(`${element.name} cannot be heard here`)
  return { kind: 'play', text: url }
}
