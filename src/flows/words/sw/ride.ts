import type { ride as en } from '../en/ride.ts'
import type { Same } from '../same.ts'

export const ride: Same<typeof en> = {
  menuRide: 'Bodaboda',
  rideFrom: 'Uko wapi? Chagua, au andika mahali au namba ya kituo.',
  rideTo: 'Unaenda wapi? Chagua, au andika mahali au namba ya kituo.',
  rideAgain: 'Tena {from} -> {to}',
  rideSummary: 'Pikipiki {from} -> {to}',
  rideInCash: 'Ndiyo, taslimu',
  rideDraft: 'Safari ya pikipiki',
  booked: 'Safari {code}: {driver}, namba {plate}, simu {phone}. Namba ya kuanza {start}.',
  onTheWay: 'Safari {code}: mnaenda {to} na {driver}.',
  rating: 'Umefika. {driver} alikuwaje? 5 ni bora zaidi.',
  riderFound:
    '{driver}, namba {plate}, yuko dakika {minutes}. Kubali {price} kwenye simu yako. Safari {code}. Kughairi: GHAIRI {code}',
  receipt:
    'Umelipa {price}, safari {code}, {from} hadi {to}. {driver} {plate}, {phone}. Namba {start}. GHAIRI {code}. Msaada {help}',
  cashTrip:
    'Safari {code}: mlipe {driver} {price} taslimu. Simu {phone}, {plate}. Namba {start}. GHAIRI {code}. Msaada: {help}',
  driverHere: '{driver} anakusubiri, namba {plate}. Mpe namba ya kuanza {start}.',
  goPickUp: 'Kazi {code}: nenda {from}. Mteja {phone}. {pay} Ukifika, jibu NIMEFIKA {code}',
  atPickUp: 'Kazi {code}: mwombe mteja namba ya kuanza, ujibu ANZA {code} na namba hiyo.',
  arrivedVerb: 'Nimefika',
  startVerb: 'Namba ya kuanza',
  doneVerb: 'Tumefika',
  riding: 'Kazi {code}: mpeleke mteja {to}. Mkifika, jibu NIMEMALIZA {code}',
  rideBy: 'Pikipiki au gari?',
  byMoto: 'Kwa pikipiki',
  byCar: 'Kwa gari',
  carSummary: 'Gari {from} -> {to}',
  carHolding: 'Tunatafuta gari. Tutakutumia SMS.',
  carNobody: 'Samahani, hakuna gari sasa. Hulipi chochote. Jaribu tena baadaye.',
  carNobodyPaid: 'Samahani, hakuna gari la safari {code}. Unarudishiwa {price}.',
  carLeft: 'Dereva wako hawezi kuja. Tunatafuta mwingine.',
  driverWaits:
    '{driver} amefika, namba {plate}. Namba ya kuanza {start}. Dakika {free} ni bure, kisha {rate} taslimu.',
  waited: 'Safari {code}: {driver} alisubiri dakika {waited}: {waiting}. Lipa {due} taslimu. Msaada {help}',
  priceFirst: 'kuanza',
  priceDistance: 'umbali',
  priceFar: 'safari ndefu',
  priceWeight: 'uzito',
  priceRounding: 'kusawazisha',
  priceUsual: 'bei yetu',
  priceHour: 'saa',
  priceDemand: 'mahitaji',
  priceCap: 'kikomo cha sheria',
  priceWaiting: 'kusubiri',
}
