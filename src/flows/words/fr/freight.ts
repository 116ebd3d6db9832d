import type { freight as en } from '../en/freight.ts'
import type { Same } from '../same.ts'

export const freight: Same<typeof en> = {
  menuFreight: 'Fret',
  freightWhat: 'Que faut-il transporter ? Choisissez ou écrivez.',
  cement: 'Ciment',
  food: 'Vivres',
  household: 'Effets de maison',
  materials: 'Matériaux',
  freightTarget: 'Combien voulez-vous payer au plus ? Un montant, par ex. 450 000.',
  freightSealed: 'Cacher toutes les offres, à vous aussi, tant que toutes ne sont pas là ?',
  sealed: 'Cacheté',
  goWithout: 'Continuer sans',
  badAmount: "Ce n'est pas un montant dans votre monnaie.",
  freightVehicle: 'Quel véhicule ? Choisissez ou écrivez le poids en tonnes.',
  noVehicleSoLarge: 'Aucun véhicule ne porte autant.',
  freightFrom: 'De quelle ville ? Choisissez ou écrivez-la.',
  freightTo: 'Vers quelle ville ? Choisissez ou écrivez-la.',
  freightWhen: 'Chargement quel jour ? Choisissez ou écrivez un jour, par ex. 25/12.',
  badDay: 'Pas de tel jour dans les 90 prochains.',
  freightSummary: '{what}, {vehicle}, {from} -> {to}, {when}',
  freightAgreed: '{what}, {from} -> {to}, {when}, avec {carrier}',
  freightDraft: 'Fret',
  pricesAsked: 'Nous demandons leurs prix aux transporteurs',
  menuLoads: 'Inzira. Frets près de vous :',
  askBid: 'Votre prix pour {load} ? Un montant en {currency}, par ex. 450 000.',
  askPrices: 'Demander leurs prix aux transporteurs ?',
  loadPosted:
    'Le fret {code} est publié. Les offres viennent par SMS. Les voir : SUIVRE {code}. Annuler : ANNULER {code}. Aide {help}',
  loadSealed: 'Fret {code} : {count} offres, visibles à partir de {until}. Annuler : ANNULER {code}',
  loadWaits: "Fret {code} : pas encore d'offre. Elles viennent par SMS.",
  loadOffers: 'Fret {code}. Quelle offre prenez-vous ?',
  loadLapsed: "Le fret {code} est fermé : aucune offre n'a été prise à temps. Vous ne payez rien.",
  offerMade:
    'Fret {code} : {driver} ({stars}) offre {price}. Choisir : SUIVRE {code}. Moins : CONTRE {code} {nth} et votre prix. Aide {help}',
  counterMade:
    "Fret {code} : l'expéditeur paierait {price} au lieu de {asked}. D'accord : OFFRE {code} {amount}. Ou un autre prix.",
  counterSent: 'Fret {code} : nous disons à {driver} que vous paieriez {price}. Un SMS suit.',
  counterHow:
    'Pour payer moins : CONTRE, le code du fret, le numéro de son offre et votre prix, par ex. CONTRE 7730 1 400000.',
  noCounter: 'Fret {code} : pas de telle offre, ou déjà répondue, ou pas plus de {price}. SUIVRE {code}',
  offersOpened:
    'Fret {code} : {count} offres sont là. Choisir : SUIVRE {code}. Annuler : ANNULER {code}. Aide {help}',
  offerPassed: 'Cette offre ne tient plus.',
  offerTaken: '{price}, {driver}',
  loadHome:
    'Fret {code} : {what}, {vehicle}, {from}-{to}, {when}. Sur votre retour. Pour offrir : OFFRE {code} et votre prix',
  loadNear:
    'Fret {code} : {what}, {vehicle}, {from}-{to}, {when}. Près de vous : {km} km. Pour offrir : OFFRE {code} et votre prix',
  loadKnown:
    'Fret {code} : {what}, {vehicle}, {from}-{to}, {when}. Vous livrez bien. Pour offrir : OFFRE {code} et votre prix',
  loadFits:
    'Fret {code} : {what}, {vehicle}, {from}-{to}, {when}. A votre taille. Pour offrir : OFFRE {code} et votre prix',
  bidTaken:
    'Votre offre de {price} pour le fret {code} est notée. Elle tient tant que le fret est ouvert. La retirer : RETIRER {code}',
  bidTakenUntil:
    'Votre offre de {price} pour le fret {code} est notée. Elle tient jusque {until}. La retirer : RETIRER {code}',
  bidHow:
    'Pour offrir : OFFRE, le code du fret et votre prix, par ex. OFFRE 7730 450000. Pour retirer : RETIRER 7730.',
  bidLost: 'Le fret {code} part avec un autre transporteur. Merci de votre offre de {price}.',
  bidClosed: 'Le fret {code} est fermé et ne part avec personne. Merci de votre offre de {price}.',
  bidOutdone:
    "Votre offre de {price} pour le fret {code} n'est plus retenue : d'autres demandent moins. OFFRE {code} et votre prix",
  bidTooDear:
    "Fret {code} : assez d'offres demandent moins que {price}. Offrir moins : OFFRE {code} et votre prix",
  bidBack: 'Votre offre pour le fret {code} est retirée.',
  noBid: "Vous n'avez pas d'offre à retirer pour le fret {code}.",
  noLoads: 'Aucun fret ouvert la-bas.',
  loadsOpen: '{list}\nPour offrir : OFFRE, le code et votre prix.',
  loadGone: "Le fret {code} ne prend plus d'offres.",
  noSuchLoad: 'Nous ne connaissons pas de fret {code}.',
  notCarrier: "Ce numéro n'est pas celui d'un transporteur.",
  notVerified:
    "Vos papiers ne sont pas vérifiés, ou finissent avant l'arrivée du fret {code}. Appelez le {help}.",
  noVehicle: "Aucun de vos véhicules n'est libre, assez grand et en règle pour le fret {code}.",
  freightHolding: 'Nous réservons le véhicule. Un SMS suit.',
  freightBusy: 'Désolé, {driver} ne peut plus prendre le fret {code}. Autres offres : SUIVRE {code}',
  freightNobody: 'Désolé, aucun transporteur ne peut le prendre. Vous ne payez rien.',
  freightHeld:
    '{driver}, {plate}, prend votre fret pour {price}. Approuvez sur votre téléphone. Fret {code}. Annuler : ANNULER {code}',
  freightPaid:
    'Payé {price}, fret {code}, {when} : {driver} {plate}, {phone}. Versé à la livraison, code {start}. ANNULER {code}. Aide {help}',
  freightBooked: 'Fret {code} : {driver}, {plate}, tel {phone}, charge le {when}. Code de livraison {start}.',
  freightLoaded: 'Le fret {code} est en route pour {to} avec {driver}, tel {phone}.',
  freightUnderway: 'Fret {code} : en route pour {to} avec {driver}, tel {phone}.',
  freightComing:
    'Un fret de {sender} vient avec {driver}, {plate}, {phone}. Donnez le code {start} une fois recu, pas avant. Aide {help}',
  freightClaimed: 'Fret {code} : {driver} dit avoir livré. Nous vous demandons si tout va bien.',
  freightDelivered: 'Le fret {code} est livré. Comment était {driver} ? 5 est le mieux.',
  freightReceived: 'Le fret {code} est livré.',
  freightLost: 'Désolé, le fret {code} ne part pas : {driver} ne peut pas. {price} vous revient.',
  freightRuled: 'Fret {code} : nous avons décidé. Questions : appelez le {help}.',
  goLoad:
    'Course {code} : chargez {what} à {from} le {when}, tel {phone}, pour {to}. Une fois chargé, répondez CHARGE {code}',
  deliverLoad:
    'Course {code} : menez-le à {to}, tel {receiver}. Demandez le code et répondez LIVRE {code} avec, ou sans.',
  loadedVerb: 'Chargé',
  deliveredVerb: 'Livré',
  noProof: 'Pas de code',
}
