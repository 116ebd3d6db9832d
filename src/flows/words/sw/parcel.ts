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
  receiverPays: 'Mpokeaji atalipa',
  parcelCash:
    'Kifurushi {code}: {driver} {plate}, {phone}, anakichukua. {receiver} atalipa {price} taslimu; akikataa, utalipa wewe. GHAIRI {code}. Msaada {help}',
  parcelComingCash:
    'Kifurushi cha {sender} kinakuja na {driver}, {plate}, {phone}. Lipa {price} taslimu, kisha toa namba {start}. Msaada {help}',
  parcelReturningCash:
    'Hakuna aliyepokea kifurushi {code}. {driver}, {phone}, anakirudisha. Lipa {price} taslimu, kisha toa namba {back}. Msaada {help}',
  handOverCash:
    'Kazi {code}: kipeleke {to}, simu {receiver}. Chukua {price} na namba, ujibu NIMEMALIZA {code} na namba. Hakipokewi: RUDISHA {code}',
  takeBackCash:
    'Kazi {code}: kirudishe {from}, simu {phone}. Chukua {price} na namba, ujibu NIMERUDISHA {code} na namba hiyo.',
}
