import { decodeMessageId } from './bodies.ts'
import { COMMAND, STATUS } from './pdu.ts'
import type { Answer, Session } from './session.ts'

/**
 * What became of a `submit_sm`. `unsent`: no SMSC has it, so it may be sent again. `unknown`: one may have it, so it may
 * not.
 */
export type Submission =
  | { readonly kind: 'taken'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unsent'; readonly why: 'unreachable' | 'throttled' }
  | { readonly kind: 'unknown'; readonly why: 'lost' | 'silent' | 'unreadable' }

export type Pace = {
  /** Requests that may be unanswered at once. */
  readonly window: number
  /** Messages a second, as agreed with the carrier. */
  readonly tps: number
  /** Messages that may wait for their turn, and how long. */
  readonly waiting: number
  readonly waitMs: number
  /** The pause after the SMSC said that it has too much; it doubles with every such answer up to the most. */
  readonly throttleMs: number
  readonly throttleMostMs: number
}

type Waiting = {
  readonly body: Buffer
  readonly line: Waiting[]
  readonly until: number
  readonly settle: (submission: Submission) => void
  wasThrottled: boolean
}

/** The SMSC has not taken it, and will when it has room. */
const TOO_MUCH: ReadonlySet<number> = new Set([STATUS.throttled, STATUS.queueFull])

/**
 * Messages in line for an SMSC: no more unanswered at once than the window, no more a second than agreed, and none for
 * a while when it has too much. What it refused for that is first in line again.
 */
export class Submitting {
  readonly #pace: Pace
  readonly #lines: readonly [urgent: Waiting[], usual: Waiting[]] = [[], []]
  #session: Session | null = null
  #unanswered = 0
  #allowance: number
  #allowedAt = Date.now()
  #pausedUntil = 0
  #throttles = 0
  #timer: NodeJS.Timeout | undefined

  constructor(pace: Pace) {
    this.#pace = pace
    this.#allowance = pace.tps
  }

  /** Sends when it may. @param isUrgent somebody looks at their phone and waits. Never rejects */
  submit(body: Buffer, isUrgent: boolean): Promise<Submission> {
    const line = this.#lines[isUrgent ? 0 : 1]
    if (line.length >= this.#pace.waiting) return Promise.resolve({ kind: 'unsent', why: 'throttled' })
    return new Promise((settle) => {
      line.push({ body, line, until: Date.now() + this.#pace.waitMs, settle, wasThrottled: false })
      this.#pump()
    })
  }

  /** Where messages go from now on; null while there is nobody. */
  through(session: Session | null): void {
    this.#session = session
    this.#pump()
  }

  /** Gives back all that waits. */
  giveUp(): void {
    clearTimeout(this.#timer)
    this.#drop(Number.POSITIVE_INFINITY)
  }

  /** Whether everything that was sent has its answer. */
  get isSettled(): boolean {
    return this.#unanswered === 0
  }

  #pump(): void {
    const now = Date.now()
    this.#drop(now)
    this.#earn(now)
    // On one that is closing nothing leaves any more: it waits for the next.
    while (this.#session?.isOpen && this.#mayAsk(now)) {
      const waiting = this.#lines[0].shift() ?? this.#lines[1].shift()
      if (!waiting) break
      this.#allowance -= 1
      void this.#send(this.#session, waiting)
    }
    this.#comeBack(now)
  }

  #mayAsk(now: number): boolean {
    return this.#unanswered < this.#pace.window && this.#allowance >= 1 && now >= this.#pausedUntil
  }

  /** Those who have waited until then; the longest are first in line. */
  #drop(until: number): void {
    for (const line of this.#lines)
      for (let first = line[0]; first && first.until <= until; first = line[0]) {
        line.shift()
        first.settle({ kind: 'unsent', why: first.wasThrottled ? 'throttled' : 'unreachable' })
      }
  }

  #earn(now: number): void {
    const earned = ((now - this.#allowedAt) * this.#pace.tps) / 1_000
    this.#allowance = Math.min(this.#pace.tps, this.#allowance + earned)
    this.#allowedAt = now
  }

  /** By when the pause is over, an allowance is earned, or the longest in line has waited enough. */
  #comeBack(now: number): void {
    clearTimeout(this.#timer)
    const firsts = this.#lines.flatMap((line) => (line[0] ? [line[0].until] : []))
    if (firsts.length === 0) return
    const mayAt = Math.max(
      this.#pausedUntil,
      now + Math.ceil(((1 - Math.min(1, this.#allowance)) * 1_000) / this.#pace.tps),
    )
    const wakes = mayAt > now ? [...firsts, mayAt] : firsts
    this.#timer = setTimeout(() => this.#pump(), Math.max(1, Math.min(...wakes) - now))
  }

  async #send(session: Session, waiting: Waiting): Promise<void> {
    this.#unanswered += 1
    const answer = await session.ask(COMMAND.submit, waiting.body)
    this.#unanswered -= 1
    if (answer.kind === 'answered' && TOO_MUCH.has(answer.status)) this.#wait(waiting)
    else {
      if (answer.kind === 'answered') this.#throttles = 0
      waiting.settle(submissionOf(answer))
    }
    this.#pump()
  }

  #wait(waiting: Waiting): void {
    const { throttleMs, throttleMostMs } = this.#pace
    // A whole window is refused at once: that is one sign, not many.
    if (Date.now() >= this.#pausedUntil) {
      this.#pausedUntil = Date.now() + Math.min(throttleMs * 2 ** this.#throttles, throttleMostMs)
      this.#throttles = Math.min(this.#throttles + 1, MOST_DOUBLINGS)
    }
    waiting.wasThrottled = true
    waiting.line.unshift(waiting)
  }
}

const MOST_DOUBLINGS = 16

function submissionOf(answer: Answer): Submission {
  if (answer.kind !== 'answered') return { kind: 'unknown', why: answer.kind }
  if (answer.status !== STATUS.ok) return { kind: 'refused', status: answer.status }
  try {
    return { kind: 'taken', messageId: decodeMessageId(answer.body) }
  } catch {
    return { kind: 'unknown', why: 'unreadable' }
  }
}
