import type { ride as en } from '../en/ride.ts'
import type { Same } from '../same.ts'

export const ride: Same<typeof en> = {
  menuRide: 'Course',
  rideFrom: "Ou etes-vous ? Choisissez, ou écrivez un lieu ou un numéro d'arret.",
  rideTo: "Ou allez-vous ? Choisissez, ou écrivez un lieu ou un numéro d'arret.",
  rideAgain: 'Encore {from} -> {to}',
  rideSummary: 'Moto {from} -> {to}',
  rideInCash: 'Oui, en espèces',
  rideDraft: 'Course moto',
  booked: 'Trajet {code}: {driver}, plaque {plate}, tél {phone}. Code de départ {start}.',
  onTheWay: 'Trajet {code}: en route vers {to} avec {driver}.',
  rating: 'Vous etes arrivé. Comment était {driver} ? 5 est le mieux.',
  riderFound:
    '{driver}, plaque {plate}, est a {minutes} min. Approuvez {price} sur votre téléphone. Trajet {code}. Annuler: ANNULER {code}',
  receipt:
    'Payé {price}, trajet {code}, {from} a {to}. {driver} {plate}, {phone}. Code {start}. Annuler: ANNULER {code}. Aide {help}',
  cashTrip:
    'Trajet {code}: payez {price} en espèces a {driver}. Tél {phone}, plaque {plate}. Code {start}. Annuler: ANNULER {code}. Aide: {help}',
  driverHere: '{driver} vous attend, plaque {plate}. Donnez le code {start}.',
  goPickUp: 'Course {code}: allez a {from}. Client {phone}. {pay} Sur place, répondez ARRIVE {code}',
  atPickUp: 'Course {code}: demandez le code de départ au client et répondez DEPART {code} avec lui.',
  arrivedVerb: 'Je suis la',
  startVerb: 'Code de départ',
  doneVerb: 'Nous y sommes',
  riding: 'Course {code}: menez le client a {to}. Sur place, répondez FIN {code}',
}
