/** Parcels. */
export const parcel = {
  menuParcel: 'Parcel',
  parcelFrom: 'Where do we collect it? Choose, or type a place or stage number.',
  parcelTo: 'Where does it go? Choose, or type a place or stage number.',
  parcelReceiver: 'Phone number of the one who receives it?',
  parcelWeight: 'How heavy is it, at most?',
  tooHeavy: 'That is too heavy for a moto.',
  parcelAgain: 'Again parcel -> {to}',
  parcelSummary: 'Parcel up to {kg}, {from} -> {to}, for {receiver}',
  parcelDraft: 'Parcel',
  parcelPaid:
    'Paid {price}, parcel {code} to {to}. {driver} {plate}, {phone}, comes to collect it. Cancel: CANCEL {code}. Help {help}',
  parcelBooked: 'Parcel {code}: {driver}, plate {plate}, tel {phone} comes to collect it.',
  parcelUnderway: 'Parcel {code}: on its way to {to} with {driver}, tel {phone}.',
  parcelCollected: 'Parcel {code} is on its way to {to} with {driver}.',
  parcelComing:
    'A parcel from {sender} comes with {driver}, {plate}, {phone}. Give the code {start} only when you have it. Help {help}',
  parcelHanded: 'Parcel {code} was handed over. How was {driver}? 5 is best.',
  parcelReturning:
    'Nobody took parcel {code}. {driver}, {phone}, brings it back to you. Give the code {back} only when you have it. Help {help}',
  parcelReturned: 'Parcel {code} came back to you. How was {driver}? 5 is best.',
  parcelReceived: 'Parcel {code} was handed over.',
  collectParcel:
    'Job {code}: collect a parcel of up to {kg} at {from}, tel {phone}, for {to}. When you have it, reply COLLECTED {code}',
  handOver:
    'Job {code}: take it to {to}, tel {receiver}. Ask there for the code and reply DONE {code} with it. Nobody there: RETURN {code}',
  takeBack:
    'Job {code}: take it back to {from}, tel {phone}. Ask there for the code and reply RETURNED {code} with it.',
  returnedVerb: 'Brought back',
  collectedVerb: 'I have it',
  handedVerb: 'Handed over',
  receiverPays: 'Receiver pays cash',
  parcelCash:
    'Parcel {code}: {driver} {plate}, {phone}, collects it. {receiver} pays {price} cash; if nobody takes it, you do. Cancel: CANCEL {code}. Help {help}',
  parcelComingCash:
    'A parcel from {sender} comes with {driver}, {plate}, {phone}. Pay {price} cash and give the code {start} when you have it. Help {help}',
  parcelReturningCash:
    'Nobody took parcel {code}. {driver}, {phone}, brings it back. Pay {price} cash and give the code {back} when you have it. Help {help}',
  handOverCash:
    'Job {code}: take it to {to}, tel {receiver}. Take {price} cash, ask for the code, reply DONE {code} with it. Not taken: RETURN {code}',
  takeBackCash:
    'Job {code}: take it back to {from}, tel {phone}. Take {price} cash, ask for the code, reply RETURNED {code} with it.',
} as const
