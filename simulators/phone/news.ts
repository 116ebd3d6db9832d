import { row, rows, word } from './json.ts'
import { about, type Hand } from './mode.ts'
import type { Look } from './watch.ts'

/** Shows the SMS that come; the ones already there at the start are old news. */
export function incoming({ phone, simulators, lines }: Hand, heard: () => void = () => undefined): Look {
  let seen: number | undefined
  return async () => {
    const inbox = rows(await simulators.get(`/africastalking/_handset/inbox${about(phone)}`))
    const fresh = inbox.slice(seen ?? inbox.length)
    seen = inbox.length
    for (const message of fresh) lines.show(`[SMS from ${word(message, 'from')}] ${word(message, 'text')}`)
    if (fresh.length > 0) heard()
    return fresh.length
  }
}

/** The payments that wait for this phone's word. */
export interface Payments {
  look: Look
  waiting: () => boolean
  /** Takes the line as the answer; false when it is none or nothing waits. */
  answer(line: string): Promise<boolean>
}

export const isDecision = (line: string): boolean => /^[yn]$/i.test(line.trim())

export function payments({ phone, simulators, lines }: Hand): Payments {
  const asked = new Set<string>()
  let open: string[] = []

  async function look() {
    const prompts = rows(await simulators.get(`/mtn/_handset/prompts${about(phone)}`))
    open = prompts.map((prompt) => word(prompt, 'reference'))
    const fresh = prompts.filter((prompt) => !asked.has(word(prompt, 'reference')))
    for (const prompt of fresh) {
      asked.add(word(prompt, 'reference'))
      const money = `${word(prompt, 'currency')} ${Number(word(prompt, 'amount')).toLocaleString('en')}`
      lines.show(`[Mobile money] Pay ${money} to Inzira, ${word(prompt, 'payerMessage')}. Approve? y/n`)
    }
    return fresh.length
  }

  async function answer(line: string) {
    const reference = open[0]
    if (reference === undefined || !isDecision(line)) return false
    const decision = /y/i.test(line) ? 'approve' : 'decline'
    open = open.slice(1)
    const decided = row(await simulators.post('/mtn/_handset/decide', { reference, decision }))
    lines.show(
      `[Mobile money] ${decision === 'approve' ? 'Approved' : 'Declined'} ${word(decided, 'amount')}`,
    )
    return true
  }

  return { look, answer, waiting: () => open.length > 0 }
}
