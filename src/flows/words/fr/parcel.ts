import type { parcel as en } from '../en/parcel.ts'
import type { Same } from '../same.ts'

export const parcel: Same<typeof en> = {
  menuParcel: 'Colis',
  parcelFrom: "Ou le prendre ? Choisissez, ou écrivez un lieu ou un numéro d'arret.",
  parcelTo: "Ou va-t-il ? Choisissez, ou écrivez un lieu ou un numéro d'arret.",
  parcelReceiver: 'Numéro de téléphone du destinataire ?',
  parcelWeight: 'Quel poids, au plus ?',
  tooHeavy: "C'est trop lourd pour une moto.",
  parcelAgain: 'Encore colis -> {to}',
  parcelSummary: "Colis jusqu'a {kg}, {from} -> {to}, pour {receiver}",
  parcelDraft: 'Colis',
  parcelPaid:
    'Payé {price}, colis {code} pour {to}. {driver} {plate}, {phone}, vient le prendre. Annuler: ANNULER {code}. Aide {help}',
  parcelBooked: 'Colis {code} : {driver}, plaque {plate}, tel {phone} vient le prendre.',
  parcelUnderway: 'Colis {code} : en route pour {to} avec {driver}, tel {phone}.',
  parcelCollected: 'Colis {code} en route pour {to} avec {driver}.',
  parcelComing:
    'Un colis de {sender} vient avec {driver}, {plate}, {phone}. Donnez le code {start} une fois recu, pas avant. Aide {help}',
  parcelHanded: 'Colis {code} remis. Comment était {driver} ? 5 est le mieux.',
  parcelReturning:
    "Personne n'a pris le colis {code}. {driver}, {phone}, vous le ramène. Donnez le code {back} une fois recu. Aide {help}",
  parcelReturned: 'Colis {code} revenu chez vous. Comment était {driver} ? 5 est le mieux.',
  parcelReceived: 'Colis {code} remis.',
  collectParcel:
    "Course {code} : prenez un colis jusqu'a {kg} a {from}, tel {phone}, pour {to}. Quand vous l'avez, répondez PRIS {code}",
  handOver:
    'Course {code} : menez-le a {to}, tel {receiver}. Demandez le code et répondez FIN {code} avec ce code. Personne : RETOUR {code}',
  takeBack:
    'Course {code} : ramenez-le a {from}, tel {phone}. Demandez le code et répondez RENDU {code} avec ce code.',
  returnedVerb: 'Ramené',
  collectedVerb: "Je l'ai",
  handedVerb: 'Remis',
  receiverPays: 'Le destinataire paie',
  parcelCash:
    'Colis {code} : {driver} {plate}, {phone}, le prend. {receiver} paie {price} en espèces ; sinon vous, au retour. ANNULER {code}. Aide {help}',
  parcelComingCash:
    'Un colis de {sender} vient avec {driver}, {plate}, {phone}. Payez {price} en espèces, puis donnez le code {start}. Aide {help}',
  parcelReturningCash:
    "Personne n'a pris le colis {code}. {driver}, {phone}, le ramène. Payez {price} en espèces, puis donnez le code {back}. Aide {help}",
  handOverCash:
    'Course {code} : menez-le a {to}, tel {receiver}. Prenez {price} et le code, répondez FIN {code} avec ce code. Refus : RETOUR {code}',
  takeBackCash:
    'Course {code} : ramenez-le a {from}, tel {phone}. Prenez {price} et le code, répondez RENDU {code} avec ce code.',
}
