import { Refusal } from '../read.ts'
import { type GetDigits, readActions, type Sound } from './actions.ts'
import { during, ending } from './callback.ts'
import { createCallBook, isOpen, type Live } from './callbook.ts'
import { expectsOf, gather } from './keypad.ts'
import { type Line, VOICE_NUMBER } from './line.ts'

const RING_MS = 60_000
const SPEECH_MS_PER_CHARACTER = 60

/** Calls from ringing to the last callback, and what is said and pressed in between. */
export function createCalls(line: Line) {
  const { clock, gateway, events } = line.world
  const book = createCallBook(clock, events)

  /** Asks the gateway what to do next and does it, unless the line is lost by then. */
  async function ask(live: Live, state: string, digits?: { dtmfDigits: string }, isLost = false) {
    const to = (digits && live.wanted?.callbackUrl) ?? line.hook('voice')
    const form = { ...during(live.call, state), ...digits }
    live.wanted = undefined
    const heard = await line.hop('voice', live.call.phone, () => gateway.form(to, form))
    if (!isOpen(live)) return
    if (isLost) return lose(live)
    try {
      if (heard?.status !== 200) throw new SyntaxError('no answer from the gateway')
      live.rest = readActions(heard.body)
    } catch (error) {
      record(live, '', String(error))
      return finish(live, 'Completed', 'NORMAL_TEMPORARY_FAILURE')
    }
    perform(live)
  }

  const lose = (live: Live) => finish(live, 'Completed', 'NORMAL_TEMPORARY_FAILURE')

  function perform(live: Live) {
    if (live.rest[0]?.kind === 'reject') return finish(live, 'Rejected', 'CALL_REJECTED')
    live.call.state = 'Active'
    live.answeredAt ??= clock.now()
    let spokenMs = 0
    for (let next = live.rest.shift(); next; next = live.rest.shift()) {
      if (next.kind === 'reject') break
      const sounds = next.kind === 'getDigits' ? next.sounds : [next]
      for (const sound of sounds) spokenMs += speak(live, sound)
      if (next.kind === 'getDigits') return listen(live, next, spokenMs)
    }
    finish(live, 'Completed', 'NORMAL_CLEARING')
  }

  /** Answers how long it takes to say, ms. */
  function speak(live: Live, { kind, text }: Sound) {
    live.call.says.push(text)
    record(live, text)
    return kind === 'say' ? text.length * SPEECH_MS_PER_CHARACTER : 0
  }

  function record({ call }: Live, text: string, error?: string) {
    const message = {
      id: call.sessionId,
      channel: 'voice' as const,
      to: call.phone,
      from: VOICE_NUMBER,
      text,
    }
    const end = error ? { status: 'Failed', error } : { status: 'Success' }
    line.ledger.add({ ...message, at: clock.now(), ...end })
  }

  function listen(live: Live, wanted: GetDigits, spokenMs: number) {
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
    if (live.typed !== '') return void ask(live, 'Active', { dtmfDigits: live.typed })
    live.wanted = undefined
    perform(live)
  }

  function finish(live: Live, state: 'Completed' | 'Rejected', cause: string, wireState = 'Completed') {
    const { call } = live
    if (!isOpen(live)) return
    live.cancel()
    live.wanted = undefined
    Object.assign(call, { state, expects: null })
    book.tell(live)
    const seconds = live.answeredAt === undefined ? 0 : Math.ceil((clock.now() - live.answeredAt) / 1_000)
    const form = ending(call, wireState, cause, seconds)
    const send = async () => (await gateway.form(line.hook('voice'), form))?.status === 200
    // Not awaited: the line is already dead when the aggregator reports.
    void line.deliver({ on: 'voiceEnd', phone: call.phone, send })
  }

  /** The gateway calls a phone; nobody answers within a minute: NO_ANSWER. */
  function ring(phone: string) {
    const live = book.open(phone, 'Outbound')
    live.cancel = clock.after(RING_MS, () => finish(live, 'Completed', 'NO_ANSWER', 'NotAnswered'))
    return live.call
  }

  async function answer(sessionId: string) {
    const live = book.find(sessionId, 'Ringing')
    if (live.call.direction === 'Inbound') throw new Refusal(409, 'the phone itself is calling')
    live.cancel()
    live.call.state = 'Active'
    live.answeredAt = clock.now()
    await ask(live, 'Active')
    return live.call
  }

  /** A phone calls our number. */
  async function dial(phone: string) {
    const live = book.open(phone, 'Inbound')
    await ask(live, 'Ringing')
    return live.call
  }

  async function press(sessionId: string, digits: string, isLost?: boolean) {
    const live = book.find(sessionId, 'Active')
    if (!live.wanted) throw new Refusal(409, 'nobody listens for digits now')
    const { typed, done } = gather(live.wanted, live.typed, digits)
    live.typed = typed
    if (!done && isLost) lose(live)
    if (!done) return live.call
    live.cancel()
    live.call.expects = null
    await ask(live, 'Active', { dtmfDigits: typed }, isLost)
    return live.call
  }

  function hangUp(sessionId: string) {
    const live = book.find(sessionId)
    const refused = live.call.state === 'Ringing' && live.call.direction === 'Outbound'
    if (refused) finish(live, 'Rejected', 'CALL_REJECTED', 'NotAnswered')
    else finish(live, 'Completed', 'NORMAL_CLEARING')
    return live.call
  }

  return { ring, answer, dial, press, hangUp, ofPhone: book.ofPhone }
}
