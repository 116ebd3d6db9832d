// @ts-check
/** @import { Call, Language, Line, Message, Pin, Prompt, Screen } from './types.js' */

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

/** Where a phone dials through an aggregator. @param {string} gateway */
const through = (gateway) => (gateway === 'africastalking' ? at : `/ussd/${gateway}/_handset`)

/**
 * The calling side of a phone. `lost`: the network goes before the answer has come.
 * @param {string} gateway the aggregator's name
 */
export const dialler = (gateway) => ({
  /** @returns {Promise<Screen>} */
  dial: (/** @type {string} */ phone, /** @type {string} */ code, lost = false) =>
    post(`${through(gateway)}/dial`, { phone, code, lost }),
  /** @returns {Promise<Screen>} */
  reply: (/** @type {string} */ sessionId, /** @type {string} */ input, lost = false) =>
    post(`${through(gateway)}/reply`, { sessionId, input, lost }),
  /** @returns {Promise<unknown>} */
  hangUp: (/** @type {string} */ sessionId) => post(`${through(gateway)}/hangup`, { sessionId }),
})

/** What a person can do with a phone in the hand. Each rejects with an Error when the simulators refuse. */
export const handset = {
  /** What Inzira speaks. @returns {Promise<Language[]>} */
  languages: async () => (await ask('/_languages')).data,
  /** The aggregators of USSD besides Africa's Talking. @returns {Promise<string[]>} */
  gateways: async () =>
    (await ask('/ussd/_gateways')).filter((/** @type {string} */ name) => name !== 'africastalking'),

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
  digits: (/** @type {string} */ sessionId, /** @type {string} */ digits, lost = false) =>
    post(`${at}/digits`, { sessionId, digits, lost }),
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
