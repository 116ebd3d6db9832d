import type { parcel as en } from '../en/parcel.ts'
import type { Same } from '../same.ts'

export const parcel: Same<typeof en> = {
  menuParcel: 'Kifurushi',
  parcelFrom: 'Tukichukue wapi? Chagua, au andika mahali au namba ya kituo.',
  parcelTo: 'Kinaenda wapi? Chagua, au andika mahali au namba ya kituo.',
  parcelReceiver: 'Namba ya simu ya anayepokea?',
  parcelWeight: 'Kina uzito gani, usiozidi?',
  tooHeavy: 'Ni kizito mno kwa pikipiki.',
  parcelAgain: 'Tena kifurushi -> {to}',
  parcelSummary: 'Kifurushi hadi {kg}, {from} -> {to}, kwa {receiver}',
  parcelDraft: 'Kifurushi',
  parcelPaid:
    'Umelipa {price}, kifurushi {code} kwenda {to}. {driver} {plate}, {phone}, anakuja kukichukua. GHAIRI {code}. Msaada {help}',
  parcelBooked: 'Kifurushi {code}: {driver}, namba {plate}, simu {phone} anakuja kukichukua.',
  parcelUnderway: 'Kifurushi {code}: kiko njiani kwenda {to} na {driver}, simu {phone}.',
  parcelCollected: 'Kifurushi {code} kiko njiani kwenda {to} na {driver}.',
  parcelComing:
    'Kifurushi cha {sender} kinakuja na {driver}, {plate}, {phone}. Toa namba {start} ukishakipokea tu. Msaada {help}',
  parcelHanded: 'Kifurushi {code} kimepokelewa. {driver} alikuwaje? 5 ni bora zaidi.',
  parcelReturning:
    'Hakuna aliyepokea kifurushi {code}. {driver}, {phone}, anakirudisha kwako. Toa namba {back} ukishakipokea tu. Msaada {help}',
  parcelReturned: 'Kifurushi {code} kimerudi kwako. {driver} alikuwaje? 5 ni bora zaidi.',
  parcelReceived: 'Kifurushi {code} kimepokelewa.',
  collectParcel:
    'Kazi {code}: chukua kifurushi cha hadi {kg} {from}, simu {phone}, kwenda {to}. Ukikipata, jibu NIMECHUKUA {code}',
  handOver:
    'Kazi {code}: kipeleke {to}, simu {receiver}. Omba namba, ujibu NIMEMALIZA {code} na namba hiyo. Hakuna mtu: RUDISHA {code}',
  takeBack:
    'Kazi {code}: kirudishe {from}, simu {phone}. Omba namba, ujibu NIMERUDISHA {code} na namba hiyo.',
  returnedVerb: 'Nimekirudisha',
  collectedVerb: 'Ninacho',
  handedVerb: 'Nimekabidhi',
}
