import type { Happening, Role } from '../../core/run/flow.ts'
import type { Option, Prompt, Reply } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { HELP_PHONE, inEveryLanguage, render, say } from '../words/index.ts'
import { isLocked, nextMilestone } from './changes.ts'
import type { TrackingContext } from './model.ts'

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

/** What the driver is asked to do next. */
const errand: Draw = (context, language) => {
  const { code, price, goods, ...ways } = context
  const next = nextMilestone(context)
  if (!next) return end('job_done', say(language, 'jobDone', { code, price }))
  if (isLocked(context)) return tell('job_locked', say(language, 'jobLocked', { code, help: HELP_PHONE }))
  if (!context.go) return tell('job_wait', say(language, 'jobTaken', { code }), [drop(language)])
  const pay = context.cash ? say(language, 'takeCash', { price }) : say(language, 'paidAlready')
  const { from, to, owner: phone } = ways
  const { receiver = '', kg = '' } = goods ?? {}
  const seats = context.driver?.passage?.seats.join(', ') ?? ''
  const text = render({ key: next.ask, args: { code, from, to, phone, pay, receiver, kg, seats } }, language)
  if (next.prove === 'code') return { kind: 'ask', id: next.id, say: text, expects: 'digits' }
  const done = choice(next.id, next.verb, render({ key: next.verb, args: {} }, language))
  return tell(next.id, text, context.passed === 0 ? [done, drop(language)] : [done])
}

const SCREENS: Readonly<Record<string, Draw>> = {
  seeking: (_, language) => tell('seeking', say(language, 'holding')),
  offered: ({ code, from, to, price }, language) =>
    tell('offer', say(language, 'offer', { code, from, to, price }), [
      { value: 'yes', label: say(language, 'yes'), synonyms: [...inEveryLanguage('yes'), 'y'] },
      { value: 'no', label: say(language, 'no'), synonyms: [...inEveryLanguage('no'), 'n'] },
    ]),
  assigned: errand,
  underway: errand,
  done: ({ code, price }, language) => end('job_done', say(language, 'jobDone', { code, price })),
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
  if (!next) return undefined
  if (next.prove === 'code') return { type: 'PASS', driver, milestone: next.id, code: reply.value }
  return reply.value === next.id ? { type: 'PASS', driver, milestone: next.id, code: null } : undefined
}
