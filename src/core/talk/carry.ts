import type { InstanceRef } from '../run/flow.ts'
import type { Offering } from '../sell/loads.ts'
import { MENU } from './conversation.ts'
import type { Reply } from './prompt.ts'
import type { Intent } from './script.ts'
import type { Told, Turn } from './turn.ts'

type Of<Name extends Intent['name']> = Extract<Intent, { readonly name: Name }>

/** What is said about loads that are nobody's yet: by carriers, and by whose load it is. */
export async function carry(
  turn: Turn,
  intent: Of<'bid' | 'withdraw' | 'loads' | 'offer' | 'counter'>,
  n: number,
): Promise<void> {
  if (intent.name === 'loads') return look(turn, intent)
  if (intent.name === 'offer') return turn.look({ kind: 'bid', load: intent.load })
  if (intent.name === 'withdraw') return withdraw(turn, intent, n)
  if (intent.name === 'counter') return counter(turn, intent, n)
  const { key, args } = await bid(turn, intent, n)
  turn.tell(key, args)
}

/** The price for a load that was chosen from the menu, asked again until it is one. */
export async function hearBid(turn: Turn, load: Offering, reply: Reply, n: number): Promise<void> {
  if (reply.kind !== 'answer') return turn.look(MENU)
  const said = { name: 'bid', code: load.code, amount: reply.value, until: null } as const
  const { key, args } = await bid(turn, said, n)
  if (key === 'bidHow') {
    turn.error = turn.parts.script.badAmount(turn.next.language)
    return
  }
  turn.look(MENU)
  turn.tell(key, args)
}

async function loadOf(turn: Turn, code: string): Promise<InstanceRef | null> {
  const found = await turn.parts.house.byCode('booking', code, turn.next.person)
  if (!found) return null
  turn.draft.know(found)
  return { flow: 'booking', id: found.id }
}

/** Bids for a load. @returns what the carrier is told of it */
async function bid(turn: Turn, { code, ...said }: Of<'bid'>, n: number): Promise<Told> {
  const { house, script } = turn.parts
  const { person } = turn.next
  const about = await loadOf(turn, code)
  if (!about) return { key: 'noSuchLoad', args: { code } }
  const bidder = await house.bidder(person, about.id)
  if (typeof bidder === 'string') return { key: bidder, args: { code } }
  const load = await turn.draft.get(about)
  const offer = load && script.bidFor(load, bidder, said, turn.inbound.at)
  if (!offer) return { key: 'bidHow', args: {} }
  const isHeard = await turn.draft.apply(about, offer.event, turn.cause(n), turn.inbound.at)
  const news = { key: isHeard ? offer.key : offer.unheard, args: { code, ...offer.args } }
  // Once a session or a call has ended, nothing of it is left to be read.
  if (isHeard && turn.isPassing)
    turn.draft.errand('say', { to: person, phrase: news }, about, turn.inbound.at)
  return news
}

async function withdraw(turn: Turn, { code }: Of<'withdraw'>, n: number): Promise<void> {
  const about = await loadOf(turn, code)
  if (!about) return turn.tell('noSuchLoad', { code })
  const partner = await turn.parts.house.carrierOf(turn.next.person)
  if (partner === null) return turn.tell('notCarrier')
  const event = { type: 'WITHDRAW', partner }
  const isHeard = await turn.draft.apply(about, event, turn.cause(n), turn.inbound.at)
  return turn.tell(isHeard ? 'bidBack' : 'noBid', { code })
}

/** A shipper answers an offer with a price of their own. */
async function counter(turn: Turn, { code, ...said }: Of<'counter'>, n: number): Promise<void> {
  const about = await loadOf(turn, code)
  const load = about && (await turn.draft.get(about))
  if (!about || load?.owner !== turn.next.person) return turn.tell('noSuchLoad', { code })
  const meant = turn.parts.script.counterFor(load, said)
  if (!meant) return turn.tell('counterHow')
  const isHeard = await turn.draft.apply(about, meant.event, turn.cause(n), turn.inbound.at)
  turn.tell(isHeard ? 'counterSent' : 'noCounter', { code, ...meant.args })
}

async function look(turn: Turn, { place }: Of<'loads'>): Promise<void> {
  const { house, script } = turn.parts
  if ((await house.carrierOf(turn.next.person)) === null) return turn.tell('notCarrier')
  const loads = await house.loads(place)
  if (loads === null) return turn.tell('unknownPlace')
  return loads.length === 0 ? turn.tell('noLoads') : turn.tell('loadsOpen', { list: script.listed(loads) })
}
