import type { parcel as en } from '../en/parcel.ts'
import type { Same } from '../same.ts'

export const parcel: Same<typeof en> = {
  menuParcel: 'Umuzigo',
  parcelFrom: 'Tuwufatire he? Hitamo, cyangwa wandike ahantu cyangwa nimero ya gare.',
  parcelTo: 'Ujya he? Hitamo, cyangwa wandike ahantu cyangwa nimero ya gare.',
  parcelReceiver: 'Nimero ya telefoni y uwakira?',
  parcelWeight: 'Upima ibiro bingahe, ku mpera?',
  tooHeavy: 'Uraremereye cyane kuri moto.',
  parcelAgain: 'Nanone umuzigo -> {to}',
  parcelSummary: 'Umuzigo utarenza {kg}, {from} -> {to}, wa {receiver}',
  parcelDraft: 'Umuzigo',
  parcelPaid:
    'Wishyuye {price}, umuzigo {code} ujya {to}. {driver} {plate}, {phone}, araje kuwufata. Guhagarika: HAGARIKA {code}. Ubufasha {help}',
  parcelBooked: 'Umuzigo {code}: {driver}, pulake {plate}, tel {phone} araje kuwufata.',
  parcelUnderway: 'Umuzigo {code}: ugiye {to} na {driver}, tel {phone}.',
  parcelCollected: 'Umuzigo {code} ugiye {to} na {driver}.',
  parcelComing:
    'Umuzigo wa {sender} uje na {driver}, {plate}, {phone}. Tanga umubare {start} umaze kuwakira. Ubufasha {help}',
  parcelHanded: 'Umuzigo {code} watanzwe. {driver} yabatwaye ate? 5 ni byiza cyane.',
  parcelReturning:
    'Nta wakiriye umuzigo {code}. {driver}, {phone}, arawugaruye. Tanga umubare {back} umaze kuwakira. Ubufasha {help}',
  parcelReturned: 'Umuzigo {code} wakugarukiye. {driver} yabatwaye ate? 5 ni byiza cyane.',
  parcelReceived: 'Umuzigo {code} watanzwe.',
  collectParcel:
    'Akazi {code}: fata umuzigo utarenza {kg} kuri {from}, tel {phone}, ujya {to}. Uwufashe, subiza NAFASHE {code}',
  handOver:
    'Akazi {code}: wujyane {to}, tel {receiver}. Saba umubare usubize RANGIZA {code} n uwo mubare. Nta muntu: GARURA {code}',
  takeBack: 'Akazi {code}: wusubize {from}, tel {phone}. Saba umubare usubize NAGARUYE {code} n uwo mubare.',
  returnedVerb: 'Nawugaruye',
  collectedVerb: 'Ndawufite',
  handedVerb: 'Nawutanze',
  receiverPays: 'Uwakira yishyura',
  parcelCash:
    'Umuzigo {code}: {driver} {plate}, {phone}, araje kuwufata. {receiver} azishyura {price}; nibatawakira, ni wowe. HAGARIKA {code}. Ubufasha {help}',
  parcelComingCash:
    'Umuzigo wa {sender} uje na {driver}, {plate}, {phone}. Ishyura {price} mu ntoki, utange umubare {start} umaze kuwakira. Tel {help}',
  parcelReturningCash:
    'Nta wakiriye umuzigo {code}. {driver}, {phone}, arawugaruye. Ishyura {price} mu ntoki, utange umubare {back}. Ubufasha {help}',
  handOverCash:
    'Akazi {code}: wujyane {to}, tel {receiver}. Fata {price}, saba umubare, usubize RANGIZA {code} n uwo mubare. Ntibawakiriye: GARURA {code}',
  takeBackCash:
    'Akazi {code}: wusubize {from}, tel {phone}. Fata {price}, saba umubare, usubize NAGARUYE {code} n uwo mubare.',
}
