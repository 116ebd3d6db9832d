import { formatMoney } from '../../core/base/money.ts'
import type { Happening, Role } from '../../core/run/flow.ts'
import { tellBasket } from '../../core/sell/basket.ts'
import type { Option, Prompt, Reply } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { HELP_PHONE, inEveryLanguage, render, say } from '../words/index.ts'
import { hasTerms, isKept, isLocked, isRelayed, mayRate } from './changes.ts'
import { nextMilestone } from './milestones.ts'
import type { TrackingContext } from './model.ts'
import { allOf, takenFor } from './waited.ts'

type Draw = (context: TrackingContext, language: string) => Prompt

const tell = (id: string, text: string, options: readonly Option[] = []): Prompt => ({
  kind: 'tell',
  id,
  say: text,
  next: 'wait',
  options,
})
const end = (id: string, text: string): Prompt => ({ kind: 'tell', id, say: text, next: 'end' })

const drop = (language: string): Option => choice('drop', 'dropVerb', say(language, 'dropVerb'))

/** What it was worth, and how whoever travelled was, until they say. */
const jobDone: Draw = (context, language) => {
  const { code, price, fee, claimed } = context
  const all = allOf(context)
  const args = { code, price: all ? formatMoney(all) : (fee ?? price) }
  if (mayRate(context))
    return { kind: 'ask', id: 'rate', say: say(language, 'jobRate', args), expects: 'digits' }
  return end('job_done', say(language, claimed ? 'jobClaimed' : 'jobDone', args))
}

/** What is taken in cash once it was waited for. */
const waitedFirst = (context: TrackingContext, language: string): string[] => {
  const taken = takenFor(context)
  if (!taken) return []
  return [say(language, 'takeWaited', { minutes: String(taken.minutes), price: formatMoney(taken.due) })]
}

/** What of the price is taken, and how. */
const payIn = ({ cash, price, due }: TrackingContext, language: string): string => {
  const isPaid = due ? due.amountMinor === 0 : !cash
  return isPaid
    ? say(language, 'paidAlready')
    : say(language, 'takeCash', { price: due ? formatMoney(due) : price })
}

/** What the driver is asked to do next. */
const errand: Draw = (context, language) => {
  const { code, price, goods, wish, ...ways } = context
  const next = nextMilestone(context)
  if (!next) return jobDone(context, language)
  if (isLocked(context)) return tell('job_locked', say(language, 'jobLocked', { code, help: HELP_PHONE }))
  if (!context.go) return tell('job_wait', say(language, 'jobTaken', { code }), [drop(language)])
  const pay = payIn(context, language)
  const { from, to, owner: phone } = ways
  const { receiver = '', kg = '' } = goods ?? {}
  const { bags = 0 } = (wish?.kind === 'seats' && wish.along) || {}
  const along = bags > 0 ? [say(language, 'busBags', { bags: String(bags) })] : []
  const seats = [...(context.driver?.passage?.seats ?? []), ...along].join(', ')
  const { what = '', when = '' } = wish?.kind === 'carrier' ? wish : {}
  const items = wish?.kind === 'stock' ? tellBasket(wish.basket) : ''
  const args = {
    code,
    from,
    to,
    phone,
    pay,
    price,
    receiver: receiver || phone,
    kg,
    seats,
    what,
    when,
    items,
  }
  const ask = (context.cash && next.askCash) || next.ask
  const text = [...waitedFirst(context, language), render({ key: ask, args }, language)].join(' ')
  if (next.prove === 'code' && hasTerms({ context })) {
    const claim = choice('claim', 'noProof', say(language, 'noProof'))
    return { kind: 'choose', id: next.id, say: text, options: [claim], other: 'digits' }
  }
  if (next.prove === 'code') return { kind: 'ask', id: next.id, say: text, expects: 'digits' }
  const done = choice(next.id, next.verb, render({ key: next.verb, args: {} }, language))
  return tell(next.id, text, context.passed === 0 && !isKept({ context }) ? [done, drop(language)] : [done])
}

/** Somebody is sought; whoever had it last is done with it. */
const sought: Draw = (context, language) =>
  isRelayed({ context })
    ? end('handed_on', say(language, 'handedOn', { code: context.code }))
    : tell('seeking', say(language, 'holding'))

const SCREENS: Readonly<Record<string, Draw>> = {
  seeking: sought,
  waiting: sought,
  queued: sought,
  offered: ({ code, from, to, price, fee, goods, line }, language) => {
    const key = lineOf(line).words.offer ?? 'offer'
    const args = { code, from, to, price: fee ?? price, kg: goods?.kg ?? '' }
    return tell('offer', render({ key, args }, language), [
      { value: 'yes', label: say(language, 'yes'), synonyms: [...inEveryLanguage('yes'), 'y'] },
      { value: 'no', label: say(language, 'no'), synonyms: [...inEveryLanguage('no'), 'n'] },
    ])
  },
  assigned: errand,
  underway: errand,
  done: jobDone,
  failed: ({ code }, language) => end('job_over', say(language, 'jobCancelled', { code })),
}

/** The driver's screen. The traveller has the booking's. */
export function trackingScreen(
  state: string,
  context: TrackingContext,
  _role: Role,
  language: string,
): Prompt {
  const draw = SCREENS[state]
  if (!draw) throw new Error(`a journey that is ${state} has no screen`)
  return draw(context, language)
}

/** What a driver's reply means where the journey stands. */
export function hearDriver(state: string, context: TrackingContext, reply: Reply): Happening | undefined {
  const driver = context.driver?.phone
  if (reply.kind !== 'answer' || !driver) return undefined
  if (state === 'offered')
    return { yes: { type: 'ACCEPT', driver }, no: { type: 'DECLINE', driver } }[reply.value]
  if (reply.value === 'drop') return { type: 'DROP', driver }
  const next = nextMilestone(context)
  const isStars = /^[1-5]$/.test(reply.value) && mayRate(context)
  if (!next) return isStars ? { type: 'RATE', driver, stars: Number(reply.value) } : undefined
  if (reply.value === 'claim') return { type: 'PASS', driver, milestone: next.id, code: null }
  if (next.prove === 'code') return { type: 'PASS', driver, milestone: next.id, code: reply.value }
  return reply.value === next.id ? { type: 'PASS', driver, milestone: next.id, code: null } : undefined
}
