import type { freight as en } from '../en/freight.ts'
import type { Same } from '../same.ts'

export const freight: Same<typeof en> = {
  menuFreight: 'Imizigo',
  freightWhat: 'Murohereza iki? Hitamo cyangwa wandike.',
  cement: 'Sima',
  food: 'Ibiribwa',
  household: 'Ibyo mu rugo',
  materials: 'Ibyubaka',
  freightTarget: 'Mwifuza kwishyura ntarengwa angahe? Urugero: 450,000.',
  freightSealed: 'Ibiciro bihishwe kuri bose kugeza byose bije?',
  sealed: 'Ifunze',
  goWithout: 'Komeza nta byo',
  badAmount: "Uwo si umubare w'amafaranga yanyu.",
  freightVehicle: 'Imodoka iyihe? Hitamo, cyangwa wandike uburemere muri toni.',
  noVehicleSoLarge: 'Nta modoka itwara ibingana bityo.',
  freightFrom: 'Biva mu wuhe mujyi? Hitamo cyangwa uwandike.',
  freightTo: 'Bijya mu wuhe mujyi? Hitamo cyangwa uwandike.',
  freightWhen: 'Bipakirwa ryari? Hitamo, cyangwa wandike umunsi, nka 25/12.',
  badDay: 'Uwo munsi ntituwuzi mu minsi 90 iri imbere.',
  freightSummary: '{what}, {vehicle}, {from} -> {to}, {when}',
  freightAgreed: '{what}, {from} -> {to}, {when}, na {carrier}',
  freightDraft: 'Imizigo',
  pricesAsked: 'Tubaza abatwara ibiciro byabo',
  menuLoads: 'Inzira. Imizigo iri hafi:',
  askBid: 'Murasaba angahe kuri {load}? Umubare muri {currency}, nka 450,000.',
  askPrices: 'Tubaze abatwara ibiciro byabo?',
  loadPosted:
    'Imizigo {code} yatangajwe. Ibiciro biza kuri SMS. Kubireba: REBA {code}. Guhagarika: HAGARIKA {code}. Ubufasha {help}',
  loadSealed:
    'Imizigo {code}: ibiciro bimaze kuza: {count}. Mubibona guhera {until}. Guhagarika: HAGARIKA {code}',
  loadWaits: 'Imizigo {code}: ibiciro biza kuri SMS. Nta kiraza.',
  loadOffers: 'Imizigo {code}. Muhisemo nde?',
  loadLapsed: 'Imizigo {code} yafunzwe: nta giciro cyemejwe ku gihe. Nta cyo mwishyura.',
  offerMade:
    "Imizigo {code}: {driver} ({stars}) arasaba {price}. Guhitamo: REBA {code}. Kugabanya: CIRIRIKANYA {code} {nth} n'amafaranga. Ubufasha {help}",
  counterMade:
    'Imizigo {code}: nyirayo yakwishyura {price} aho kuba {asked}. Kubyemera: IGICIRO {code} {amount}. Cyangwa ikindi giciro.',
  counterSent: 'Imizigo {code}: tubwiye {driver} ko mwakwishyura {price}. Tuzabamenyesha icyo avuze.',
  counterHow:
    "Kugabanya: CIRIRIKANYA, umubare w'imizigo, nimero y'igiciro n'amafaranga, nka CIRIRIKANYA 7730 1 400000.",
  noCounter:
    'Imizigo {code}: icyo giciro nta gihari, mwaragisubije, cyangwa ntikirenze {price}. Reba: REBA {code}',
  offersOpened:
    'Imizigo {code}: haje ibiciro {count}. Guhitamo: REBA {code}. Guhagarika: HAGARIKA {code}. Ubufasha {help}',
  offerPassed: 'Icyo giciro ntikigifite agaciro.',
  offerTaken: '{price}, {driver}',
  loadHome:
    "Imizigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Ijya iwanyu. Gutanga igiciro: IGICIRO {code} n'amafaranga",
  loadNear:
    "Imizigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Iri hafi: km {km}. Gutanga igiciro: IGICIRO {code} n'amafaranga",
  loadKnown:
    "Imizigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Mutwara neza. Gutanga igiciro: IGICIRO {code} n'amafaranga",
  loadFits:
    "Imizigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Ikwiye imodoka. Gutanga igiciro: IGICIRO {code} n'amafaranga",
  bidTaken:
    'Igiciro cyawe {price} ku mizigo {code} cyageze. Kimara igihe imizigo iri ku isoko. Kugikuraho: KURAHO {code}',
  bidTakenUntil:
    'Igiciro cyawe {price} ku mizigo {code} cyageze. Kimara kugeza {until}. Kugikuraho: KURAHO {code}',
  bidHow:
    "Gutanga igiciro: IGICIRO, umubare w'imizigo n'amafaranga, nka IGICIRO 7730 450000. Kugikuraho: KURAHO 7730.",
  bidLost: 'Imizigo {code} yahawe undi. Murakoze ku giciro cyanyu {price}.',
  bidClosed: 'Imizigo {code} yafunzwe, nta watsindiye. Murakoze ku giciro cyanyu {price}.',
  bidOutdone:
    "Igiciro cyawe {price} ku mizigo {code} kivuyemo: abandi basaba make. Kongera: IGICIRO {code} n'amafaranga",
  bidTooDear: "Imizigo {code}: benshi basaba munsi ya {price}. Kugabanya: IGICIRO {code} n'amafaranga",
  bidBack: 'Igiciro cyawe ku mizigo {code} cyakuweho.',
  noBid: 'Nta giciro ufite ku mizigo {code} cyakurwaho.',
  noLoads: 'Nta mizigo ihari ubu.',
  loadsOpen: "{list}\nGutanga igiciro: IGICIRO, umubare n'amafaranga.",
  loadGone: 'Imizigo {code} ntikiri ku isoko.',
  noSuchLoad: 'Nta mizigo {code} tuzi.',
  notCarrier: "Iyi nimero si iy'utwara imizigo wanditse.",
  notVerified:
    'Ibyangombwa byanyu ntibyemejwe, cyangwa bizarangira imizigo {code} itaragera. Hamagara {help}.',
  noVehicle: 'Nta modoka mufite idakora, ihagije kandi ifite ibyangombwa ku mizigo {code}.',
  freightHolding: 'Turasaba imodoka. Turabandikira.',
  freightBusy: 'Mutubabarire, {driver} ntagishoboye imizigo {code}. Ibindi biciro: REBA {code}',
  freightNobody: 'Mutubabarire, nta watwara imizigo yanyu ubu. Nta cyo mwishyura.',
  freightHeld:
    '{driver}, {plate}, atwara imizigo kuri {price}. Mwemeze kuri telefoni. Imizigo {code}. Guhagarika: HAGARIKA {code}',
  freightPaid:
    'Mwishyuye {price}, imizigo {code}, {when}: {driver} {plate}, {phone}. Ahembwa igeze, kuri kode {start}. HAGARIKA {code}. Ubufasha {help}',
  freightBooked: 'Imizigo {code}: {driver}, {plate}, tel {phone}, apakira {when}. Kode yo gutanga {start}.',
  freightLoaded: 'Imizigo {code} iri mu nzira ijya {to} na {driver}, tel {phone}.',
  freightUnderway: 'Imizigo {code}: iri mu nzira ijya {to} na {driver}, tel {phone}.',
  freightComing:
    'Imizigo ya {sender} izanywe na {driver}, {plate}, {phone}. Mutange kode {start} ari uko muyifite. Ubufasha {help}',
  freightClaimed: 'Imizigo {code}: {driver} avuze ko yageze. Turababaza niba byose ari byiza.',
  freightDelivered: 'Imizigo {code} yagejejwe. {driver} yari ate? 5 ni cyiza cyane.',
  freightReceived: 'Imizigo {code} yagejejwe.',
  freightLost: 'Mutubabarire, imizigo {code} ntigenda: {driver} ntashoboye. {price} agaruka kuri mwe.',
  freightRuled: 'Imizigo {code}: twafashe icyemezo. Ibibazo? Hamagara {help}.',
  goLoad:
    'Akazi {code}: pakira {what} i {from} ku wa {when}, tel {phone}, bijya {to}. Umaze gupakira, subiza NAPAKIYE {code}',
  deliverLoad:
    'Akazi {code}: bijyane {to}, tel {receiver}. Saba kode, usubize NAGEJEJE {code} na yo, cyangwa utayifite.',
  loadedVerb: 'Napakiye',
  deliveredVerb: 'Nagejeje',
  noProof: 'Nta kode',
}
