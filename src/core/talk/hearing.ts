import type { Inbound } from './channel.ts'
import type { Conversation } from './conversation.ts'
import { PLAIN_MENU } from './conversation.ts'
import { readHop } from './hop.ts'
import type { Codec } from './prompt.ts'
import type { Turn } from './turn.ts'

/**
 * Feeds the turn what is new in the message: one thing, or, on a dialled short-cut, several.
 * @param settle finds out what was asked for so far, before the next thing is heard
 */
export async function hear(
  turn: Turn,
  before: Conversation,
  inbound: Inbound,
  codec: Codec,
  settle: (turn: Turn) => Promise<void>,
): Promise<void> {
  const { input } = inbound
  if (input.kind === 'start') return turn.start()
  // Half of what they said may say something else.
  if (input.kind === 'fragment') return turn.tell('fragment')
  if (input.kind !== 'so_far' && input.kind !== 'keyed') return turn.hear(input, codec, 0)
  const { opens, said, ...kept } = readHop(before, inbound)
  turn.next = { ...turn.next, ...kept }
  if (opens && (await resumes(turn, said))) return
  for (const [n, text] of said.entries()) {
    await turn.hear({ kind: 'text', text }, codec, n)
    if (n < said.length - 1) await settle(turn)
  }
}

/** A new call. The keys of a short-cut begin at the menu: they answer nothing older, and least of all "1 Cancel". */
async function resumes(turn: Turn, said: readonly string[]): Promise<boolean> {
  await turn.start()
  if (await isUnderWay(turn)) return true
  if (said.length > 0) turn.look(PLAIN_MENU)
  return false
}

async function isUnderWay({ next: { focus }, draft, parts: { flows, script } }: Turn): Promise<boolean> {
  if (focus.kind !== 'talk' || !focus.reopened) return false
  const about = await draft.get(focus.about)
  return about !== null && !script.isForLater(flows[about.flow], about)
}

/** Without what PostgreSQL cannot keep: half characters and the null character. */
const keepable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** A message as it may be kept. */
export function wholesome(inbound: Inbound): Inbound {
  const { input } = inbound
  return {
    ...inbound,
    session: keepable(inbound.session),
    messageId: keepable(inbound.messageId),
    input: 'text' in input ? { ...input, text: keepable(input.text) } : input,
  }
}
