/** Loads, carriers and what they offer. */
export const freight = {
  menuFreight: 'Load',
  freightWhat: 'What do you send? Choose, or type it.',
  cement: 'Cement',
  food: 'Food',
  household: 'Household goods',
  materials: 'Building materials',
  freightTarget: 'What do you hope to pay at most? An amount, such as 450,000.',
  freightSealed: 'Shall nobody, you neither, see an offer before all are in?',
  sealed: 'Sealed',
  goWithout: 'Go on without',
  badAmount: 'That is no amount in your money.',
  freightVehicle: 'Which vehicle? Choose, or type the weight in tonnes.',
  noVehicleSoLarge: 'No vehicle carries so much.',
  freightFrom: 'From which town? Choose, or type it.',
  freightTo: 'To which town? Choose, or type it.',
  freightWhen: 'When is it loaded? Choose, or type a day, such as 25/12.',
  badDay: 'We know no such day in the next 90 days.',
  freightSummary: '{what}, {vehicle}, {from} -> {to}, {when}',
  freightAgreed: '{what}, {from} -> {to}, {when}, with {carrier}',
  freightDraft: 'Load',
  pricesAsked: 'Carriers are asked for their prices',
  menuLoads: 'Inzira. Loads near you:',
  askBid: 'What do you want for {load}? An amount in {currency}, such as 450,000.',
  askPrices: 'Ask carriers for their prices?',
  loadPosted:
    'Load {code} is posted. Offers come by SMS. To see them: TRACK {code}. To cancel: CANCEL {code}. Help {help}',
  loadSealed: 'Load {code}: offers so far: {count}. You see them from {until}. To cancel: CANCEL {code}',
  loadWaits: 'Load {code}: offers come by SMS. None is in yet.',
  loadOffers: 'Load {code}. Whose offer do you take?',
  loadLapsed: 'Load {code} was closed: no offer was taken in time. You pay nothing.',
  offerMade:
    'Load {code}: {driver} ({stars}) offers {price}. To choose: TRACK {code}. For less: COUNTER {code} {nth} and your price. Help {help}',
  counterMade:
    'Load {code}: the shipper would pay {price} instead of {asked}. To agree: BID {code} {amount}. Or BID with another price.',
  counterSent: 'Load {code}: we tell {driver} that you would pay {price}. We text you what they say.',
  counterHow:
    "To ask for less: COUNTER, the load's code, the number of the offer and your price, such as COUNTER 7730 1 400000.",
  noCounter:
    'Load {code} has no such offer, or you answered it, or it is no more than {price}. See: TRACK {code}',
  offersOpened:
    'Load {code}: {count} offers are in. To choose: TRACK {code}. To cancel: CANCEL {code}. Help {help}',
  offerPassed: 'That offer does not stand any more.',
  offerTaken: '{price}, {driver}',
  loadHome:
    'Load {code}: {what}, {vehicle}, {from}-{to}, {when}. It goes your way home. To offer: BID {code} and your price',
  loadNear:
    'Load {code}: {what}, {vehicle}, {from}-{to}, {when}. It is near you: {km} km. To offer: BID {code} and your price',
  loadKnown:
    'Load {code}: {what}, {vehicle}, {from}-{to}, {when}. You deliver well. To offer: BID {code} and your price',
  loadFits:
    'Load {code}: {what}, {vehicle}, {from}-{to}, {when}. It fits your vehicle. To offer: BID {code} and your price',
  bidTaken:
    'Your offer of {price} for load {code} is in. It stands while the load is open. To take it back: WITHDRAW {code}',
  bidTakenUntil:
    'Your offer of {price} for load {code} is in. It stands until {until}. To take it back: WITHDRAW {code}',
  bidHow:
    "To offer: BID, the load's code and your price, such as BID 7730 450000. To take it back: WITHDRAW 7730.",
  bidLost: 'Load {code} goes with another carrier. Thank you for your offer of {price}.',
  bidClosed: 'Load {code} is closed and goes with nobody. Thank you for your offer of {price}.',
  bidOutdone:
    'Your offer of {price} for load {code} is out: others ask less. To offer again: BID {code} and your price',
  bidTooDear:
    'Load {code}: many offers are in that ask less than {price}. To ask less: BID {code} and your price',
  bidBack: 'Your offer for load {code} is taken back.',
  noBid: 'You have no offer for load {code} that can be taken back.',
  noLoads: 'No loads are open there now.',
  loadsOpen: '{list}\nTo offer: BID, the code and your price.',
  loadGone: 'Load {code} takes no offers any more.',
  noSuchLoad: 'We know no load {code}.',
  notCarrier: 'This number is not of a registered carrier.',
  notVerified: 'Your papers are not verified, or end before load {code} arrives. Call {help}.',
  noVehicle: 'You have no free vehicle for load {code} that is large enough and has valid papers.',
  freightHolding: 'Asking for the vehicle. We will text you.',
  freightBusy: 'Sorry, {driver} cannot take load {code} any more. Other offers: TRACK {code}',
  freightNobody: 'Sorry, no carrier can take your load now. You pay nothing.',
  freightHeld:
    '{driver}, {plate}, takes your load for {price}. Approve it on your phone. Load {code}. To cancel: CANCEL {code}',
  freightPaid:
    'Paid {price}, load {code}, {when}: {driver} {plate}, {phone}. They get it on delivery, for code {start}. Cancel: CANCEL {code}. Help {help}',
  freightBooked: 'Load {code}: {driver}, {plate}, tel {phone}, loads on {when}. Delivery code {start}.',
  freightLoaded: 'Load {code} is on the way to {to} with {driver}, tel {phone}.',
  freightUnderway: 'Load {code}: on the way to {to} with {driver}, tel {phone}.',
  freightComing:
    'A load from {sender} comes with {driver}, {plate}, {phone}. Give the code {start} only when you have it. Help {help}',
  freightClaimed: 'Load {code}: {driver} says it is delivered. We ask you if all is well.',
  freightDelivered: 'Load {code} was delivered. How was {driver}? 5 is best.',
  freightReceived: 'Load {code} was delivered.',
  freightLost: 'Sorry, load {code} will not go: {driver} cannot take it. {price} comes back to you.',
  freightRuled: 'Load {code}: we have decided. Questions? Call {help}.',
  goLoad:
    'Job {code}: load {what} at {from} on {when}, tel {phone}, for {to}. When loaded, reply LOADED {code}',
  deliverLoad:
    'Job {code}: take it to {to}, tel {receiver}. Ask for the code and reply DELIVERED {code} with it, or without.',
  loadedVerb: 'Loaded',
  deliveredVerb: 'Delivered',
  noProof: 'No code',
} as const
