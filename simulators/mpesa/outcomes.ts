import type { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'

const LATE_MS = 6 * 60_000

/** Where a movement is going. Without a code it stays under way for ever. */
export interface Plan {
  /** `0`, or what went wrong. */
  code?: string
  /** How long it is under way, ms. */
  waitMs: number
  /** No callback is ever sent. */
  silent?: boolean
  /** A question meanwhile is answered with 200 and result 4999, not with an error. */
  spoken?: boolean
  /** The request was too long in the queue: it is sent back, and nothing is done. */
  queued?: boolean
  /** The result is told before the request is answered. */
  early?: boolean
  /** The request is refused. */
  refused?: boolean
}

type Ending = Omit<Plan, 'waitMs'>

/** Outcomes a scenario may name for a push. */
export const PUSHES: Readonly<Record<string, Ending>> = {
  approve: { code: '0' },
  silent: { code: '0', silent: true },
  late: { code: '0' },
  processing: { code: '0', spoken: true },
  ongoing: {},
  insufficient: { code: '1' },
  limit: { code: '17' },
  busy: { code: '26' },
  locked: { code: '1001' },
  lapse: { code: '1019' },
  unsent: { code: '1025' },
  decline: { code: '1032' },
  expire: { code: '1037' },
  wrong_pin: { code: '2001' },
  broken: { code: '9999' },
  strange: { code: '7777' },
}

/** Outcomes for payouts and reversals. */
export const GIFTS: Readonly<Record<string, Ending>> = {
  approve: { code: '0' },
  silent: { code: '0', silent: true },
  late: { code: '0' },
  early: { code: '0', early: true },
  ongoing: {},
  refuse: { refused: true },
  queued: { queued: true },
  insufficient: { code: '1' },
  initiator: { code: '2001' },
}

/** Payees of the 121 platform's mock, by whole number. */
const MAGIC: Readonly<Record<string, keyof typeof GIFTS>> = {
  254000000000: 'refuse',
  254000000001: 'initiator',
  254000000002: 'queued',
  254000000003: 'early',
}

export const WORDS: Readonly<Record<string, string>> = {
  0: 'The service request is processed successfully.',
  1: 'The balance is insufficient for the transaction.',
  17: 'Rule limited.',
  26: 'System busy. The service request is rejected.',
  1001: 'Unable to lock subscriber, a transaction is already in process for the current subscriber.',
  1019: 'Transaction has expired.',
  1025: 'An error occurred while sending a push request.',
  1032: 'Request cancelled by user.',
  1037: 'DS timeout user cannot be reached.',
  2001: 'The initiator information is invalid.',
  9999: 'An error occurred while sending a push request.',
}

/** How long somebody who is not asked takes, ms. */
export const thinkingMs = (random: Random): number => random.between(1_000, 2_000)

/** What a scenario makes of a movement; undefined when it says nothing of how it ends. */
export function planned(
  endings: Readonly<Record<string, Ending>>,
  scenario: Pick<Scenario, 'outcome' | 'delayMs' | 'lateMs'> | undefined,
  random: Random,
): Plan | undefined {
  const ending = endings[scenario?.outcome ?? '']
  if (!ending || !scenario) return undefined
  const { outcome, delayMs, lateMs = LATE_MS } = scenario
  return { ...ending, waitMs: delayMs ?? (outcome === 'late' ? lateMs : thinkingMs(random)) }
}

/** What the mock's own numbers stand for; undefined for others. */
export const magicGift = (msisdn: string, random: Random): Plan | undefined => {
  const outcome = MAGIC[msisdn]
  return outcome === undefined ? undefined : planned(GIFTS, { outcome }, random)
}
