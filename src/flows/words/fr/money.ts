import type { money as en } from '../en/money.ts'
import type { Same } from '../same.ts'

export const money: Same<typeof en> = {
  payer_declined: 'Vous avez refusé le paiement.',
  payer_timeout: "Le paiement n'a pas été approuvé a temps.",
  insufficient_funds: 'Votre solde est peut-etre trop bas.',
  payer_limit: 'Votre limite mobile money est atteinte.',
  wrong_pin: 'Le code PIN est faux.',
  unknown_payer: "Ce numéro n'a pas mobile money.",
  misconfigured: "Le paiement n'a pas marché.",
  provider_down: 'Mobile money ne répond pas.',
  paid: 'Payé {price}, trajet {code}.',
  refunding: '{price} du trajet {code} vous revient.',
  refunded: '{price} du trajet {code} vous est rendu.',
  refundComing: 'Le paiement du trajet {code} est venu trop tard. {price} vous revient.',
  refundAsked: 'Nous examinons votre remboursement de {price}, trajet {code}. Nous vous écrirons.',
  notRefunded: 'Nous ne pouvons pas rendre {price} du trajet {code}. Questions: appelez le {help}.',
  handed: 'Nous vous avons remis {price} du trajet {code}.',
  paidOut: '{price} de vos gains ({period}) sont sur votre compte mobile.',
  notPaidOut:
    "Vos gains de {price} ({period}) n'ont pas pu partir. Ils restent à vous et viendront au prochain versement. Aide: {help}.",
  payingOut: '{price} de vos gains ({period}) sont en route.',
  owed: "Nous n'avons pas encore pu vous rendre {price} du trajet {code}. Nous vous les devons: appelez le {help}.",
  paidBack: 'Merci. Vous pouvez fermer cette page: nous vous enverrons un SMS.',
  payHere: 'Payez {price} pour le trajet {code} ici: {url}',
  invoiced:
    'Facture {number}, trajet {code}: {price}, a payer au plus tard le {date}. Pour payer: PAYER {code}. Aide: {help}',
  invoiceDue: 'Facture {number}, trajet {code}: {price}, a payer au plus tard le {date}.',
  invoiceSoon:
    'Facture {number}: {price} a payer au plus tard le {date}. Pour payer: PAYER {code}. Aide: {help}',
  invoiceLate: 'Facture {number}: {price} était a payer le {date}. Pour payer: PAYER {code}. Aide: {help}',
  creditStopped:
    'Votre crédit est arreté: facture {number}, {price}, était a payer le {date}. Pour payer: PAYER {code}. Aide: {help}',
  invoicePaid: 'La facture {number} est payée. Merci.',
  invoiceCancelled: "La facture {number}, trajet {code}, est annulée. Vous n'en payez rien.",
  invoiceClosed: 'La facture {number} est close. Aide: {help}',
  payNow: 'Payer maintenant',
  noInvoice: "Vous n'avez pas de facture a payer.",
  noSuchInvoice: 'Pas de facture {code} a votre nom.',
  escrowHeld: 'Course {code} : {price} mis de cote pour vous, a vous apres la livraison.',
  escrowWaits: "Trajet {code} : {driver} n'aura vos {price} qu'a la livraison.",
  escrowClaimed: 'Trajet {code} : {driver} dit avoir livre. Tout va bien ?',
  allIsWell: 'Tout va bien',
  notDelivered: 'Il y a un probleme',
  escrowDisputed: 'Trajet {code} : nous examinons. {price} reste en attente. Aide : {help}.',
  escrowReleased: 'Trajet {code} livre : {price} pour {driver}.',
  escrowReturned: 'Trajet {code} non livre : le prix est rendu au client.',
  escrowRuled:
    'Trajet {code}, notre decision : {price} pour {driver}, {back} rendu au client. Aide : {help}.',
}
