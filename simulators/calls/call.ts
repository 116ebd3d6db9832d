import { Refusal } from '../read.ts'
import type { World } from '../simulator.ts'
import { createCallBook, isOpen, type Live } from './book.ts'
import { expectsOf, gather } from './keypad.ts'
import type { End, Gather, Sound, Wire } from './wire.ts'

const RING_MS = 60_000
const SPEECH_MS_PER_CHARACTER = 60

/** Calls from ringing to the last callback, and what is said and pressed in between. */
export function createCalls({ clock, events }: Pick<World, 'clock' | 'events'>, wire: Wire) {
  const book = createCallBook(clock, events, wire)

  /** Asks the gateway what to do next and does it, unless the line is lost by then. */
  async function ask(live: Live, digits?: string, isLost = false) {
    const to = digits === undefined ? undefined : live.wanted?.to
    live.wanted = undefined
    const heard = await wire.ask(live.call, to, digits)
    if (!isOpen(live)) return
    if (isLost) return finish(live, 'broken')
    try {
      if (heard?.status !== 200) throw new SyntaxError('no answer from the gateway')
      live.rest = wire.read(heard.body)
    } catch (error) {
      wire.keep(live.call, '', String(error))
      return finish(live, 'broken')
    }
    perform(live)
  }

  function perform(live: Live) {
    if (live.rest[0]?.kind === 'reject') return finish(live, 'rejected')
    live.call.state = 'Active'
    live.answeredAt ??= clock.now()
    let spokenMs = 0
    for (let next = live.rest.shift(); next; next = live.rest.shift()) {
      if (next.kind === 'reject') break
      const sounds = next.kind === 'gather' ? next.sounds : [next]
      for (const sound of sounds) spokenMs += speak(live, sound)
      if (next.kind === 'gather') return listen(live, next, spokenMs)
    }
    finish(live, 'hungUp')
  }

  /** Answers how long it takes to say, ms. */
  function speak(live: Live, { kind, text }: Sound) {
    live.call.says.push(text)
    wire.keep(live.call, text)
    return kind === 'say' ? text.length * SPEECH_MS_PER_CHARACTER : 0
  }

  function listen(live: Live, wanted: Gather, spokenMs: number) {
    live.wanted = wanted
    live.typed = ''
    live.call.expects = expectsOf(wanted)
    live.cancel = clock.after(spokenMs + wanted.timeoutS * 1_000, () => silence(live))
    book.tell(live)
  }

  /** Nothing (more) was pressed: some digits are sent as they are; none falls through to the next action, unasked. */
  function silence(live: Live) {
    live.call.expects = null
    // Not awaited: a planned delay waits on the very clock that runs this.
    if (live.typed !== '') return void ask(live, live.typed)
    live.wanted = undefined
    perform(live)
  }

  function finish(live: Live, end: End) {
    const { call } = live
    if (!isOpen(live)) return
    live.cancel()
    live.wanted = undefined
    const state = end === 'rejected' || end === 'declined' ? 'Rejected' : 'Completed'
    Object.assign(call, { state, expects: null })
    book.tell(live)
    const seconds = live.answeredAt === undefined ? 0 : Math.ceil((clock.now() - live.answeredAt) / 1_000)
    wire.over(call, end, seconds)
  }

  /** The gateway calls a phone; nobody answers within a minute: it gives up. */
  function ring(phone: string) {
    const live = book.open(phone, 'Outbound')
    live.cancel = clock.after(RING_MS, () => finish(live, 'unanswered'))
    return live.call
  }

  async function answer(sessionId: string) {
    const live = book.find(sessionId, 'Ringing')
    if (live.call.direction === 'Inbound') throw new Refusal(409, 'the phone itself is calling')
    live.cancel()
    live.call.state = 'Active'
    live.answeredAt = clock.now()
    await ask(live)
    return live.call
  }

  /** A phone calls our number. */
  async function dial(phone: string) {
    const live = book.open(phone, 'Inbound')
    await ask(live)
    return live.call
  }

  async function press(sessionId: string, digits: string, isLost?: boolean) {
    const live = book.find(sessionId, 'Active')
    if (!live.wanted) throw new Refusal(409, 'nobody listens for digits now')
    const { typed, done } = gather(live.wanted, live.typed, digits)
    live.typed = typed
    if (!done && isLost) finish(live, 'broken')
    if (!done) return live.call
    live.cancel()
    live.call.expects = null
    await ask(live, typed, isLost)
    return live.call
  }

  function hangUp(sessionId: string) {
    const live = book.find(sessionId)
    const isDeclined = live.call.state === 'Ringing' && live.call.direction === 'Outbound'
    finish(live, isDeclined ? 'declined' : 'hungUp')
    return live.call
  }

  return { ring, answer, dial, press, hangUp, ofPhone: book.ofPhone }
}
