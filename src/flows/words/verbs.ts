/** What a text may begin with, whatever its language. */
export const VERBS = [
  ...[
    'boarded',
    'for',
    'loads',
    'bid',
    'withdraw',
    'counter',
    'track',
    'cancel',
    'change',
    'rate',
    'pay',
    'why',
  ],
  ...[
    'help',
    'menu',
    'stop',
    'start',
    'yes',
    'no',
    'here',
    'collected',
    'done',
    'drop',
    'return',
    'returned',
  ],
  ...['on', 'off', 'thanks', 'save', 'again'],
] as const
export type Verb = (typeof VERBS)[number]

/** The words people write for each, with spaces between and with their usual misspellings; `itself` is the language's name. */
export type Keywords = Readonly<Partial<Record<Verb, string>> & { itself: string }>
