import type { Happening, InstanceRef, Role } from '../run/flow.ts'
import type { Instance } from '../run/work.ts'
import { carry } from './carry.ts'
import { MENU } from './conversation.ts'
import { optionsOf } from './paginate.ts'
import type { Intent } from './script.ts'
import type { Turn } from './turn.ts'

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
    case 'serve':
      return serve(turn, intent)
    case 'again':
      return act(turn, turn.parts.script.chosen('again', await turn.parts.house.usual(turn.next.person)), n)
    case 'save':
      return save(turn, intent)
    case 'saveBasket':
      return saveBasket(turn, intent)
    case 'job':
      return job(turn, intent, n)
    case 'bid':
    case 'withdraw':
    case 'loads':
    case 'offer':
    case 'counter':
      return carry(turn, intent, n)
    case 'myJob':
      return myJob(turn)
    case 'pay':
      return pay(turn, intent, n)
    default:
      return mine(turn, intent, n)
  }
}

type Of<Name extends Intent['name']> = Extract<Intent, { readonly name: Name }>

async function book(turn: Turn, intent: Of<'book'>, n: number): Promise<void> {
  const { ids, house } = turn.parts
  const { person, focus } = turn.next
  const { line, wanted } = intent
  const customer = intent.for ?? (focus.kind === 'counter' ? focus.customer : null)
  const agent = customer === null ? null : await house.agent(person)
  if (customer !== null && agent === null) return turn.tell('notAgent')
  if (customer === person) return turn.tell('notYourself')
  const owner = customer ?? person
  const about = { flow: 'booking', id: ids.next('bk') } as const
  const code = await house.code()
  const { given = [] } = intent
  const journey = ids.next('tr')
  const input = { id: about.id, owner, code, line, journey, wanted, given, ...(agent && { agent }) }
  turn.draft.open(about, { owner, code, input }, turn.cause(n), turn.inbound.at)
  turn.look({ kind: 'talk', about, role: agent ? 'agent' : 'traveller', reopened: false })
}

async function serve(turn: Turn, { customer }: Of<'serve'>): Promise<void> {
  if (!(await turn.parts.house.agent(turn.next.person))) return turn.tell('notAgent')
  if (customer === turn.next.person) return turn.tell('notYourself')
  turn.look({ kind: 'counter', customer })
}

async function save(turn: Turn, { as, place }: Of<'save'>): Promise<void> {
  const saved = await turn.parts.house.save(turn.next.person, as, place)
  return saved === null ? turn.tell('unknownPlace') : turn.tell('placeSaved', { place: saved })
}

/** What was typed, or else what is being ordered, or was last. */
async function saveBasket(turn: Turn, { as, basket }: Of<'saveBasket'>): Promise<void> {
  const { house, script } = turn.parts
  const open = basket === null ? await newest(turn) : undefined
  const key = await house.saveBasket(turn.next.person, as, basket ?? (open ? script.ordered(open) : null))
  turn.tell(key, { name: as })
}

/** A driver about the job of that code: an answer to its offer, or a milestone passed. */
async function job(turn: Turn, { code, verb, proof }: Of<'job'>, n: number): Promise<void> {
  const { house, script } = turn.parts
  const found = await house.byCode('tracking', code, turn.next.person)
  const isOwn = (!found || found.owner === turn.next.person) && (verb === 'yes' || verb === 'no')
  if (isOwn && (await answerByCode(turn, verb, code, n))) return
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

/** A bare yes is to the question that is open; with a code it is to that booking's, whatever else is open. */
async function answerByCode(turn: Turn, value: string, code: string, n: number): Promise<boolean> {
  const { house, flows } = turn.parts
  const { person, language } = turn.next
  const found = await house.byCode('booking', code, turn.next.person)
  if (!found || !flows.booking.isFor(found, 'traveller', person)) return false
  turn.draft.know(found)
  const about: InstanceRef = { flow: 'booking', id: found.id }
  const isAsked = optionsOf(flows.booking.screen(found, 'traveller', language)).some(
    (one) => one.value === value,
  )
  if (isAsked) await turn.apply(about, { type: 'ANSWER', value }, 'traveller', n)
  else turn.look({ kind: 'talk', about, role: 'traveller', reopened: false })
  return true
}

async function hasJob({ parts: { house }, next: { person } }: Turn, code: string | null): Promise<boolean> {
  const job = await house.jobOf(person)
  return job !== null && (code === null || job.code === code)
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
    code === null
      ? (await house.active(person, 'invoice'))[0]
      : await house.byCode('invoice', code, turn.next.person)
  if (found?.owner !== person)
    return code === null ? turn.tell('noInvoice') : turn.tell('noSuchInvoice', { code })
  turn.draft.know(found)
  const about: InstanceRef = { flow: 'invoice', id: found.id }
  await turn.draft.apply(about, { type: 'PAY' }, turn.cause(n), turn.inbound.at)
  turn.look({ kind: 'talk', about, role: 'traveller', reopened: false })
}

/** As whom somebody may ask about a booking; undefined when it is not theirs at all. */
function roleIn({ parts, next: { person } }: Turn, booking: Instance): Role | undefined {
  if (booking.owner === person) return 'traveller'
  return parts.flows.booking.isFor(booking, 'agent', person) ? 'agent' : undefined
}

/** The newest of the person's own, but for what an agent is still filling in. */
async function newest({ parts: { house, flows }, next: { person } }: Turn): Promise<Instance | undefined> {
  const active = await house.active(person, 'booking')
  return active.find((one) => flows.booking.isFor(one, 'traveller', person))
}

/** About a booking of the person's own: the one they name, or the newest. */
async function mine(
  turn: Turn,
  intent: Of<'track' | 'cancel' | 'change' | 'rate' | 'why'>,
  n: number,
): Promise<void> {
  const { house } = turn.parts
  const { person } = turn.next
  const { code } = intent
  const found = code === null ? await newest(turn) : await house.byCode('booking', code, turn.next.person)
  // Who works asks after their job in the same words: what told them of it may have been lost.
  if (intent.name === 'track' && found?.owner !== person && (await hasJob(turn, code))) return myJob(turn)
  const role = found && roleIn(turn, found)
  if (intent.name === 'rate' && !role && (await rateTraveller(turn, intent, n))) return
  if (!found || !role) {
    const news = found && intent.name === 'track' ? turn.parts.script.followed(found, person) : null
    if (news) return turn.tell(news.key, news.args)
    return code === null ? turn.tell('noTrip') : turn.tell('noSuchTrip', { code })
  }
  turn.draft.know(found)
  const about: InstanceRef = { flow: 'booking', id: found.id }
  if (intent.name === 'track') {
    return turn.look({ kind: 'talk', about, role, reopened: turn.inbound.channel !== 'sms' })
  }
  if (intent.name === 'why') {
    const why = turn.parts.script.explained(found, turn.next.language)
    return why ? turn.tell(why.key, why.args) : turn.tell('noTrip')
  }
  const event = happening(turn, intent, found, role)
  if (!event) return turn.tell('noSuchTrip', { code: code ?? '' })
  await turn.apply(about, event, role, n)
}

/** A driver says how it was with whom they drove. False when it was no journey of theirs. */
async function rateTraveller(turn: Turn, { code, stars }: Of<'rate'>, n: number): Promise<boolean> {
  const { house, flows } = turn.parts
  const found = await house.byCode('tracking', code, turn.next.person)
  if (!found || !flows.tracking.isFor(found, 'driver', turn.next.person)) return false
  turn.draft.know(found)
  const about: InstanceRef = { flow: 'tracking', id: found.id }
  const event = flows.tracking.hear(found, { kind: 'answer', value: stars }, 'driver')
  if (event) await turn.apply(about, event, 'driver', n)
  else turn.look({ kind: 'talk', about, role: 'driver', reopened: false })
  return true
}

/** What is said about a booking, as an event for it; undefined where whoever says it may not. */
function happening(
  { parts: { flows } }: Turn,
  intent: Of<'cancel' | 'change' | 'rate'>,
  booking: Instance,
  role: Role,
): Happening | undefined {
  if (intent.name === 'change')
    return role === 'traveller' ? { type: 'CHANGE', text: intent.text } : undefined
  const value = intent.name === 'rate' ? intent.stars : 'cancel'
  return flows.booking.hear(booking, { kind: 'answer', value }, role)
}
