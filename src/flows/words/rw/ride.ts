import type { ride as en } from '../en/ride.ts'
import type { Same } from '../same.ts'

export const ride: Same<typeof en> = {
  menuRide: 'Moto',
  rideFrom: 'Uri he? Hitamo, cyangwa wandike ahantu cyangwa nimero ya gare.',
  rideTo: 'Ugiye he? Hitamo, cyangwa wandike ahantu cyangwa nimero ya gare.',
  rideAgain: 'Nanone {from} -> {to}',
  rideSummary: 'Moto {from} -> {to}',
  rideInCash: 'Yego, mu ntoki',
  rideDraft: 'Urugendo rwa moto',
  booked: 'Urugendo {code}: {driver}, pulake {plate}, tel {phone}. Umubare wo gutangira {start}.',
  onTheWay: 'Urugendo {code}: mugiye {to} na {driver}.',
  rating: 'Mwageze. {driver} yabatwaye ate? 5 ni byiza cyane.',
  riderFound:
    '{driver}, pulake {plate}, ari ku minota {minutes}. Emeza {price} kuri telefoni. Urugendo {code}. Guhagarika: HAGARIKA {code}',
  receipt:
    'Wishyuye {price}, urugendo {code}, {from} -> {to}. {driver} {plate}, {phone}. Umubare {start}. HAGARIKA {code}. Ubufasha {help}',
  cashTrip:
    'Urugendo {code}: ishyura {driver} {price} mu ntoki. Tel {phone}, pulake {plate}. Umubare {start}. HAGARIKA {code}. Ubufasha: {help}',
  driverHere: '{driver} aragutegereje, pulake {plate}. Muhe umubare {start}.',
  goPickUp: 'Akazi {code}: jya {from}. Umukiriya {phone}. {pay} Uhageze, subiza NAHAGEZE {code}',
  atPickUp: 'Akazi {code}: saba umukiriya umubare wo gutangira, usubize TANGIRA {code} n uwo mubare.',
  arrivedVerb: 'Nahageze',
  startVerb: 'Umubare wo gutangira',
  doneVerb: 'Twahageze',
  riding: 'Akazi {code}: jyana umukiriya {to}. Muhageze, subiza RANGIZA {code}',
  rideBy: 'Moto cyangwa imodoka?',
  byMoto: 'Na moto',
  byCar: 'Mu modoka',
  carSummary: 'Imodoka {from} -> {to}',
  carHolding: 'Turashaka imodoka. Turabandikira.',
  carNobody: 'Mutubabarire, nta modoka ihari ubu. Nta cyo wishyura. Ongera nyuma.',
  carNobodyPaid: 'Mutubabarire, nta modoka ihari ku rugendo {code}. {price} aragarutse kuri wowe.',
  carLeft: 'Umushoferi wawe ntashoboye kuza. Turashaka undi.',
  driverWaits:
    '{driver} yageze, pulake {plate}. Umubare {start}. Iminota {free} ni ubuntu, nyuma {rate} mu ntoki.',
  waited:
    'Urugendo {code}: {driver} yategereje iminota {waited}: {waiting}. Ishyura {due} mu ntoki. Ubufasha {help}',
  priceFirst: 'itangira',
  priceDistance: 'intera',
  priceFar: 'urugendo rurerure',
  priceWeight: 'uburemere',
  priceRounding: 'guhuza',
  priceUsual: 'igiciro cyacu',
  priceHour: 'isaha',
  priceDemand: 'ababisaba',
  priceCap: 'igiciro ntarengwa',
  priceWaiting: 'gutegereza',
}
