import type { freight as en } from '../en/freight.ts'
import type { Same } from '../same.ts'

export const freight: Same<typeof en> = {
  menuFreight: 'Mzigo',
  freightWhat: 'Unatuma nini? Chagua, au andika.',
  cement: 'Saruji',
  food: 'Chakula',
  household: 'Vyombo vya nyumba',
  materials: 'Vifaa vya ujenzi',
  freightTarget: 'Unatarajia kulipa kiasi gani cha juu? Kama 450,000.',
  freightSealed: 'Bei zifichwe, hata kwako, hadi zote zifike?',
  sealed: 'Zifichwe',
  goWithout: 'Endelea bila hiyo',
  badAmount: 'Hicho si kiasi cha pesa yenu.',
  freightVehicle: 'Gari gani? Chagua, au andika uzito kwa tani.',
  noVehicleSoLarge: 'Hakuna gari linalobeba kiasi hicho.',
  freightFrom: 'Kutoka mji gani? Chagua, au andika.',
  freightTo: 'Kwenda mji gani? Chagua, au andika.',
  freightWhen: 'Unapakiwa lini? Chagua, au andika siku, kama 25/12.',
  badDay: 'Hatujui siku hiyo katika siku 90 zijazo.',
  freightSummary: '{what}, {vehicle}, {from} -> {to}, {when}',
  freightAgreed: '{what}, {from} -> {to}, {when}, na {carrier}',
  freightDraft: 'Mzigo',
  pricesAsked: 'Wasafirishaji wanaulizwa bei zao',
  menuLoads: 'Inzira. Mizigo karibu nawe:',
  askBid: 'Unataka kiasi gani kwa {load}? Kwa {currency}, kama 450,000.',
  askPrices: 'Tuwaulize wasafirishaji bei zao?',
  loadPosted:
    'Mzigo {code} umetangazwa. Bei zinakuja kwa SMS. Kuziona: FUATILIA {code}. Kughairi: GHAIRI {code}. Msaada {help}',
  loadSealed: 'Mzigo {code}: bei zilizofika: {count}. Utaziona kuanzia {until}. Kughairi: GHAIRI {code}',
  loadWaits: 'Mzigo {code}: bei zinakuja kwa SMS. Bado hakuna.',
  loadOffers: 'Mzigo {code}. Unachagua bei ya nani?',
  loadLapsed: 'Mzigo {code} umefungwa: hakuna bei iliyochaguliwa kwa wakati. Hulipi chochote.',
  offerMade:
    'Mzigo {code}: {driver} ({stars}) anataka {price}. Kuchagua: FUATILIA {code}. Kupunguza: PUNGUZA {code} {nth} na bei yako. Msaada {help}',
  counterMade:
    'Mzigo {code}: mwenye mzigo atalipa {price} badala ya {asked}. Kukubali: BEI {code} {amount}. Au BEI na nyingine.',
  counterSent: 'Mzigo {code}: tunamwambia {driver} kuwa utalipa {price}. Tutakutumia SMS jibu lake.',
  counterHow: 'Kupunguza: PUNGUZA, namba ya mzigo, namba ya ofa na bei yako, kama PUNGUZA 7730 1 400000.',
  noCounter: 'Mzigo {code} hauna ofa hiyo, au umeijibu, au haizidi {price}. Angalia: FUATILIA {code}',
  offersOpened:
    'Mzigo {code}: bei {count} zimefika. Kuchagua: FUATILIA {code}. Kughairi: GHAIRI {code}. Msaada {help}',
  offerPassed: 'Ofa hiyo haipo tena.',
  offerTaken: '{price}, {driver}',
  loadHome:
    'Mzigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Unaelekea kwenu. Kutoa bei: BEI {code} na kiasi',
  loadNear:
    'Mzigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Uko karibu: km {km}. Kutoa bei: BEI {code} na kiasi',
  loadKnown:
    'Mzigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Unafikisha vizuri. Kutoa bei: BEI {code} na kiasi',
  loadFits:
    'Mzigo {code}: {what}, {vehicle}, {from}-{to}, {when}. Unafaa gari lako. Kutoa bei: BEI {code} na kiasi',
  bidTaken: 'Bei yako {price} kwa mzigo {code} imefika. Inadumu mzigo ukiwa wazi. Kuiondoa: ONDOA {code}',
  bidTakenUntil: 'Bei yako {price} kwa mzigo {code} imefika. Inadumu hadi {until}. Kuiondoa: ONDOA {code}',
  bidHow: 'Kutoa bei: BEI, namba ya mzigo na kiasi, kama BEI 7730 450000. Kuiondoa: ONDOA 7730.',
  bidLost: 'Mzigo {code} umepewa msafirishaji mwingine. Asante kwa bei yako {price}.',
  bidClosed: 'Mzigo {code} umefungwa bila msafirishaji. Asante kwa bei yako {price}.',
  bidOutdone:
    'Bei yako {price} kwa mzigo {code} imetoka: wengine wanataka kidogo. Kutoa tena: BEI {code} na kiasi',
  bidTooDear: 'Mzigo {code}: wengi wanataka chini ya {price}. Kupunguza: BEI {code} na kiasi',
  bidBack: 'Bei yako kwa mzigo {code} imeondolewa.',
  noBid: 'Huna bei ya kuondoa kwa mzigo {code}.',
  noLoads: 'Hakuna mizigo huko sasa.',
  loadsOpen: '{list}\nKutoa bei: BEI, namba na kiasi.',
  loadGone: 'Mzigo {code} haupokei bei tena.',
  noSuchLoad: 'Hatujui mzigo {code}.',
  notCarrier: 'Namba hii si ya msafirishaji aliyesajiliwa.',
  notVerified: 'Hati zako hazijathibitishwa, au zitaisha kabla mzigo {code} ufike. Piga {help}.',
  noVehicle: 'Huna gari huru kwa mzigo {code} lenye nafasi na hati halali.',
  freightHolding: 'Tunaomba gari. Tutakutumia SMS.',
  freightBusy: 'Samahani, {driver} hawezi tena kuchukua mzigo {code}. Bei nyingine: FUATILIA {code}',
  freightNobody: 'Samahani, hakuna msafirishaji wa mzigo wako sasa. Hulipi chochote.',
  freightHeld:
    '{driver}, {plate}, anachukua mzigo wako kwa {price}. Kubali kwenye simu yako. Mzigo {code}. Kughairi: GHAIRI {code}',
  freightPaid:
    'Umelipa {price}, mzigo {code}, {when}: {driver} {plate}, {phone}. Analipwa ukifika, kwa namba {start}. GHAIRI {code}. Msaada {help}',
  freightBooked: 'Mzigo {code}: {driver}, {plate}, simu {phone}, anapakia {when}. Namba ya kupokea {start}.',
  freightLoaded: 'Mzigo {code} uko njiani kwenda {to} na {driver}, simu {phone}.',
  freightUnderway: 'Mzigo {code}: uko njiani kwenda {to} na {driver}, simu {phone}.',
  freightComing:
    'Mzigo wa {sender} unakuja na {driver}, {plate}, {phone}. Toa namba {start} ukishaupokea tu. Msaada {help}',
  freightClaimed: 'Mzigo {code}: {driver} anasema umefika. Tunakuuliza kama yote ni sawa.',
  freightDelivered: 'Mzigo {code} umefika. {driver} alikuwaje? 5 ni bora zaidi.',
  freightReceived: 'Mzigo {code} umefika.',
  freightLost: 'Samahani, mzigo {code} hautaenda: {driver} hawezi kuuchukua. Unarudishiwa {price}.',
  freightRuled: 'Mzigo {code}: tumeamua. Maswali? Piga {help}.',
  goLoad:
    'Kazi {code}: pakia {what} {from} tarehe {when}, simu {phone}, kwenda {to}. Ukishapakia, jibu NIMEPAKIA {code}',
  deliverLoad:
    'Kazi {code}: upeleke {to}, simu {receiver}. Omba namba, ujibu NIMEFIKISHA {code} nayo, au bila.',
  loadedVerb: 'Nimepakia',
  deliveredVerb: 'Nimefikisha',
  noProof: 'Hakuna namba',
}
