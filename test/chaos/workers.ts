import type { Plan } from './plan.ts'

const NAG_AFTER_MS = 25_000
const NAGS = 7
const ASKS = 3
const ASK_CODE_MS = 500
/** The last five digits of a ticket are not of its booking's code. */
const PROOF_DIGITS = 5
const BID = { fromMinor: 20_000, toMinor: 90_000, stepMinor: 500 } as const

/** What a worker does next, when the word that should say so never comes. */
const NEXT: Readonly<Record<string, string>> = {
  YES: 'ARRIVED',
  ARRIVED: 'START',
  START: 'DONE',
  COLLECTED: 'DONE',
  LOADED: 'DELIVERED',
}
/** Steps that only a code proves. */
const PROVEN = ['START', 'DELIVERED']

/** Who lets people aboard of every bus, and who packs what is ordered. */
export const CONDUCTOR = '+250788140001'
export const DESK = '+250788140002'

const ASKED = /reply (YES|ARRIVED|START|COLLECTED|DONE|PICKED|LOADED|DELIVERED) (\d+)( with it)?/i
const ENDED =
  /(?:Job|Ticket|Order) (\d+)(?: is done| is good| has passed| was cancelled| is not yours|: thank you)/

export interface Workers {
  /** What proves a step, by the job's code; of what is sent, by who sent it until the code is known. */
  readonly proofs: Map<string, string>
  hear(phone: string, text: string): void
  /** Somebody asks after a job now and then, for a word of it may have been lost. */
  ask(phone: string, code: string): void
  /** The conductor is shown a ticket. */
  board(ticket: string): void
  stop(): void
}

/** Riders, couriers, carriers, a conductor and who packs: they answer the texts that reach them. */
export function createWorkers(
  reply: (phone: string, text: string) => void,
  chance: Plan['chance'],
  conductor: string,
): Workers {
  const proofs = new Map<string, string>()
  const tickets = new Map<string, string>()
  const waiting = new Map<string, NodeJS.Timeout>()
  let bids = 0

  /** A job may pass from one to another: each remembers only what they themselves are about to do. */
  const job = (worker: string, code: string): string => `${worker} ${code}`
  const after = (ms: number, worker: string, code: string, act: () => void) => {
    clearTimeout(waiting.get(job(worker, code)))
    waiting.set(job(worker, code), setTimeout(act, ms))
  }
  const step = (worker: string, verb: string, code: string, isProven: boolean, nags = 0): void => {
    const proof = proofs.get(code)
    // The code reaches the worker's customer by a text of its own.
    if (isProven && proof === undefined) {
      after(ASK_CODE_MS, worker, code, () => step(worker, verb, code, isProven, nags))
      return
    }
    const ticket = tickets.get(code)
    if (verb === 'BOARD') reply(worker, `BOARD ${ticket}`)
    else reply(worker, proof === undefined ? `${verb} ${code}` : `${verb} ${code} ${proof}`)
    const next = nags % 2 === 1 ? (NEXT[verb] ?? verb) : verb
    if (nags < NAGS && verb !== 'NO')
      after(NAG_AFTER_MS, worker, code, () => step(worker, next, code, PROVEN.includes(next), nags + 1))
  }
  const ask = (phone: string, code: string, asked = 0): void =>
    after(NAG_AFTER_MS * 2 ** asked, phone, code, () => {
      reply(phone, `TRACK ${code}`)
      if (asked < ASKS) ask(phone, code, asked + 1)
    })
  const bid = (carrier: string, code: string): void => {
    const steps = (BID.toMinor - BID.fromMinor) / BID.stepMinor
    bids += 1
    ask(carrier, code)
    reply(carrier, `BID ${code} ${BID.fromMinor + ((bids * 7) % steps) * BID.stepMinor}`)
  }

  return {
    proofs,
    ask,
    hear(phone, text) {
      const [, verb, code, isProven] = ASKED.exec(text) ?? []
      const [, ended] = ENDED.exec(text) ?? []
      const [, load] = /To offer: BID (\d+) and your price/.exec(text) ?? []
      if (load) bid(phone, load)
      else if (verb && code)
        step(phone, verb === 'YES' && chance(8) ? 'NO' : verb, code, isProven !== undefined)
      else if (ended) clearTimeout(waiting.get(job(phone, ended)))
    },
    board(ticket) {
      const code = ticket.slice(0, -PROOF_DIGITS)
      tickets.set(code, ticket)
      step(conductor, 'BOARD', code, false)
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer)
    },
  }
}
