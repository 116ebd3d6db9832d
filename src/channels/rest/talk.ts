import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import { Problem } from '../../core/base/problem.ts'
import { type Booked, isBookingId, type Viewer } from '../../core/people/bookings.ts'
import type { Person } from '../../core/people/token.ts'
import type { InstanceRef, Role } from '../../core/run/flow.ts'
import type { Doing } from '../../core/talk/take-turn.ts'
import type { Turn } from '../../core/talk/turn.ts'
import type { Shown } from '../../core/talk/view.ts'
import { type PromptShape, promptOf, restCodec } from './codec.ts'
import type { RestParts } from './parts.ts'
import type { Message } from './route.ts'

/** A booking with the question that is open in it. */
type Page = Readonly<Record<string, unknown>> & {
  readonly prompt: PromptShape | null
  readonly error: string | null
}

const shownBody = z.object({ prompt: z.object({ id: z.string() }) })

const AGAIN_S = 2

/** What somebody orders, for themselves or as an agent. */
type Order = {
  readonly line: string
  readonly given?: Readonly<Record<string, unknown>> | undefined
  readonly for?: Msisdn | undefined
}

const notTheirs = () => new Problem('forbidden', 'Only an agent books for somebody else.')
const nothing = () => new Problem('not_found', 'There is no such booking.')
const refOf = (id: string): InstanceRef => ({ flow: 'booking', id })

/** The language they last spoke with us, on whatever channel. */
export async function languageOf(
  { store, script }: Pick<RestParts, 'store' | 'script'>,
  { phone }: Person,
): Promise<string> {
  const { conversation } = await store.standing(phone, '')
  return conversation?.language ?? script.defaultLanguage
}

/** Moves a person's own turn. @throws Problem unavailable when it goes on but took too long to wait for */
export const actingFor =
  ({ gateway, clock }: Pick<RestParts, 'gateway' | 'clock'>) =>
  async (person: Person, message: Message, doing: Doing): Promise<void> => {
    const { phone, session } = person
    const envelope = { channel: 'rest', person: phone, session, messageId: message.id } as const
    const body = await gateway.act({ ...envelope, at: clock.now() }, doing)
    if (shownBody.parse(JSON.parse(body)).prompt.id === 'later')
      throw new Problem('unavailable', 'We are still at it. Ask again with the same Idempotency-Key.', {
        retryAfterS: AGAIN_S,
      })
  }

/**
 * Bookings by way of the one conversation a person has: what is begun here can be finished on any other channel.
 * All of it throws Problem not_found for what is not the person's, not_applicable (with the `options` that would
 * do) for what means nothing now, and unavailable when the turn goes on but took too long to wait for.
 */
export function talk(parts: RestParts) {
  const { bookings, desk, flows, store } = parts

  const act = actingFor(parts)

  /** A booking that a person may move: their own, or one that they book for somebody. */
  async function held(person: Person, id: string): Promise<{ booking: Booked; role: Role }> {
    const booking = isBookingId(id) ? await bookings.find(id) : null
    if (booking?.owner === person.phone) return { booking, role: 'traveller' }
    if (booking && (await isNamed(person, booking, desk.agentOf))) return { booking, role: 'agent' }
    throw nothing()
  }

  /** It names their number, and has since that is theirs. */
  const isNamed = async ({ phone }: Person, booking: Booked, nameIn: (of: Booked) => Msisdn | null) =>
    nameIn(booking) === phone && (await store.isTheirs(phone, booking.id))

  /** What whoever may move it sees now. */
  async function page(person: Person, id: string): Promise<Page> {
    const { booking, role } = await held(person, id)
    const language = await languageOf(parts, person)
    return {
      ...desk.describe(booking, role === 'agent' ? 'agent' : 'owner'),
      prompt: promptOf(flows.booking.screen(booking, role, language)),
      error: flows.booking.problem(booking, language),
    }
  }

  async function ticket(person: Person, id: string): Promise<Buffer> {
    const { booking, role } = await held(person, id)
    if (role === 'agent') throw nothing()
    const found = desk.ticketOf(booking)
    if (!found) throw new Problem('not_applicable', 'There is no ticket for this booking.')
    return parts.printTicket(found, await languageOf(parts, person))
  }

  async function viewerOf(person: Person, booking: Booked | null): Promise<Viewer> {
    if (booking?.owner === person.phone) return 'owner'
    if (booking && (await isNamed(person, booking, desk.agentOf))) return 'agent'
    if (booking && (await isNamed(person, booking, desk.carrierOf))) return 'driver'
    if (booking && (await parts.access.ranksOf(person.phone)).has('admin')) return 'admin'
    throw nothing()
  }

  /** Moves a booking, and shows what came of it. */
  async function move(
    person: Person,
    message: Message,
    id: string,
    how: (turn: Turn, shown: Shown) => Promise<void>,
  ): Promise<Page> {
    const { role } = await held(person, id)
    await act(person, message, async (turn) => {
      const before = await turn.draft.get(refOf(id))
      turn.look({ kind: 'talk', about: refOf(id), role, reopened: false })
      const shown = await turn.shown()
      await how(turn, shown)
      const after = await turn.draft.get(refOf(id))
      if (turn.error !== null || after?.seq === before?.seq) throw notApplicable(shown)
    })
    return page(person, id)
  }

  return {
    book: async (person: Person, message: Message, { line, given, for: customer }: Order) => {
      const wanted = Object.entries(given ?? {}).flatMap(([field, text]) =>
        typeof text === 'string' ? [{ field, text }] : [],
      )
      let id = message.about
      await act(person, message, async (turn) => {
        await turn.act({ name: 'book', line, wanted, ...(customer && { for: customer }) }, 0)
        if (turn.aside !== null) throw notTheirs()
        const { focus } = turn.next
        if (focus.kind !== 'talk') throw new Error('a booking was begun and is not looked at')
        id = focus.about.id
        await message.note(id)
      })
      // Answered from memory, and nobody knows what was made: the key is older than what we keep of keys.
      if (id === null) throw new Problem('key_reused', 'This Idempotency-Key was used long ago.')
      return page(person, id)
    },

    show: async (person: Person, id: string): Promise<Page> => {
      const booking = isBookingId(id) ? await bookings.find(id) : null
      const viewer = await viewerOf(person, booking)
      if (viewer === 'owner' || viewer === 'agent' || !booking) return page(person, id)
      return { ...desk.describe(booking, viewer), prompt: null, error: null }
    },

    ticket,

    answer: (person: Person, message: Message, id: string, value: string) =>
      move(person, message, id, (turn) => turn.hear({ kind: 'pick', value }, restCodec, 0)),

    counter: (person: Person, message: Message, id: string, carrier: string, amountMinor: number) =>
      move(person, message, id, async (turn) => {
        const { focus } = turn.next
        // What is paid is the owner's to say, and no agent's.
        if (focus.kind !== 'talk' || focus.role !== 'traveller') return
        await turn.apply(refOf(id), { type: 'COUNTER', partner: carrier, amountMinor }, 'traveller', 0)
      }),

    cancel: (person: Person, message: Message, id: string) =>
      move(person, message, id, async (turn) => {
        const booking = await turn.draft.get(refOf(id))
        await turn.act({ name: 'cancel', code: booking?.code ?? '' }, 0)
      }),

    rate: (person: Person, message: Message, id: string, stars: number) =>
      move(person, message, id, async (turn, { prompt }) => {
        // Elsewhere a digit may answer another question, such as the number of a stage.
        if (prompt.id !== 'rating') return
        await turn.hear({ kind: 'pick', value: String(stars) }, restCodec, 0)
      }),
  }
}

function notApplicable({ prompt }: Shown): Problem {
  const { options = [], ...rest } = promptOf(prompt)
  const detail = { options, ...(rest.expects ? { expects: rest.expects } : {}) }
  return new Problem('not_applicable', 'That means nothing to the booking as it stands.', detail)
}
