import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from './plan.ts'
import { CONDUCTOR, createWorkers } from './workers.ts'

/** What a traveller hears when there will be no journey. */
const OVER = /You pay nothing|comes back to you/
/** From here on it can be called off. */
const MAY_CANCEL = /min away|kept for 15 min|comes to collect|takes your load/

/** What is pressed for the choice that reads so; undefined where there is none. */
const keyOf = (text: string, choice: RegExp): string | undefined =>
  text.split('\n').find((line) => /^\d /.test(line) && choice.test(line))?.[0]

/** Everybody with a phone in hand: travellers, who receives, and those who work. They answer the texts that reach them. */
export function createStreet(
  plans: readonly Plan[],
  send: (phone: string, text: string) => Promise<void>,
  conductor = CONDUCTOR,
) {
  const travellers = new Map(plans.map((plan) => [plan.phone, plan]))
  const receivers = new Map(plans.map((plan) => [plan.receiver, plan]))
  const codes = new Map<string, string>()
  const looked = new Set<string>()
  const arrivals = new Set<string>()
  const over = new Map<string, () => void>()
  const reply = (phone: string, text: string) => void send(phone, text).catch(() => {})
  const workers = createWorkers(reply, (percent) => plans[0]?.chance(percent) ?? false, conductor)
  const { proofs } = workers

  /** Only who receives it has the code of a parcel; its text names the sender and not the job. */
  const hearReceiver = ({ phone }: Plan, text: string): void => {
    const proof = /[Gg]ive the code (\d+)/.exec(text)?.[1]
    const code = codes.get(phone)
    if (proof && code) proofs.set(code, proof)
    else if (proof) proofs.set(phone, proof)
  }
  const hearTraveller = (plan: Plan, text: string): void => {
    const { phone } = plan
    const code = /(?:trip|parcel|load|order) (\d+)/i.exec(text)?.[1]
    const proof = /(?:Start code|for code|the code) (\d+)/.exec(text)?.[1]
    const ticket = /^Ticket (\d+), /.exec(text)?.[1]
    const isArrived = /How was/.test(text)
    if (code && proof) proofs.set(code, proof)
    if (code && plan.line === 'parcel') learnCode(plan, code)
    if (ticket) workers.board(ticket)
    if (isArrived) arrivals.add(phone)
    if (isArrived || OVER.test(text)) over.get(phone)?.()
    if (plan.cancels && code && MAY_CANCEL.test(text)) reply(phone, `CANCEL ${code}`)
    else if (/Wait for some\?/.test(text)) reply(phone, 'NO')
    else if (/1 Try again/.test(text)) reply(phone, keyOf(text, plan.whenUnpaid) ?? '1')
    else if (isArrived && plan.rates) reply(phone, '5')
    else if (plan.line === 'freight' && code) choose(phone, code, text)
    else if (plan.line === 'freight' && /, with .*\n.*\n1 Yes/.test(text)) reply(phone, 'YES')
  }
  /** The cheapest of the offers that are in when the first is heard of, or of those that are left. */
  const choose = (phone: string, code: string, text: string): void => {
    const isFirst = / offers [A-Z]{3} /.test(text) && !looked.has(phone)
    if (isFirst || /Other offers: TRACK|does not stand/.test(text)) {
      if (isFirst) workers.ask(phone, code)
      looked.add(phone)
      reply(phone, `TRACK ${code}`)
    } else if (/Whose offer do you take\?\n1 [A-Z]{3} /.test(text)) reply(phone, '1')
  }
  const learnCode = ({ phone }: Plan, code: string): void => {
    codes.set(phone, code)
    const proof = proofs.get(phone)
    if (proof && !proofs.has(code)) proofs.set(code, proof)
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
      const [traveller, receiver] = [travellers.get(phone), receivers.get(phone)]
      if (traveller) hearTraveller(traveller, text)
      else if (receiver) hearReceiver(receiver, text)
      else workers.hear(phone, text)
    },
    stop: () => workers.stop(),
  }
}

export type Street = ReturnType<typeof createStreet>
