import type { bus as en } from '../en/bus.ts'
import type { Same } from '../same.ts'

export const bus: Same<typeof en> = {
  menuBus: 'Bus',
  busFrom: 'De quelle ville ? Choisissez ou ecrivez-la.',
  busTo: 'Vers quelle ville ? Choisissez ou ecrivez-la.',
  busWhich: 'Quel bus ? Choisissez ou ecrivez un jour, par ex. 25/12.',
  noBus: 'Aucun bus pour cela.',
  busWho: 'Qui voyage ? Les noms avec des virgules, ou le nombre de places.',
  tooManySeats: 'De 1 à 6 places à la fois.',
  busAgain: 'Encore bus -> {to}',
  busSummary: 'Bus {from} -> {to}, {when}, places : {seats}',
  busDraft: 'Billet de bus',
  busHolding: 'Nous gardons vos places. Un SMS suit.',
  busFull: 'Désolé, il ne reste pas assez de places dans ce bus. Vous ne payez rien.',
  busGone: 'Désolé, ce bus ne part plus. Vous ne payez rien.',
  busHoarding: 'Vous gardez déjà des places non payées. Payez ou annulez-les avant.',
  busLost: 'Désolé, le voyage {code} est impossible : places prises ou bus supprimé. {price} vous est rendu.',
  busHeld:
    'Places {seats}, {when}, gardées 15 min. Approuvez {price} sur votre téléphone. Voyage {code}. Annuler : CANCEL {code}',
  busTicket:
    'Billet {ticket}, {from}-{to} {when}, places {seats}, {driver} {plate}. {price}. Annuler : CANCEL {code}. Aide {help}',
  busBooked: 'Billet {ticket} : {from} à {to}, {when}, places {seats}, {driver} {plate}.',
  busUnderway: 'Voyage {code} : en route vers {to} avec {driver}.',
  busReminder:
    'Votre bus {from} à {to} part {when}. Places {seats}, {driver} {plate}. Billet {ticket}. Aide {help}',
  busOther: 'Vous avez {when}, places : {seats}. Quel autre bus ? Rien de plus à payer.',
  busMoved:
    'Votre billet devient {ticket}, {from}-{to} {when}, places {seats}, {driver} {plate}. Annuler : CANCEL {code}. Aide {help}',
  busStays: "Ce bus n'a pas assez de places ou ne part pas. Vous gardez {when}, billet {ticket}.",
  busDearer:
    'Ce bus coute plus que les {price} payés. Vous gardez {when}. Pour le prendre, annulez et réservez : CANCEL {code}',
  busDelayed:
    'Désolé, votre bus {from}-{to} part plus tard : {when}. Billet {ticket}, places {seats} inchangés. Aide {help}',
  busLate:
    'Désolé, votre bus {from}-{to} part bien plus tard : {when}. {price} rendu : CANCEL {code} avant le départ. Aide {help}',
  busInstead:
    'Bus pour {to} supprimé. Prendre {when}, places {seats}, sans payer ? OUI {code}. Sans réponse le {until} : {price} rendu.',
  busWait:
    "Désolé, {when} vers {to} n'a plus assez de places. Attendre ? Un SMS suit si des places se libèrent. Rien à payer.",
  busWaiting: 'Voyage {code} : vous attendez des places, {when} vers {to}. Un SMS suit si elles se libèrent.',
  busCameFree:
    'Places {seats} libres, {when} vers {to}. Les prendre pour {price} ? OUI {code}. Gardées 15 min.',
  busWaitOver: 'Sans réponse, les places du voyage {code} vont au suivant. Vous ne payez rien.',
  busNoneFree: "Désolé, aucune place ne s'est libérée pour le voyage {code}. Vous ne payez rien.",
  boarding: 'Billet {code} : demandez ses chiffres et répondez BOARD avec.',
  boardedVerb: 'A bord',
  aboardNow: 'Billet {code} valable : places {seats}, vers {to}.',
  badTicket: "Ce billet n'est pas de nous. Relisez ses chiffres.",
  addExtras: 'Options',
  busExtras: 'Que faut-il ajouter ? Choisissez ou écrivez un siège : S12.',
  busOneBag: 'Un bagage en plus',
  busTwoBags: 'Deux bagages en plus',
  busByWindow: 'coté fenetre',
  busByAisle: 'coté couloir',
  busWindow: 'Coté fenetre',
  busAisle: 'Coté couloir',
  busInsured: 'Assurance',
  busBags: 'bagages : {bags}',
  busSeat: 'no. {seats}',
  busNotSold: "Ce bus n'offre pas cela. Sans :",
  busSeatTaken: "Cette place est prise. D'autres sont libres :",
  priceSeats: 'places',
  priceEarly: "à l'avance",
  priceBags: 'bagages',
  priceCover: 'assurance',
  priceChoice: 'choix de la place',
}
