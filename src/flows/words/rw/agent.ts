import type { agent as en } from '../en/agent.ts'
import type { Same } from '../same.ts'

export const agent: Same<typeof en> = {
  menuServe: 'Ku mukiriya',
  serveWhom: "Nimero ya telefoni y'umukiriya?",
  serveWhat: 'Murafatira iki {customer}?',
  notAgent: "Iyi nimero si iy'umukozi wanditse.",
  notYourself: 'Iyo ni nimero yawe. Ibyawe bikorere ahabanza.',
  beingBooked: '{agent} arimo kubakorera ubusabe. Tuzababaza mbere yo kugira icyo twemeza.',
  confirmFor: '{agent} arabasabira:\n{summary}\n{price}. YEGO {code}?',
  customerAsked: 'Turasaba {customer} kwemeza urugendo {code}. Turabandikira. Kubihagarika: HAGARIKA {code}',
  customerAgreed: '{customer} yemeye urugendo {code}.',
  customerDeclined: '{customer} yanze urugendo {code}. Nta cyemejwe.',
  customerSilent: '{customer} ntiyasubije ku rugendo {code}. Nta cyemejwe.',
  customerSpared: 'Ntidushobora kubaza uyu mukiriya ubu. Nta cyemejwe. Ashobora kubyikorera.',
  agentFlooding: 'Abakiriya bawe benshi ntibarasubiza. Ongera nyuma y isaha.',
  agentEarned: 'Urugendo {code} rwarangiye: {price} ni ayawe.',
}
