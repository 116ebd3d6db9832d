import type { driver as en } from '../en/driver.ts'
import type { Same } from '../same.ts'

export const driver: Same<typeof en> = {
  wrongCode: 'Uwo mubare si wo.',
  menuShiftOn: 'Gutangira akazi',
  menuShiftOff: 'Gusoza akazi',
  menuJob: 'Akazi kanjye',
  noSuchJob: 'Akazi {code} si akawe cyangwa kafashwe.',
  onShift: 'Uri mu kazi. Akazi kaza kuri SMS.',
  offShift: 'Wasoje akazi. Uruhuke neza.',
  notDriver: 'Iyi nimero si iy umumotari wanditse.',
  offer: 'Akazi {code}: {from} -> {to}, {price}. Subiza YEGO {code} cyangwa OYA {code}',
  offerGone: 'Akazi {code} kahawe undi.',
  notTaken: 'Akazi {code} ntikabaye akawe: reba ko uruhushya rwawe rugifite agaciro. Hamagara {help}.',
  jobTaken: 'Akazi {code} ni akawe. Tegereza: umukiriya arishyura.',
  jobDeclined: 'Ni byiza. Akandi kazaza.',
  paidAlready: 'Yishyuye kuri telefoni.',
  takeCash: 'Fata {price} mu ntoki.',
  dropVerb: 'Sinshobora kuza',
  jobClaimed: 'Akazi {code}: turabaza umukiriya. {price} ni ayawe abyemeye, cyangwa adahakanye mu minsi 2.',
  jobDone: 'Akazi {code} karangiye: {price}. Murakoze.',
  jobCancelled: 'Akazi {code} kahagaze. Urisanzuye.',
  jobLocked: 'Imibare itari yo ni myinshi. Akazi {code}: hamagara {help}.',
  jobRedirected: 'Akazi {code}: noneho mujya {to}. Yishyuye kuri telefoni.',
  jobRedirectedCash: 'Akazi {code}: noneho mujya {to}. Fata {price} yose hamwe mu ntoki.',
  takeWaited: 'Wategereje iminota {minutes}: fata {price} mu ntoki.',
  jobRate: 'Akazi {code} karangiye: {price}. Murakoze. Umukiriya yari ate, 1 kugeza 5? 5 ni byiza cyane.',
}
