import type { order as en } from '../en/order.ts'
import type { Same } from '../same.ts'

export const order: Same<typeof en> = {
  menuOrder: 'Agiza',
  orderAgain: 'Tena {product}',
  orderWhat: 'Bidhaa gani? Chagua, au andika jina, au namba: 12x3 45x2',
  noProduct: 'Hatujui bidhaa hiyo.',
  orderMany: 'Ngapi?',
  tooManyPieces: 'Kutoka 1 hadi 999 za kila moja, na bidhaa 12 tu.',
  orderTo: 'Ipelekwe wapi? Chagua, au andika mahali.',
  orderSummary: 'Agizo {items}',
  orderDraft: 'Agizo',
  yesCash: 'Ndiyo, taslimu ikifika',
  addMore: 'Ongeza kitu',
  askWhy: 'Kwa nini bei hii?',
  priceMade: '{lines}\n{question}',
  priceGoods: 'Bidhaa',
  priceList: 'orodha ya bei',
  priceContract: 'bei ya makubaliano',
  pricePromotion: 'ofa',
  priceVolume: 'kwa wingi',
  priceTax: 'kodi',
  priceDelivery: 'Kupeleka',
  priceWhole: 'Safari {code} ni {price}. Maswali? Piga {help}.',
  priceWhy: '{lines}\n= {price}',
  basketSaved: 'Imehifadhiwa kama {name}. Kuiagiza: AGIZA {name}',
  noBasket: 'Hakuna cha kuhifadhi. Agiza kwanza, au andika HIFADHI {name} 12x3 45x2',
  basketsFull: 'Umehifadhi vikapu vya kutosha. Badilisha kimoja: HIFADHI na jina lake.',
  orderHolding: 'Tunakuwekea bidhaa. Tutakutumia SMS.',
  orderShort: 'Samahani, zimebaki {left} tu za {item}. Hulipi chochote. Agiza tena chache.',
  orderGone: 'Samahani, {item} imekwisha. Hulipi chochote.',
  orderLeft: 'Zimebaki {left} za {item}.',
  orderHoarding: 'Tayari una bidhaa ambazo hujalipia. Lipa au ghairi hizo kwanza.',
  orderNone: 'Samahani, bidhaa hazikuweza kuwekwa. Hulipi chochote.',
  orderLost: 'Samahani, agizo {code} haliwezekani: bidhaa zimekwisha. Unarudishiwa {price}.',
  orderHeld:
    'Agizo {code}: bidhaa zako zimewekwa dakika 15. Kubali {price} kwenye simu yako. Kughairi: GHAIRI {code}',
  orderPaid:
    'Umelipa {price}, agizo {code}. {driver} inalifunga, tutakutumia SMS nani analeta. Kabla ya hapo: GHAIRI {code}. Msaada {help}',
  orderCash:
    'Agizo {code}: {price} taslimu likifika. {driver} inalifunga sasa. Kabla ya hapo: GHAIRI {code}. Msaada {help}',
  orderBooked: 'Agizo {code}: {driver} inalifunga.',
  orderPicked: 'Agizo {code} limefungwa. Tutakutumia SMS nani analeta.',
  orderSeeking: 'Agizo {code} limefungwa. Tunatafuta wa kulileta.',
  orderStranded:
    'Agizo {code} limefungwa, lakini hakuna wa kulileta bado. Tunaendelea kutafuta, tutakutumia SMS. Msaada {help}',
  orderUnbrought: 'Samahani, agizo {code} halikuweza kuletwa. Hulipi chochote.',
  orderUnbroughtPaid: 'Samahani, agizo {code} halikuweza kuletwa. Unarudishiwa {price}.',
  orderComing:
    '{driver}, {plate}, {phone}, analeta agizo {code}. Toa namba {start} ukishalipokea tu. Msaada {help}',
  orderComingCash:
    '{driver}, {plate}, {phone}, analeta agizo {code}. Lipa {price}, utoe namba {start} ukishalipokea. Msaada {help}',
  orderUnderway: 'Agizo {code} linaletwa na {driver}, simu {phone}. Namba yake ni {start}.',
  orderRating: 'Agizo {code} limefika. {driver} alikuwaje? 5 ni bora zaidi.',
  pickOrder: 'Agizo {code} la {to}: funga {items}. Ukimaliza, jibu NIMECHUKUA {code}',
  bringOrder:
    'Kazi {code}: {from} -> {to}, simu {phone}. {pay} Omba namba, ujibu NIMEMALIZA {code} na namba hiyo.',
  handedOn: 'Agizo {code}: asante. Mtu anakuja kulichukua.',
  pickedVerb: 'Imefungwa',
}
