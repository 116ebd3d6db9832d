import type { Language } from './words/index.ts'

export type Verb =
  | 'ride'
  | 'parcel'
  | 'bus'
  | 'boarded'
  | 'track'
  | 'cancel'
  | 'rate'
  | 'pay'
  | 'help'
  | 'menu'
  | 'stop'
  | 'start'
  | 'yes'
  | 'no'
  | 'here'
  | 'collected'
  | 'done'
  | 'drop'
  | 'return'
  | 'returned'
  | 'on'
  | 'off'
  | 'thanks'
  | Language

/** Words people write, per language and with their usual misspellings; all languages are understood at once. */
const KEYWORDS: readonly (readonly [Language, Readonly<Partial<Record<Verb, string>>>])[] = [
  [
    'en',
    {
      ride: 'ride boda taxi',
      parcel: 'parcel package send',
      bus: 'bus coach seat ticket',
      boarded: 'board boarded',
      track: 'track where status trip',
      cancel: 'cancel',
      rate: 'rate stars',
      pay: 'pay',
      help: 'help info',
      menu: 'menu hi hello',
      stop: 'stop unsubscribe',
      start: 'start',
      yes: 'yes y ok accept',
      no: 'no n',
      here: 'arrived here',
      collected: 'collected picked',
      done: 'done finish',
      drop: 'drop',
      return: 'return',
      returned: 'returned',
      on: 'on',
      off: 'off',
      thanks: 'thanks thank thx',
      en: 'english',
    },
  ],
  [
    'rw',
    {
      ride: 'moto gutega',
      parcel: 'umuzigo ohereza',
      bus: 'bisi itike',
      boarded: 'yuriye',
      track: 'reba',
      cancel: 'hagarika',
      rate: 'amanota',
      pay: 'ishyura kwishyura',
      help: 'ubufasha',
      menu: 'ahabanza muraho',
      start: 'tangira',
      yes: 'yego',
      no: 'oya',
      here: 'nahageze',
      collected: 'nafashe',
      done: 'rangiza',
      drop: 'sinshoboye',
      return: 'garura',
      returned: 'nagaruye',
      on: 'ndakora',
      off: 'ndasoje',
      thanks: 'murakoze urakoze',
      rw: 'kinyarwanda ikinyarwanda',
    },
  ],
  [
    'fr',
    {
      ride: 'course',
      parcel: 'colis envoyer',
      bus: 'autobus autocar billet',
      boarded: 'embarque',
      track: 'suivre',
      cancel: 'annuler',
      rate: 'note',
      pay: 'payer paie',
      help: 'aide',
      menu: 'bonjour',
      start: 'depart',
      yes: 'oui',
      no: 'non',
      here: 'arrive',
      collected: 'pris',
      done: 'fin',
      drop: 'abandon',
      return: 'retour',
      returned: 'rendu',
      on: 'travail',
      off: 'repos',
      thanks: 'merci',
      fr: 'francais',
    },
  ],
]

/** What each word means, and whose language it is. */
export const VERBS = new Map<string, { readonly verb: Verb; readonly language: Language }>()
for (const [language, verbs] of KEYWORDS) {
  for (const verb of Object.keys(verbs)) {
    if (!isVerb(verb)) continue
    for (const word of (verbs[verb] ?? '').split(' '))
      if (!VERBS.has(word)) VERBS.set(word, { verb, language })
  }
}

function isVerb(word: string): word is Verb {
  return KEYWORDS.some(([, verbs]) => Object.hasOwn(verbs, word))
}
