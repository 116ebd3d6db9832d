// @ts-check
/** @import { Call, Line, Message, Pin, Prompt, Screen } from './types.js' */

const timeoutMs = 20_000

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>} the JSON answer
 */
async function ask(path, init) {
  const answer = await fetch(path, { ...init, signal: AbortSignal.timeout(timeoutMs) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 200)}`)
  return text === '' ? null : JSON.parse(text)
}

/** @param {string} path @param {object} body */
const post = (path, body) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** @param {string} path @param {string} phone */
const about = (path, phone) => ask(`${path}?phone=${encodeURIComponent(phone)}`)

const at = '/africastalking/_handset'

/** What a person can do with a phone in the hand. Each rejects with an Error when the simulators refuse. */
export const handset = {
  /** @returns {Promise<Screen>} */
  dial: (/** @type {string} */ phone, /** @type {string} */ code) => post(`${at}/dial`, { phone, code }),
  /** @returns {Promise<Screen>} */
  reply: (/** @type {string} */ sessionId, /** @type {string} */ input) =>
    post(`${at}/reply`, { sessionId, input }),
  /** @returns {Promise<unknown>} */
  hangUpUssd: (/** @type {string} */ sessionId) => post(`${at}/hangup`, { sessionId }),

  /** Everything sent to any phone. @returns {Promise<Message[]>} */
  sent: () => ask('/africastalking/_ledger'),
  /** @returns {Promise<Message[]>} */
  inbox: (/** @type {string} */ phone) => about(`${at}/inbox`, phone),
  /** @returns {Promise<unknown>} */
  sms: (/** @type {string} */ phone, /** @type {string} */ text) => post(`${at}/sms`, { phone, text }),

  /** @returns {Promise<Call[]>} */
  calls: (/** @type {string} */ phone) => about(`${at}/calls`, phone),
  /** @returns {Promise<{ sessionId: string, state: string }>} */
  call: (/** @type {string} */ phone) => post(`${at}/call`, { phone }),
  /** @returns {Promise<unknown>} */
  answer: (/** @type {string} */ sessionId) => post(`${at}/answer`, { sessionId }),
  /** @returns {Promise<unknown>} */
  digits: (/** @type {string} */ sessionId, /** @type {string} */ digits) =>
    post(`${at}/digits`, { sessionId, digits }),
  /** @returns {Promise<unknown>} */
  hangUpCall: (/** @type {string} */ sessionId) => post(`${at}/hangupcall`, { sessionId }),

  /** @returns {Promise<Line[]>} */
  chat: (/** @type {string} */ phone) => about('/whatsapp/_handset/chat', phone),
  /** @returns {Promise<unknown>} */
  chatText: (/** @type {string} */ phone, /** @type {string} */ text) =>
    post('/whatsapp/_handset/send', { phone, text }),
  /** @returns {Promise<unknown>} */
  chatPick: (
    /** @type {string} */ phone,
    /** @type {{ id: string, title: string, kind: 'list' | 'button' }} */ reply,
  ) => post('/whatsapp/_handset/send', { phone, reply }),
  /** @returns {Promise<unknown>} */
  chatPin: (/** @type {string} */ phone, /** @type {Pin} */ location) =>
    post('/whatsapp/_handset/send', { phone, location }),

  /** @returns {Promise<Prompt[]>} */
  prompts: (/** @type {string} */ phone) => about('/mtn/_handset/prompts', phone),
  /** @returns {Promise<unknown>} */
  decide: (/** @type {string} */ reference, /** @type {'approve' | 'decline' | 'late'} */ decision) =>
    post('/mtn/_handset/decide', { reference, decision }),
}
