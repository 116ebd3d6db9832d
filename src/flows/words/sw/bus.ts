import type { bus as en } from '../en/bus.ts'
import type { Same } from '../same.ts'

export const bus: Same<typeof en> = {
  menuBus: 'Basi',
  busFrom: 'Kutoka mji gani? Chagua, au andika.',
  busTo: 'Kwenda mji gani? Chagua, au andika.',
  busWhich: 'Basi gani? Chagua, au andika siku, kama 25/12.',
  noBus: 'Hatukupata basi.',
  busWho: 'Nani wanasafiri? Majina yenye mkato kati yake, au idadi ya viti.',
  tooManySeats: 'Viti 1 hadi 6 kwa mara moja.',
  busAgain: 'Tena basi -> {to}',
  busSummary: 'Basi {from} -> {to}, {when}, viti: {seats}',
  busDraft: 'Tiketi ya basi',
  busHolding: 'Tunakuwekea viti. Tutakutumia SMS.',
  busFull: 'Samahani, basi hilo halina viti vya kutosha tena. Hulipi chochote.',
  busGone: 'Samahani, basi hilo haliendi tena. Hulipi chochote.',
  busHoarding: 'Tayari una viti ambavyo hujalipia. Lipa au ghairi hivyo kwanza.',
  busLost: 'Samahani, safari {code} haiwezekani: viti vimekwisha au basi haliendi. Unarudishiwa {price}.',
  busHeld:
    'Viti {seats}, {when}, vimewekwa dakika 15. Kubali {price} kwenye simu yako. Safari {code}. Kughairi: GHAIRI {code}',
  busTicket:
    'Tiketi {ticket}, {from}-{to} {when}, viti {seats}, {driver} {plate}. Umelipa {price}. GHAIRI {code}. Msaada {help}',
  busBooked: 'Tiketi {ticket}: {from} hadi {to}, {when}, viti {seats}, {driver} {plate}.',
  busUnderway: 'Safari {code}: uko njiani kwenda {to} na {driver}.',
  busReminder:
    'Basi lako {from} hadi {to} linaondoka {when}. Viti {seats}, {driver} {plate}. Tiketi {ticket}. Msaada {help}',
  busOther: 'Una {when}, viti: {seats}. Unataka basi gani badala yake? Ulicholipa kinabaki.',
  busMoved:
    'Tiketi yako sasa ni {ticket}, {from}-{to} {when}, viti {seats}, {driver} {plate}. GHAIRI {code}. Msaada {help}',
  busStays: 'Basi hilo halina viti vya kutosha au haliendi. Unabaki na {when}, tiketi {ticket}.',
  busDearer:
    'Basi hilo ni ghali kuliko {price} ulizolipa. Unabaki na {when}. Ukilitaka, ghairi ununue tena: GHAIRI {code}',
  busDelayed:
    'Samahani, basi lako {from}-{to} limechelewa: {when}. Tiketi {ticket}, viti {seats} vinabaki vyako. Msaada {help}',
  busLate:
    'Samahani, basi lako {from}-{to} limechelewa sana: {when}. Kurudishiwa {price}: GHAIRI {code} kabla liondoke. Msaada {help}',
  busInstead:
    'Basi la {to} haliendi. Uchukue {when}, viti {seats}, bure? NDIYO {code}. Bila jibu hadi {until}: {price} zinarudi.',
  busWait:
    'Samahani, {when} kwenda {to} viti havitoshi. Utasubiri? Tutakutumia SMS vikipatikana. Hulipi chochote sasa.',
  busWaiting: 'Safari {code}: unasubiri viti {when} kwenda {to}. Tutakutumia SMS vikipatikana.',
  busCameFree:
    'Viti {seats} {when} kwenda {to} vimepatikana. Utavichukua kwa {price}? NDIYO {code}. Vimewekwa dakika 15.',
  busWaitOver: 'Hukujibu: viti vya safari {code} vinapewa anayefuata. Hulipi chochote.',
  busNoneFree: 'Samahani, hakuna viti vilivyopatikana kwa safari {code}. Hulipi chochote.',
  boarding: 'Tiketi {code}: omba tarakimu zake, ujibu AMEPANDA nazo.',
  boardedVerb: 'Amepanda',
  aboardNow: 'Tiketi {code} ni halali: viti {seats}, hadi {to}.',
  badTicket: 'Hiyo si tiketi yetu. Angalia tarakimu zake tena.',
  addExtras: 'Ziada',
  busExtras: 'Uongeze nini? Chagua, au andika kiti, kama S12.',
  busOneBag: 'Begi moja la ziada',
  busTwoBags: 'Mabegi mawili ya ziada',
  busByWindow: 'dirishani',
  busByAisle: 'ujiani',
  busWindow: 'Kiti cha dirishani',
  busAisle: 'Kiti cha ujiani',
  busInsured: 'Bima',
  busBags: 'mabegi: {bags}',
  busSeat: 'na. {seats}',
  busNotSold: 'Basi hili halina huduma hiyo. Bila hiyo:',
  busSeatTaken: 'Kiti hicho kimechukuliwa. Vingine viko wazi:',
  priceSeats: 'viti',
  priceEarly: 'mapema',
  priceBags: 'mabegi',
  priceCover: 'bima',
  priceChoice: 'kuchagua kiti',
}
