// @ts-check
// The shapes the simulators speak on this page. Only types: nothing runs here.

/**
 * @typedef {{ id: string, channel: string, to: string, from: string, text: string, status?: string, at: number | string }} Message
 * @typedef {{ sessionId: string, kind: 'CON' | 'END', text: string }} Screen
 * @typedef {{ numDigits?: number, finishOnKey?: string, timeout?: number }} Expects
 * @typedef {'Ringing' | 'Active' | 'Completed' | 'Rejected'} CallState
 * @typedef {{ sessionId: string, direction: 'Inbound' | 'Outbound', state: CallState, says: string[], expects: Expects | null }} Call
 * @typedef {{ id: string, title: string, description?: string }} Option
 * @typedef {{ direction: 'in' | 'out', type: string, text?: string, options?: Option[], location?: Pin, at: number | string }} Line
 * @typedef {{ reference: string, amount: string | number, currency: string, payerMessage?: string, at: number | string }} Prompt
 * @typedef {{ code: string, name: string }} Language
 * @typedef {{ latitude: number, longitude: number, name?: string }} Pin
 * @typedef {{ phone: string, name: string, does: string }} Asked who carries it out, and what this phone is for
 * @typedef {{ simulator: string, kind: string, phone?: string | null, data?: Record<string, unknown> | null }} Wire
 */

/**
 * A phone on the wall.
 * @typedef {object} Device
 * @property {HTMLElement} root
 * @property {() => string} phone the number it holds now, E.164
 * @property {() => Promise<void>} refresh reads everything about that number again and draws what changed
 */

/**
 * Something to play on the wall.
 * @typedef {object} Story
 * @property {string} id
 * @property {string} where
 * @property {string} what
 * @property {string} press what to do, in one line
 * @property {readonly [feature: string, chat: string, voice: string]} phones of three customers there, E.164
 * @property {Asked} asked
 * @property {readonly string[]} openings texts that begin it, the usual first
 * @property {readonly Required<Pin>[]} pins where the person with the smartphone may be standing
 */

export {}
