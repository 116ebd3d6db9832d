import type { agent as en } from '../en/agent.ts'
import type { Same } from '../same.ts'

export const agent: Same<typeof en> = {
  menuServe: 'Kwa mteja',
  serveWhom: 'Namba ya simu ya mteja?',
  serveWhat: 'Unamwekea {customer} nini?',
  notAgent: 'Namba hii si ya wakala aliyesajiliwa.',
  notYourself: 'Hiyo ni namba yako. Ya kwako, tumia menyu.',
  beingBooked: '{agent} anakuandalia ombi. Tutakuuliza kabla ya kuweka chochote.',
  confirmFor: '{agent} anakuombea:\n{summary}\n{price}. NDIYO {code}?',
  customerAsked: 'Tunamwomba {customer} akubali safari {code}. Tutakutumia SMS. Kughairi: GHAIRI {code}',
  customerAgreed: '{customer} amekubali safari {code}.',
  customerDeclined: '{customer} amekataa safari {code}. Hakuna kilichowekwa.',
  customerSilent: '{customer} hakujibu kuhusu safari {code}. Hakuna kilichowekwa.',
  customerSpared: 'Hatuwezi kumuuliza mteja huyu sasa. Hakuna kilichowekwa. Anaweza kujiwekea.',
  agentFlooding: 'Wateja wako wengi bado hawajajibu. Jaribu tena baada ya saa moja.',
  agentEarned: 'Safari {code} imekwisha: {price} ni zako.',
}
