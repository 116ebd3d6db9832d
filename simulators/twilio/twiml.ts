import { checkAgainst, count, inResponse, wordsOf } from '../calls/element.ts'
import type { Action, Sound } from '../calls/wire.ts'
import { type Element, parseXml } from '../calls/xml.ts'

const DEFAULT_TIMEOUT_S = 5

const check = checkAgainst({
  Response: [],
  Say: ['voice', 'language', 'loop'],
  Play: ['loop', 'digits'],
  Gather: ['input', 'action', 'method', 'timeout', 'numDigits', 'finishOnKey', 'actionOnEmptyResult'],
  Reject: ['reason'],
})

/**
 * Reads TwiML: `<Response>` with `<Say>`, `<Play>`, `<Gather>` and `<Reject/>`, the verbs simulated here. Throws a
 * SyntaxError on anything else. Source: Twilio, "TwiML for Programmable Voice".
 */
export function readTwiml(xml: string): Action[] {
  const root = parseXml(xml)
  check(root)
  return inResponse(root).map(verb)
}

function verb(element: Element): Action {
  check(element)
  if (element.name === 'Reject') return { kind: 'reject' }
  if (element.name !== 'Gather') return sound(element)
  const {
    input = 'dtmf',
    method = 'POST',
    timeout,
    numDigits,
    finishOnKey = '#',
    action,
  } = element.attributes
  if (input !== 'dtmf' || method !== 'POST') throw new SyntaxError('only posted keys are simulated')
  if (!/^[0-9*#]?$/.test(finishOnKey)) throw new SyntaxError('finishOnKey is one key, or none')
  return {
    kind: 'gather',
    sounds: element.children.map(sound),
    timeoutS: timeout === undefined ? DEFAULT_TIMEOUT_S : count('timeout', timeout),
    finishOnKey,
    ...(numDigits !== undefined && { numDigits: count('numDigits', numDigits) }),
    ...(action !== undefined && { to: action }),
  }
}

function sound(element: Element): Sound {
  check(element)
  const text = wordsOf(element)
  if (element.name !== 'Say' && element.name !== 'Play')
    throw new SyntaxError(`${element.name} cannot be heard here`)
  if (element.children.length > 0 || text === '') throw new SyntaxError(`${element.name} holds no text`)
  return { kind: element.name === 'Say' ? 'say' : 'play', text }
}
