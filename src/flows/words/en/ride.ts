/** Rides. */
export const ride = {
  menuRide: 'Ride',
  rideFrom: 'Where are you? Choose, or type a place or stage number.',
  rideTo: 'Where to? Choose, or type a place or stage number.',
  rideAgain: 'Again {from} -> {to}',
  rideSummary: 'Moto {from} -> {to}',
  rideInCash: 'Yes, in cash',
  rideDraft: 'Moto ride',
  booked: 'Trip {code}: {driver}, plate {plate}, tel {phone}. Start code {start}.',
  onTheWay: 'Trip {code}: on the way to {to} with {driver}.',
  rating: 'You have arrived. How was {driver}? 5 is best.',
  riderFound:
    '{driver}, plate {plate}, is {minutes} min away. Approve {price} on your phone. Trip {code}. To cancel: CANCEL {code}',
  receipt:
    'Paid {price}, trip {code}, {from} to {to}. {driver} {plate}, {phone}. Start code {start}. Cancel: CANCEL {code}. Help {help}',
  cashTrip:
    'Trip {code}: pay {driver} {price} in cash. Tel {phone}, plate {plate}. Start code {start}. Cancel: CANCEL {code}. Help: {help}',
  driverHere: '{driver} is waiting for you, plate {plate}. Give the start code {start}.',
  goPickUp: 'Job {code}: go to {from}. Customer {phone}. {pay} When there, reply ARRIVED {code}',
  atPickUp: 'Job {code}: ask the customer for the start code and reply START {code} with it.',
  arrivedVerb: 'I have arrived',
  startVerb: 'Start code',
  doneVerb: 'We are there',
  riding: 'Job {code}: take the customer to {to}. When there, reply DONE {code}',
} as const
