import { type row, rows, word } from './json.ts'
import { about, type Hand, type Mode } from './mode.ts'
import { incoming } from './news.ts'

/** Rings once, answers when it is called back, shows what is said; a line is keys, `h` hangs up. */
export function voice(hand: Hand): Mode {
  const { phone, simulators, lines } = hand
  const act = (what: string, body: object) => simulators.post(`/africastalking/_handset/${what}`, body)
  let sessionId = ''
  let said = 0
  let listening = false
  let waiting = false

  async function look() {
    const calls = rows(await simulators.get(`/africastalking/_handset/calls${about(phone)}`))
    const ringing = calls.findLast(
      (call) => word(call, 'state') === 'Ringing' && word(call, 'direction') === 'Outbound',
    )
    if (ringing) return answer(word(ringing, 'sessionId'))
    const call = calls.find((known) => word(known, 'sessionId') === sessionId)
    return call ? show(call) : 0
  }

  async function answer(id: string) {
    lines.show('(Inzira is calling, you answer)')
    sessionId = id
    said = 0
    waiting = false
    await act('answer', { sessionId: id })
    return 1
  }

  function show(call: ReturnType<typeof row>) {
    const says = Array.isArray(call.says) ? call.says.slice(said) : []
    said += says.length
    for (const words of says) lines.show(`Voice: ${String(words)}`)
    listening = call.expects !== null && call.expects !== undefined
    if (word(call, 'state') === 'Active') return says.length
    sessionId = ''
    lines.show('(the call has ended; Enter rings again)')
    return says.length + 1
  }

  async function ring() {
    waiting = true
    lines.show('(you ring once and hang up)')
    await act('call', { phone })
  }

  async function hear(line: string) {
    const keys = line.trim()
    if (sessionId === '') return ring()
    if (keys === 'h') return void (await act('hangupcall', { sessionId }))
    if (!/^[\d*#]+$/.test(keys)) return lines.show('(press keys: digits, * or #; h hangs up)')
    if (!listening) return lines.show('(nobody listens for keys now)')
    listening = false
    await act('digits', { sessionId, digits: keys })
  }

  return {
    hint: 'You ring once; Inzira calls back. A line is keys; h hangs up.',
    looks: [look, incoming(hand)],
    start: ring,
    hear,
    ready: () => (sessionId === '' ? !waiting : listening),
  }
}
