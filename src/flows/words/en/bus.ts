/** Seats on buses. */
export const bus = {
  menuBus: 'Bus',
  busFrom: 'From which town? Choose, or type it.',
  busTo: 'To which town? Choose, or type it.',
  busWhich: 'Which bus? Choose, or type a day, such as 25/12.',
  noBus: 'We found no bus for that.',
  busWho: 'Who travels? Names with commas between, or the number of seats.',
  tooManySeats: 'From 1 to 6 seats at once.',
  busAgain: 'Again bus -> {to}',
  busSummary: 'Bus {from} -> {to}, {when}, seats: {seats}',
  busDraft: 'Bus ticket',
  busHolding: 'Keeping your seats. We will text you.',
  busFull: 'Sorry, there are not enough seats on that bus any more. You pay nothing.',
  busGone: 'Sorry, that bus does not go any more. You pay nothing.',
  busHoarding: 'You already keep seats that are not paid for. Pay or cancel those first.',
  busLost:
    'Sorry, trip {code} cannot be: your seats are gone or the bus does not go. {price} comes back to you.',
  busHeld:
    'Seats {seats} on {when} are kept for 15 min. Approve {price} on your phone. Trip {code}. To cancel: CANCEL {code}',
  busTicket:
    'Ticket {ticket}, {from}-{to} {when}, seats {seats}, {driver} {plate}. Paid {price}. Cancel: CANCEL {code}. Help {help}',
  busBooked: 'Ticket {ticket}: {from} to {to}, {when}, seats {seats}, {driver} {plate}.',
  busUnderway: 'Trip {code}: you are on the way to {to} with {driver}.',
  busReminder:
    'Your bus {from} to {to} leaves {when}. Seats {seats}, {driver} {plate}. Ticket {ticket}. Help {help}',
  busOther: 'You have {when}, seats: {seats}. Which bus instead? What you paid stays.',
  busMoved:
    'Your ticket now is {ticket}, {from}-{to} {when}, seats {seats}, {driver} {plate}. Cancel: CANCEL {code}. Help {help}',
  busStays: 'That bus has not enough seats or does not go. You keep {when}, ticket {ticket}.',
  busDearer:
    'That bus costs more than the {price} you paid. You keep {when}. For the other one, cancel and book again: CANCEL {code}',
  busDelayed:
    'Sorry, your bus {from}-{to} leaves later: {when}. Ticket {ticket}, seats {seats} stay yours. Help {help}',
  busLate:
    'Sorry, your bus {from}-{to} leaves much later: {when}. For {price} back, CANCEL {code} before it leaves. Help {help}',
  busInstead:
    'Your bus to {to} does not go. Take {when}, seats {seats}, at no cost? YES {code}. No answer by {until}: {price} back.',
  busWait:
    'Sorry, {when} to {to} has too few seats left. Wait for some? We text you when they come free. You pay nothing now.',
  busWaiting: 'Trip {code}: you wait for seats on {when} to {to}. We text you when they come free.',
  busCameFree:
    'Seats {seats} on {when} to {to} came free. Take them for {price}? YES {code}. They are kept for 15 min.',
  busWaitOver: 'You did not answer: the seats of trip {code} go to the next in line. You pay nothing.',
  busNoneFree: 'Sorry, no seats came free for trip {code}. You pay nothing.',
  boarding: 'Ticket {code}: ask for its digits and reply BOARD with them.',
  boardedVerb: 'Board',
  aboardNow: 'Ticket {code} is good: seats {seats}, to {to}.',
  badTicket: 'That is no ticket of ours. Look at its digits again.',
  addExtras: 'Extras',
  busExtras: 'What goes along? Choose, or type a seat, as S12.',
  busOneBag: 'One extra bag',
  busTwoBags: 'Two extra bags',
  busByWindow: 'by the window',
  busByAisle: 'by the aisle',
  busWindow: 'Window seat',
  busAisle: 'Aisle seat',
  busInsured: 'Insurance',
  busBags: 'bags: {bags}',
  busSeat: 'no. {seats}',
  busNotSold: 'This bus does not offer that. Without it:',
  busSeatTaken: 'That seat is taken. Others are free:',
  priceSeats: 'seats',
  priceEarly: 'early',
  priceBags: 'bags',
  priceCover: 'insurance',
  priceChoice: 'choice of seat',
} as const
