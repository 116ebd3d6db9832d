import type { driver as en } from '../en/driver.ts'
import type { Same } from '../same.ts'

export const driver: Same<typeof en> = {
  wrongCode: 'Namba hiyo si sahihi.',
  menuShiftOn: 'Anza kazi',
  menuShiftOff: 'Maliza kazi',
  menuJob: 'Kazi yangu',
  noSuchJob: 'Kazi {code} si yako au imechukuliwa na mwingine.',
  onShift: 'Uko kazini. Kazi zinakuja kwa SMS.',
  offShift: 'Umemaliza kazi. Pumzika vyema.',
  notDriver: 'Namba hii si ya dereva aliyesajiliwa.',
  offer: 'Kazi {code}: {from} -> {to}, {price}. Jibu NDIYO {code} au HAPANA {code}',
  offerGone: 'Kazi {code} imepewa dereva mwingine.',
  notTaken: 'Kazi {code} haiwezi kuwa yako: je, leseni yako ni halali? Piga {help}.',
  jobTaken: 'Kazi {code} ni yako. Subiri: mteja analipa.',
  jobDeclined: 'Sawa. Kazi nyingine itakuja.',
  paidAlready: 'Imelipwa kwa simu.',
  takeCash: 'Chukua {price} taslimu.',
  dropVerb: 'Siwezi kuja',
  jobClaimed: 'Kazi {code}: tunamuuliza mteja. {price} ni zako akikubali, au asipopinga kwa siku 2.',
  jobDone: 'Kazi {code} imekwisha: {price}. Asante.',
  jobCancelled: 'Kazi {code} imeghairiwa. Uko huru.',
  jobLocked: 'Namba zisizo sahihi ni nyingi. Kazi {code}: piga {help}.',
  jobRedirected: 'Kazi {code}: sasa mnaenda {to}. Imelipwa kwa simu.',
  jobRedirectedCash: 'Kazi {code}: sasa mnaenda {to}. Chukua {price} taslimu kwa jumla.',
  takeWaited: 'Ulisubiri dakika {minutes}: chukua {price} taslimu.',
  jobRate: 'Kazi {code} imekwisha: {price}. Asante. Mteja alikuwaje, 1 hadi 5? 5 ni bora zaidi.',
}
