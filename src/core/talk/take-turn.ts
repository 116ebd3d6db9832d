import { z } from 'zod'
import { LIMITS } from '../base/limits.ts'
import type { Msisdn } from '../base/phone.ts'
import { IDLE_MS } from '../people/holders.ts'
import type { Run } from '../run/run.ts'
import type { OutboxEntry } from '../run/work.ts'
import type { Inbound } from './channel.ts'
import { type Conversation, newConversation } from './conversation.ts'
import type { Echo } from './echo.ts'
import type { Script } from './script.ts'
import { Turn, type TurnParts } from './turn.ts'
import type { Shown } from './view.ts'

/** Who says it, where and when; what they say is the turn's business. */
export type Envelope = Omit<Inbound, 'input'>

/** Moves a turn; nothing is written until it returns. */
export type Doing = (turn: Turn, before: Conversation) => Promise<void>

/** How one message is known again, and known for a machine's. */
export type More = {
  /** A text that they may have written before, as machines do. */
  readonly echo?: Echo
  /** The id of the message that this one is again, where that is known only from what was heard before. */
  readonly repeats?: (before: Conversation) => string | null
}

export type Outcome = {
  readonly body: string
  readonly repeated: boolean
  readonly booking?: string
  readonly screen?: string
}

export type TakingParts = TurnParts & {
  readonly run: Run
  /** What is answered at once: empty where that is said afterwards. */
  readonly drawn: (shown: Shown) => string
  readonly answersInline: boolean
}

/**
 * One message, one turn, one commit; the same message again gets the bytes that were stored. Whoever else writes to
 * the same rows meanwhile makes it begin anew.
 */
export function takeTurn(
  inbound: Envelope,
  doing: Doing,
  { echo = () => ({}), repeats = () => null }: More,
  parts: TakingParts,
): Promise<Outcome> {
  const { run, drawn, answersInline } = parts
  const { store } = run.parts
  return run.again(async (draft) => {
    const { conversation, instance, answered } = await store.standing(inbound.person, inbound.messageId)
    // After so long it may be somebody else: nothing of the one before is read, and the turn begins anew.
    const isRecent = conversation !== null && inbound.at - conversation.heardAt < IDLE_MS
    if (!isRecent && (await store.passIfIdle(inbound.person, inbound.at))) return 'stale'
    const earlier = answered === null && conversation ? repeats(conversation) : null
    const stored = earlier === null ? answered : await store.answer(inbound.person, earlier)
    if (stored !== null) return { body: stored, repeated: true }
    const before = conversation ?? stranger(inbound, parts.script)
    const turn = new Turn(before, draft, inbound, parts)
    if (instance) turn.draft.know(instance)
    await doing(turn, before)
    await run.settle(turn.draft, inbound.at + LIMITS.hopBudgetMs)
    const shown = await turn.shown()
    const body = answersInline ? drawn(shown) : ''
    turn.draft.outbox = turn.draft.outbox.filter((entry) => !isAnswered(entry, inbound.person, turn.next))
    if (!answersInline) {
      const said = { to: inbound.person, channel: inbound.channel, shown, ...echo(turn.isCommand) }
      const isIdle = turn.isLost && turn.draft.journal.length === 0
      turn.draft.errand('speak', { ...said, isIdle }, null, inbound.at)
    }
    const work = turn.draft.work({
      conversation: { next: turn.next, was: before.seq },
      answer: { messageId: inbound.messageId, person: inbound.person, body, at: inbound.at },
    })
    if ((await run.commit(work)) === 'stale') return 'stale'
    const about = 'about' in turn.next.focus ? await turn.draft.get(turn.next.focus.about) : null
    return { body, repeated: false, screen: shown.prompt.id, ...(about ? { booking: about.root } : {}) }
  })
}

/** Who has never been heard. */
export const stranger = ({ person, channel, at }: Envelope, { defaultLanguage }: Script): Conversation =>
  newConversation(person, channel, defaultLanguage, at)

/** The screen that the turn would send to the very person it answers is that answer. */
const isAnswered = ({ type, about, params }: OutboxEntry, person: Msisdn, { focus }: Conversation): boolean =>
  type === 'show' &&
  'about' in focus &&
  about?.id === focus.about.id &&
  showParams.safeParse(params).data?.to === person

const showParams = z.object({ to: z.string() })
