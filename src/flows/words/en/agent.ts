/** Booking for others: what agents see, and what those hear whom they book for. */
export const agent = {
  menuServe: 'For a customer',
  serveWhom: "The customer's phone number?",
  serveWhat: 'What do you book for {customer}?',
  notAgent: 'This number is not a registered agent.',
  notYourself: 'That is your own number. For yourself, book from the menu.',
  beingBooked: '{agent} fills in a booking for you. We will ask you before anything is booked.',
  confirmFor: '{agent} books for you:\n{summary}\n{price}. YES {code}?',
  customerAsked: 'We ask {customer} to confirm trip {code}. We will text you. To take it back: CANCEL {code}',
  customerAgreed: '{customer} said yes to trip {code}.',
  customerDeclined: '{customer} said no to trip {code}. Nothing was booked.',
  customerSilent: '{customer} did not answer about trip {code}. Nothing was booked.',
  customerSpared: 'We cannot ask this customer now. Nothing was booked. They can book for themselves.',
  agentFlooding: 'Too many of your customers have not answered yet. Try again in an hour.',
  agentEarned: 'Trip {code} is done: {price} is yours.',
} as const
