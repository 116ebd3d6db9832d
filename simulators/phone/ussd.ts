import { row, word } from './json.ts'
import type { Hand, Mode } from './mode.ts'
import { sms } from './sms.ts'

const CODE = '*384*77#'

/** Dials, shows screens, answers them; between sessions a line is sent as an SMS. */
export function ussd(hand: Hand): Mode {
  const { phone, simulators, lines } = hand
  const post = sms(hand)
  let sessionId = ''

  function show(answer: unknown) {
    const screen = row(answer)
    const over = word(screen, 'kind') === 'END'
    sessionId = over ? '' : word(screen, 'sessionId')
    const text = word(screen, 'text')
      .split('\n')
      .map((line) => `| ${line}`)
    lines.show(['', ...text, over ? '(closed)' : ''].join('\n').trimEnd())
  }

  const dial = async (code: string) =>
    show(await simulators.post('/africastalking/_handset/dial', { phone, code }))

  async function hear(line: string) {
    const input = line.trim()
    if (sessionId !== '') {
      if (input !== '') show(await simulators.post('/africastalking/_handset/reply', { sessionId, input }))
    } else if (input === '') await dial(CODE)
    else if (/^\*[\d*]+#$/.test(input)) await dial(input)
    else await post.hear(input)
  }

  return {
    hint: `Dialling ${CODE}. When it is closed: Enter dials again, other words are sent as SMS.`,
    looks: post.looks,
    start: () => dial(CODE),
    hear,
    ready: post.ready,
  }
}
