import type { Dialect } from './xml.ts'

/**
 * Africa's Talking speaks one sound of a question. Voices are documented by name, and only this one of a language of
 * ours. Source: Africa's Talking, Voice "Actions" and "GetDigits".
 */
export const AFRICAS_TALKING: Dialect = {
  gather: 'GetDigits',
  oneKey: { numDigits: 1 },
  untilHash: { finishOnKey: '#' },
  address: 'callbackUrl',
  voices: { en: { voice: 'en-US-Standard-C' } },
  play: (url) => `<Play url="${url}"/>`,
  maxSounds: 1,
}

/**
 * TwiML. An empty `finishOnKey` brings `#` as a key like any other, where one is all that is wanted: by itself it
 * would end the question with nothing, which nobody is told of. Source: Twilio, TwiML "Gather", "Say", "Play".
 */
export const TWIML: Dialect = {
  gather: 'Gather',
  oneKey: { input: 'dtmf', method: 'POST', numDigits: 1, finishOnKey: '' },
  untilHash: { input: 'dtmf', method: 'POST', finishOnKey: '#' },
  address: 'action',
  voices: { en: { language: 'en-US' }, fr: { language: 'fr-FR' }, ar: { language: 'arb' } },
  play: (url) => `<Play>${url}</Play>`,
  maxSounds: 30,
}
