/** What a card does: `code` why it is refused, `refund` how money comes back to it. */
export interface Card {
  is: string
  code?: string
  declineCode?: string
  refund?: 'pending' | 'fails'
}

/** Test cards (docs.stripe.com/testing); any other number pays. */
const CARDS: Readonly<Record<string, Card>> = {
  '4242424242424242': { is: 'pays' },
  '4000000000009995': {
    is: 'has too little money',
    code: 'card_declined',
    declineCode: 'insufficient_funds',
  },
  '4000000000000002': { is: 'is declined', code: 'card_declined', declineCode: 'generic_decline' },
  '4000000000009987': { is: 'is lost', code: 'card_declined', declineCode: 'lost_card' },
  '4000000000006975': {
    is: 'is used too often',
    code: 'card_declined',
    declineCode: 'card_velocity_exceeded',
  },
  '4000000000000069': { is: 'has expired', code: 'expired_card' },
  '4000000000000127': { is: 'has another CVC', code: 'incorrect_cvc' },
  '4000000000007726': { is: 'pays; a refund takes a while', refund: 'pending' },
  '4000000000005126': { is: 'pays; a refund fails later', refund: 'fails' },
}

export const cardOf = (pan: string): Card => CARDS[pan.replace(/\D/g, '')] ?? { is: 'pays' }

/** The test cards by number, with what each does. */
export const CARD_LIST: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CARDS).map(([pan, { is }]) => [pan, is]),
)
