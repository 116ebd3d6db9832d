import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from './plan.ts'

const NAG_AFTER_MS = 25_000
const NAGS = 6
const ASK_CODE_MS = 500

/** What a traveller hears when there will be no ride. */
const OVER = /You pay nothing|comes back to you/

/** What a rider does next, when the word that should say so never comes. */
const NEXT: Readonly<Record<string, string>> = { YES: 'ARRIVED', ARRIVED: 'START', START: 'DONE' }

/** Everybody with a phone in hand: travellers and riders, who answer the texts that reach them. */
export function createStreet(plans: readonly Plan[], send: (phone: string, text: string) => Promise<void>) {
  const travellers = new Map(plans.map((plan) => [plan.phone, plan]))
  const startCodes = new Map<string, string>()
  const waiting = new Map<string, NodeJS.Timeout>()
  const arrivals = new Set<string>()
  const over = new Map<string, () => void>()
  const decide = plans[0]

  const reply = (phone: string, text: string) => void send(phone, text).catch(() => {})

  /** A job may pass from one rider to another: each remembers only what they themselves are about to do. */
  const job = (rider: string, code: string): string => `${rider} ${code}`
  const after = (ms: number, rider: string, code: string, act: () => void) => {
    clearTimeout(waiting.get(job(rider, code)))
    waiting.set(job(rider, code), setTimeout(act, ms))
  }
  const step = (rider: string, verb: string, code: string, nags = 0): void => {
    const proof = startCodes.get(code)
    // Travellers know their start code only once the receipt has reached them.
    if (verb === 'START' && proof === undefined) {
      after(ASK_CODE_MS, rider, code, () => step(rider, verb, code, nags))
      return
    }
    reply(rider, verb === 'START' ? `START ${code} ${proof}` : `${verb} ${code}`)
    const next = nags % 2 === 0 ? (NEXT[verb] ?? verb) : verb
    if (nags < NAGS && verb !== 'NO')
      after(NAG_AFTER_MS, rider, code, () => step(rider, next, code, nags + 1))
  }
  const hearRider = (phone: string, text: string): void => {
    const [, verb, code] = /reply (YES|ARRIVED|START|DONE) (\d+)/i.exec(text) ?? []
    const [, ended] = /Job (\d+) (?:is done|has passed|was cancelled|is not yours)/.exec(text) ?? []
    if (verb && code) step(phone, verb === 'YES' && decide?.chance(8) ? 'NO' : verb, code)
    else if (ended) clearTimeout(waiting.get(job(phone, ended)))
  }
  const hearTraveller = (plan: Plan, text: string): void => {
    const code = /trip (\d+)/i.exec(text)?.[1]
    const start = /Start code (\d+)/i.exec(text)?.[1]
    const isArrived = /How was/.test(text)
    if (code && start) startCodes.set(code, start)
    if (isArrived) arrivals.add(plan.phone)
    if (isArrived || OVER.test(text)) over.get(plan.phone)?.()
    if (plan.cancels && code && /min away/.test(text)) reply(plan.phone, `CANCEL ${code}`)
    else if (/1 Try again/.test(text)) reply(plan.phone, plan.whenUnpaid)
    else if (isArrived && plan.rates) reply(plan.phone, '5')
  }

  return {
    arrivals,
    /** Resolves when that traveller has arrived or will not travel, and at the latest after `ms`. */
    async journey(phone: string, ms: number): Promise<void> {
      const patience = new AbortController()
      const ended = new Promise<void>((resolve) => over.set(phone, resolve))
      await Promise.race([ended, sleep(ms, undefined, { signal: patience.signal }).catch(() => {})])
      patience.abort()
    },
    hear(phone: string, text: string): void {
      const plan = travellers.get(phone)
      if (plan) hearTraveller(plan, text)
      else hearRider(phone, text)
    },
    stop(): void {
      for (const timer of waiting.values()) clearTimeout(timer)
    },
  }
}

export type Street = ReturnType<typeof createStreet>
