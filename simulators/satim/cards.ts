/** What a card does: the bank's response code (ISO 8583, field 39), and its words. */
export interface Card {
  is: string
  code: string
}

/** Test cards of SATIM's certification; their response codes are not published, and are ISO's own. */
const CARDS: Readonly<Record<string, Card>> = {
  '6280581110007215': { is: 'pays', code: '00' },
  '6280580610061011': { is: 'pays, on credit', code: '00' },
  '6280580610061110': { is: 'has too little money', code: '51' },
  '6280580610061219': { is: 'is over its limit', code: '61' },
  '6280581110007314': { is: "is over the terminal's limit", code: '61' },
  '6280580610061318': { is: 'had three wrong passwords', code: '75' },
  '6280580610056615': { is: 'has expired', code: '54' },
  '6280581110006613': { is: 'has another date', code: '54' },
  '6280581110006712': { is: 'is blocked', code: '62' },
  '6280581110006316': { is: 'is lost', code: '41' },
  '6280581110006415': { is: 'is stolen', code: '43' },
  '6280581110003927': { is: 'is unknown to its bank', code: '14' },
  '6280581110006514': { is: 'has another CVV2', code: '82' },
  '6280581110007017': { is: 'may not pay online', code: '57' },
  '6280581110007116': { is: 'is not yet active online', code: '57' },
}

/** A number that is none of them is unknown to its bank. */
export const cardOf = (pan: string): Card =>
  CARDS[pan.replace(/\D/g, '')] ?? { is: 'is unknown to its bank', code: '14' }

/** The test cards by number, with what each does. */
export const CARD_LIST: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CARDS).map(([pan, { is }]) => [pan, is]),
)
