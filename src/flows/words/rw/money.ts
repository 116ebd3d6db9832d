import type { money as en } from '../en/money.ts'
import type { Same } from '../same.ts'

export const money: Same<typeof en> = {
  payer_declined: 'Wanze kwishyura.',
  payer_timeout: 'Ntiwemeje kwishyura ku gihe.',
  insufficient_funds: 'Amafaranga yawe ashobora kuba adahagije.',
  payer_limit: 'Wageze ku mupaka wa mobile money.',
  wrong_pin: 'PIN si yo.',
  unknown_payer: 'Iyi nimero nta mobile money ifite.',
  misconfigured: 'Kwishyura ntibyakunze.',
  provider_down: 'Mobile money ntisubiza.',
  paid: 'Wishyuye {price}, urugendo {code}.',
  refunding: "{price} y'urugendo {code} aragarutse kuri wowe.",
  refunded: '{price} y urugendo {code} yagarutse kuri wowe.',
  refundComing: 'Ubwishyu bw urugendo {code} bwatinze. {price} aragarutse kuri wowe.',
  refundAsked: "Turasuzuma isubizwa rya {price} y'urugendo {code}. Turabandikira.",
  notRefunded: "Ntidushobora kubasubiza {price} y'urugendo {code}. Ubufasha: hamagara {help}.",
  handed: "Twabasubije {price} y'urugendo {code}.",
  paidOut: '{price} wakoreye ({period}) yageze kuri konti yawe.',
  notPaidOut:
    'Ntitwashoboye kohereza {price} wakoreye ({period}). Aracyari ayawe, azaza ubutaha. Ubufasha: {help}.',
  payingOut: '{price} wakoreye ({period}) ari mu nzira.',
  owed: "Ntitwashoboye kubasubiza {price} y'urugendo {code}. Turayabarimo: hamagara {help}.",
  paidBack: 'Murakoze. Mushobora gufunga iyi paji: turabohereza ubutumwa.',
  payHere: "Ishyura {price} y'urugendo {code} hano: {url}",
  invoiced:
    'Fagitire {number}, urugendo {code}: {price}, yishyurwa bitarenze {date}. Kwishyura: ISHYURA {code}. Ubufasha: {help}',
  invoiceDue: 'Fagitire {number}, urugendo {code}: {price}, yishyurwa bitarenze {date}.',
  invoiceSoon:
    'Fagitire {number}: {price} igomba kwishyurwa bitarenze {date}. Kwishyura: ISHYURA {code}. Ubufasha: {help}',
  invoiceLate:
    'Fagitire {number}: {price} yagombaga kwishyurwa bitarenze {date}. Kwishyura: ISHYURA {code}. Ubufasha: {help}',
  creditStopped:
    'Inguzanyo yawe yahagaze: fagitire {number}, {price}, yagombaga kwishyurwa {date}. Kwishyura: ISHYURA {code}. Ubufasha: {help}',
  invoicePaid: 'Fagitire {number} yishyuwe. Murakoze.',
  invoiceCancelled: 'Fagitire {number}, urugendo {code}, yahagaritswe. Nta cyo uyishyuraho.',
  invoiceClosed: 'Fagitire {number} yarafunzwe. Ubufasha: {help}',
  payNow: 'Ishyura ubu',
  noInvoice: 'Nta fagitire ufite yo kwishyura.',
  noSuchInvoice: 'Nta fagitire {code} yawe tuzi.',
  escrowHeld: 'Akazi {code}: {price} arabitswe. Ni ayawe umaze kubigeza.',
  escrowWaits: 'Urugendo {code}: {driver} abona {price} byageze, si mbere.',
  escrowClaimed: 'Urugendo {code}: {driver} avuze ko byageze. Byose ni byiza?',
  allIsWell: 'Byose ni byiza',
  notDelivered: 'Hari ikibazo',
  escrowDisputed: 'Urugendo {code}: turabireba. {price} aguma aho ari. Ubufasha: {help}.',
  escrowReleased: 'Urugendo {code} rwageze: {price} ahabwa {driver}.',
  escrowReturned: 'Urugendo {code} ntirwageze: igiciro gisubijwe umukiriya.',
  escrowRuled:
    'Urugendo {code}, twafashe icyemezo: {price} ya {driver}, {back} asubijwe umukiriya. Ubufasha: {help}.',
}
