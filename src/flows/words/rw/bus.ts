import type { bus as en } from '../en/bus.ts'
import type { Same } from '../same.ts'

export const bus: Same<typeof en> = {
  menuBus: 'Bisi',
  busFrom: 'Uvuye mu wuhe mujyi? Hitamo cyangwa wandike.',
  busTo: 'Ugiye mu wuhe mujyi? Hitamo cyangwa wandike.',
  busWhich: 'Iyihe bisi? Hitamo cyangwa wandike umunsi, nka 25/12.',
  noBus: 'Nta bisi twabonye.',
  busWho: "Ni bande bagenda? Andika amazina atandukanyijwe n'utwitso, cyangwa umubare w'imyanya.",
  tooManySeats: 'Imyanya 1 kugeza 6 icyarimwe.',
  busAgain: 'Nanone bisi -> {to}',
  busSummary: 'Bisi {from} -> {to}, {when}, imyanya: {seats}',
  busDraft: 'Itike ya bisi',
  busHolding: 'Turakubikira imyanya. Turakwandikira.',
  busFull: 'Mbabarira, nta myanya ihagije isigaye muri iyo bisi. Nta cyo wishyura.',
  busGone: 'Mbabarira, iyo bisi ntikigenda. Nta cyo wishyura.',
  busHoarding: 'Usanganywe imyanya utarishyura. Banza uyishyure cyangwa uyihagarike.',
  busLost:
    'Mbabarira, urugendo {code} ntirushobotse: imyanya yagiye cyangwa bisi ntigenda. {price} agaruka kuri wewe.',
  busHeld:
    'Imyanya {seats}, {when}, ibitswe iminota 15. Emeza {price} kuri telefoni. Urugendo {code}. Guhagarika: CANCEL {code}',
  busTicket:
    'Itike {ticket}, {from}-{to} {when}, imyanya {seats}, {driver} {plate}. {price}. Hagarika: CANCEL {code}. Tel {help}',
  busBooked: 'Itike {ticket}: {from} - {to}, {when}, imyanya {seats}, {driver} {plate}.',
  busUnderway: 'Urugendo {code}: uri mu nzira ujya {to} na {driver}.',
  busReminder:
    'Bisi yawe {from} - {to} igenda {when}. Imyanya {seats}, {driver} {plate}. Itike {ticket}. Ubufasha {help}',
  busOther: 'Ufite {when}, imyanya: {seats}. Ushaka iyihe bisi yindi? Nta kindi wishyura.',
  busMoved:
    'Itike yawe ubu ni {ticket}, {from}-{to} {when}, imyanya {seats}, {driver} {plate}. Hagarika: CANCEL {code}. Tel {help}',
  busStays: 'Iyo bisi nta myanya ihagije ifite cyangwa ntigenda. Ugumanye {when}, itike {ticket}.',
  busDearer:
    'Iyo bisi irahenze kurusha {price} wishyuye. Ugumanye {when}. Niba uyishaka, hagarika wongere ugure: CANCEL {code}',
  busDelayed:
    'Mbabarira, bisi yawe {from}-{to} izatinda: igenda {when}. Itike {ticket}, imyanya {seats} ntibihinduka. Tel {help}',
  busLate:
    'Mbabarira, bisi yawe {from}-{to} izatinda cyane: igenda {when}. Gusubizwa {price}: CANCEL {code} itaragenda. Tel {help}',
  busInstead:
    'Bisi ijya {to} ntikigenda. Ushaka {when}, imyanya {seats}, ku buntu? YEGO {code}. Nimucecetse {until}: {price} agaruka.',
  busWait:
    'Mbabarira, {when} ujya {to} nta myanya ihagije. Urategereza? Nihaboneka turakwandikira. Ubu nta cyo wishyura.',
  busWaiting: 'Urugendo {code}: utegereje imyanya {when} ujya {to}. Nihaboneka tuzakwandikira.',
  busCameFree:
    'Habonetse imyanya {seats}, {when} ujya {to}. Urayifata kuri {price}? YEGO {code}. Ibitswe iminota 15.',
  busWaitOver: "Ntiwasubije: imyanya y'urugendo {code} ihawe ukurikiyeho. Nta cyo wishyura.",
  busNoneFree: 'Mbabarira, nta myanya yabonetse ku rugendo {code}. Nta cyo wishyura.',
  boarding: 'Itike {code}: saba imibare yayo usubize BOARD na yo.',
  boardedVerb: 'Yuriye',
  aboardNow: 'Itike {code} ni nziza: imyanya {seats}, kugera {to}.',
  badTicket: 'Iyo tike si iyacu. Ongera urebe imibare yayo.',
  addExtras: 'Ibindi',
  busExtras: 'Ni iki wongeraho? Hitamo, cyangwa wandike umwanya, nka S12.',
  busOneBag: 'Umufuka umwe wiyongera',
  busTwoBags: 'Imifuka ibiri yiyongera',
  busByWindow: 'ku idirishya',
  busByAisle: 'mu kayira',
  busWindow: 'Ku idirishya',
  busAisle: 'Mu kayira',
  busInsured: 'Ubwishingizi',
  busBags: 'imifuka: {bags}',
  busSeat: 'no. {seats}',
  busNotSold: 'Iyi bisi nta byo itanga. Utabifite:',
  busSeatTaken: 'Uwo mwanya warafashwe. Hari indi:',
  priceSeats: 'imyanya',
  priceEarly: 'hakiri kare',
  priceBags: 'imifuka',
  priceCover: 'ubwishingizi',
  priceChoice: 'guhitamo umwanya',
}
