import type { driver as en } from '../en/driver.ts'
import type { Same } from '../same.ts'

export const driver: Same<typeof en> = {
  wrongCode: "Ce code n'est pas bon.",
  menuShiftOn: 'Au travail',
  menuShiftOff: 'Fin du travail',
  menuJob: 'Ma course',
  noSuchJob: "La course {code} n'est pas a vous ou est prise.",
  onShift: 'Vous travaillez. Les courses viennent par SMS.',
  offShift: 'Vous ne travaillez plus. Bon repos.',
  notDriver: "Ce numéro n'est pas celui d'un chauffeur.",
  offer: 'Course {code}: {from} -> {to}, {price}. Répondez OUI {code} ou NON {code}',
  offerGone: 'La course {code} est passée a un autre.',
  notTaken: 'La course {code} ne peut etre a vous: votre licence est-elle valable? Appelez {help}.',
  jobTaken: 'La course {code} est a vous. Attendez: le client paie.',
  jobDeclined: "D'accord. La prochaine viendra.",
  paidAlready: 'Payé par téléphone.',
  takeCash: 'Prenez {price} en espèces.',
  dropVerb: 'Je ne peux pas venir',
  jobClaimed:
    "Course {code} : nous demandons au client. {price} est à vous s'il l'accepte, ou se tait 2 jours.",
  jobDone: 'Course {code} finie: {price}. Merci.',
  jobCancelled: 'Course {code} annulée. Vous etes libre.',
  jobLocked: 'Trop de codes faux. Course {code}: appelez {help}.',
  jobRedirected: 'Course {code}: nouvelle destination {to}. Payé par téléphone.',
  jobRedirectedCash: 'Course {code}: nouvelle destination {to}. Prenez {price} en espèces en tout.',
  takeWaited: 'Vous avez attendu {minutes} min: prenez {price} en espèces.',
  jobRate: 'Course {code} finie: {price}. Merci. Comment était le client, de 1 a 5 ? 5 est le mieux.',
}
