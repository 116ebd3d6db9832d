import type { InstanceRef } from '../run/flow.ts'
import type { Focus } from './conversation.ts'
import type { Intent } from './script.ts'
import type { Turn } from './turn.ts'

/** The first screen. */
export const MENU: Focus = { kind: 'menu' }

/** Carries out what a person wants done, whatever words or keys said it. `n` numbers it within the message. */
export async function act(turn: Turn, intent: Intent, n: number): Promise<void> {
  switch (intent.name) {
    case 'menu':
      return turn.look(MENU)
    case 'tell':
      return turn.tell(intent.key)
    case 'news':
      turn.next = { ...turn.next, optedOut: !intent.wanted }
      return turn.tell(intent.wanted ? 'started' : 'stopped')
    case 'language':
      turn.next = { ...turn.next, language: intent.language }
      return turn.look(MENU)
    case 'shift':
      return turn.tell(
        await turn.parts.house.shift(turn.next.person, intent.on, intent.place, turn.inbound.at),
      )
    case 'book':
      return book(turn, intent, n)
    case 'job':
      return job(turn, intent, n)
    case 'myJob':
      return myJob(turn)
    case 'pay':
      return pay(turn, intent, n)
    default:
      return mine(turn, intent, n)
  }
}

type Of<Name extends Intent['name']> = Extract<Intent, { readonly name: Name }>

async function book(turn: Turn, { line, wanted }: Of<'book'>, n: number): Promise<void> {
  const { ids, house } = turn.parts
  const owner = turn.next.person
  const about = { flow: 'booking', id: ids.next('bk') } as const
  const code = await house.code()
  const input = { id: about.id, owner, code, line, journey: ids.next('tr'), wanted }
  turn.draft.open(about, { owner, code, input }, turn.cause(n), turn.inbound.at)
  turn.look({ kind: 'talk', about, role: 'traveller', reopened: false })
}

/** A driver about the job of that code: an answer to its offer, or a milestone passed. */
async function job(turn: Turn, { code, verb, proof }: Of<'job'>, n: number): Promise<void> {
  const { house, script } = turn.parts
  const found = await house.byCode('tracking', code)
  if (!found) return turn.tell('noSuchJob', { code })
  turn.draft.know(found)
  const about: InstanceRef = { flow: 'tracking', id: found.id }
  const event = script.driverSays(verb, proof, turn.next.person)
  const isHeard = await turn.draft.apply(about, event, turn.cause(n), turn.inbound.at)
  if (isHeard && (verb === 'no' || verb === 'drop')) return turn.tell('jobDeclined')
  if (!isHeard && (await house.jobOf(turn.next.person))?.id !== found.id)
    return turn.tell('noSuchJob', { code })
  turn.look({ kind: 'talk', about, role: 'driver', reopened: false })
}

async function myJob(turn: Turn): Promise<void> {
  const found = await turn.parts.house.jobOf(turn.next.person)
  if (!found) return turn.tell('noTrip')
  turn.draft.know(found)
  turn.look({ kind: 'talk', about: { flow: 'tracking', id: found.id }, role: 'driver', reopened: true })
}

/** An invoice of the person's own is paid now; one that is being paid already is shown. */
async function pay(turn: Turn, { code }: Of<'pay'>, n: number): Promise<void> {
  const { house } = turn.parts
  const { person } = turn.next
  const found =
    code === null ? (await house.active(person, 'invoice'))[0] : await house.byCode('invoice', code)
  if (found?.owner !== person)
    return code === null ? turn.tell('noInvoice') : turn.tell('noSuchInvoice', { code })
  turn.draft.know(found)
  const about: InstanceRef = { flow: 'invoice', id: found.id }
  await turn.draft.apply(about, { type: 'PAY' }, turn.cause(n), turn.inbound.at)
  turn.look({ kind: 'talk', about, role: 'traveller', reopened: false })
}

/** About a booking of the person's own: the one they name, or the newest. */
async function mine(turn: Turn, intent: Of<'track' | 'cancel' | 'rate'>, n: number): Promise<void> {
  const { house } = turn.parts
  const { person } = turn.next
  const { code } = intent
  const found =
    code === null ? (await house.active(person, 'booking'))[0] : await house.byCode('booking', code)
  if (found?.owner !== person) {
    const news = found && intent.name === 'track' ? turn.parts.script.followed(found, person) : null
    if (news) return turn.tell(news.key, news.args)
    return code === null ? turn.tell('noTrip') : turn.tell('noSuchTrip', { code })
  }
  turn.draft.know(found)
  const about: InstanceRef = { flow: 'booking', id: found.id }
  if (intent.name === 'track') {
    return turn.look({ kind: 'talk', about, role: 'traveller', reopened: turn.inbound.channel !== 'sms' })
  }
  await turn.apply(
    about,
    intent.name === 'rate' ? { type: 'ANSWER', value: intent.stars } : { type: 'CANCEL' },
    'traveller',
    n,
  )
}
