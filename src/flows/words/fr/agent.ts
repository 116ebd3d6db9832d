import type { agent as en } from '../en/agent.ts'
import type { Same } from '../same.ts'

export const agent: Same<typeof en> = {
  menuServe: 'Pour un client',
  serveWhom: 'Numéro de téléphone du client ?',
  serveWhat: 'Que réservez-vous pour {customer} ?',
  notAgent: "Ce numéro n'est pas celui d'un agent.",
  notYourself: "C'est votre propre numéro. Pour vous, passez par le menu.",
  beingBooked: '{agent} prépare une réservation pour vous. Rien ne se fait sans votre accord.',
  confirmFor: '{agent} réserve pour vous :\n{summary}\n{price}. OUI {code} ?',
  customerAsked:
    "Nous demandons l'accord de {customer}, trajet {code}. Nous vous écrirons. Pour annuler: ANNULER {code}",
  customerAgreed: '{customer} a dit oui au trajet {code}.',
  customerDeclined: "{customer} a dit non au trajet {code}. Rien n'est réservé.",
  customerSilent: "{customer} n'a pas répondu, trajet {code}. Rien n'est réservé.",
  customerSpared:
    "Nous ne pouvons pas demander a ce client maintenant. Rien n'est réservé. Il peut réserver lui-meme.",
  agentFlooding: "Trop de vos clients n'ont pas encore répondu. Réessayez dans une heure.",
  agentEarned: 'Trajet {code} terminé : {price} pour vous.',
}
