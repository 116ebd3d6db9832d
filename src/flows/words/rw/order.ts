import type { order as en } from '../en/order.ts'
import type { Same } from '../same.ts'

export const order: Same<typeof en> = {
  menuOrder: 'Kurangura',
  orderAgain: 'Ongera {product}',
  orderWhat: 'Ni ikihe gicuruzwa? Hitamo, andika izina cyangwa kode: 12x3 45x2',
  noProduct: 'Icyo gicuruzwa ntitukizi.',
  orderMany: 'Ni bingahe?',
  tooManyPieces: 'Kuva kuri 1 kugeza kuri 999, kandi ibicuruzwa 12 gusa.',
  orderTo: 'Bijya he? Hitamo, cyangwa wandike ahantu.',
  orderSummary: 'Kurangura {items}',
  orderDraft: 'Kurangura',
  yesCash: 'Yego, nzishyura bigeze',
  addMore: 'Ongeraho ikindi',
  askWhy: 'Sobanura',
  priceMade: '{lines}\n{question}',
  priceGoods: 'Ibicuruzwa',
  priceList: 'urutonde rw ibiciro',
  priceContract: 'igiciro twumvikanye',
  pricePromotion: 'poromosiyo',
  priceVolume: 'kubera ubwinshi',
  priceTax: 'umusoro',
  priceDelivery: 'Kubigeza',
  priceWhole: 'Urugendo {code} rugura {price}. Ikibazo? Hamagara {help}.',
  priceWhy: '{lines}\n= {price}',
  basketSaved: 'Byabitswe nka {name}. Kubirangura: RANGURA {name}',
  noBasket: 'Nta cyo kubika. Banza urangure, cyangwa wandike BIKA {name} 12x3 45x2',
  basketsFull: 'Wabitse byinshi bihagije. Hindura ibiri muri kimwe: BIKA n izina ryacyo.',
  orderHolding: 'Turakubikira ibicuruzwa. Turakwandikira.',
  orderShort: 'Mbabarira, hasigaye {left} gusa bya {item}. Nta cyo wishyura. Ongera utumize bike.',
  orderGone: 'Mbabarira, {item} yashize. Nta cyo wishyura.',
  orderLeft: 'Hasigaye {left} bya {item}.',
  orderHoarding: 'Usanganywe ibicuruzwa utarishyura. Banza ubyishyure cyangwa ubihagarike.',
  orderNone: 'Mbabarira, ibicuruzwa ntibyashoboye kubikwa. Nta cyo wishyura.',
  orderLost: 'Mbabarira, komande {code} ntishobotse: ibicuruzwa byashize. {price} agaruka kuri wewe.',
  orderHeld:
    'Komande {code}: ibicuruzwa bibitswe iminota 15. Emeza {price} kuri telefoni. Guhagarika: HAGARIKA {code}',
  orderPaid:
    'Wishyuye {price}, komande {code}. {driver} irabipakira, turakwandikira ubizana. Guhagarika mbere yaho: HAGARIKA {code}. Tel {help}',
  orderCash:
    'Komande {code}: {price} mu ntoki bigeze. {driver} irabipakira. Guhagarika mbere yaho: HAGARIKA {code}. Tel {help}',
  orderBooked: 'Komande {code}: {driver} irabipakira.',
  orderPicked: 'Komande {code} irapakiye. Turakwandikira ubizana.',
  orderSeeking: 'Komande {code} irapakiye. Turashaka ubizana.',
  orderStranded:
    'Komande {code} irapakiye, ariko ntiturabona uyizana. Turacyashaka, turakwandikira. Ubufasha {help}',
  orderUnbrought: 'Mbabarira, komande {code} ntiyabonye uyizana. Nta cyo wishyura.',
  orderUnbroughtPaid: 'Mbabarira, komande {code} ntiyabonye uyizana. {price} agaruka kuri wewe.',
  orderComing:
    '{driver}, {plate}, {phone}, azanye komande {code}. Tanga umubare {start} umaze kuyakira. Ubufasha {help}',
  orderComingCash:
    '{driver}, {plate}, {phone}, azanye komande {code}. Ishyura {price} utange umubare {start} umaze kuyakira. Tel {help}',
  orderUnderway: 'Komande {code} izanwe na {driver}, tel {phone}. Umubare wayo ni {start}.',
  orderRating: 'Komande {code} yageze. {driver} yabikoze ate? 5 ni byiza cyane.',
  pickOrder: 'Komande {code} ya {to}: pakira {items}. Birangiye, subiza NAFASHE {code}',
  bringOrder:
    'Akazi {code}: {from} -> {to}, tel {phone}. {pay} Saba umubare usubize RANGIZA {code} n uwo mubare.',
  handedOn: 'Komande {code}: murakoze. Hari uza kuyifata.',
  pickedVerb: 'Birapakiye',
}
