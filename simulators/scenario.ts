import { boolean, oneOf, optional, Refusal, read, string, whole } from './read.ts'

const DAY_MS = 86_400_000

const REQUEST = ['drop', 'delay', 'error5xxBefore', 'error5xxAfter', 'html'] as const
const CALLBACK = ['noCallback', 'lateCallback', 'duplicate', 'reorder'] as const
const FAULTS = [...REQUEST, ...CALLBACK] as const
export type Fault = (typeof FAULTS)[number]

/** The gateway asks us (`request`), we tell the gateway (`callback`), or we ask it and show its answer (`hop`). */
export type Operation = 'request' | 'callback' | 'hop'

const FITS: Record<Operation, { always: readonly Fault[]; named: readonly Fault[] }> = {
  request: { always: REQUEST, named: [] },
  callback: { always: CALLBACK, named: ['drop', 'delay'] },
  hop: { always: ['drop', 'delay', 'duplicate'], named: [] },
}

/**
 * A rule on how a simulator (mis)behaves towards one phone. Sent as JSON to `POST /<name>/_scenario`:
 *
 * | key | meaning | default |
 * |---|---|---|
 * | `msisdn` | the phone, with or without `+`, or `*` for all (RURA: `no`, a licence number) | `*` |
 * | `outcome` | how the business ends; each simulator lists its own | – |
 * | `fault` | drop, delay, duplicate, reorder, noCallback, lateCallback, error5xxBefore, error5xxAfter, html | – |
 * | `on` | the one operation it applies to; each simulator lists its own | all that the fault fits |
 * | `times` | how often it applies before it is used up | no end |
 * | `delayMs` | wait before it happens (`lateCallback`: 6 min when not given) | 0 |
 * | `after` | drop, html, delay: the effect is done, only the answer suffers | false |
 * | `count` | duplicate: how many copies | 2 |
 * | `status` | error5xx…: the HTTP status | 500 |
 *
 * One of `outcome`, `fault` or a simulator's own option is needed. A phone's own rule goes before `*`,
 * a newer before an older one. Other keys and values are answered with 400.
 */
export interface Scenario {
  subject: string
  outcome?: string | undefined
  fault?: Fault | undefined
  on?: string | undefined
  delayMs?: number | undefined
  after: boolean
  count: number
  status: number
  /** `late`: how long a payment stays open. MTN only. */
  lateMs?: number | undefined
  /** The shape of a failed payment's reason. MTN only. */
  reasonAs?: 'string' | 'object' | undefined
  /** How callbacks are sent. MTN only. */
  callbackMethod?: 'PUT' | 'POST' | undefined
}

/** What one simulator accepts. */
export interface Rules {
  subject: 'msisdn' | 'no'
  operations: Readonly<Record<string, Operation>>
  /** By operation: the outcomes it can be given; the first operation that knows one has it when `on` is missing. */
  outcomes: Readonly<Record<string, readonly string[]>>
  options?: readonly ('lateMs' | 'reasonAs' | 'callbackMethod')[]
}

/** The name under which a scenario is kept that is about this phone (or licence). */
export const keyOf = (subject: string) => subject.replace(/^\+/, '')
/** Of a scenario that is about everybody. */
export const ALL = '*'

/** Whether a scenario's fault strikes this operation. */
export function strikes({ fault, on }: Scenario, operation: string, rules: Rules) {
  const kind = rules.operations[operation]
  if (!fault || !kind) return false
  return on === undefined ? FITS[kind].always.includes(fault) : on === operation
}

/** Reads a scenario and how often it applies from JSON; throws a Refusal (400) that says what is wrong. */
export function readScenario(body: unknown, rules: Rules) {
  const waitMs = optional(whole(0, 7 * DAY_MS))
  const special = {
    msisdn: optional(string(40)),
    no: optional(string(40)),
    lateMs: waitMs,
    reasonAs: optional(oneOf(['string', 'object'])),
    callbackMethod: optional(oneOf(['PUT', 'POST'])),
  }
  const allowed: readonly string[] = [rules.subject, ...(rules.options ?? [])]
  const own = Object.entries(special).filter(([name]) => allowed.includes(name))
  const given = read(body, {
    ...(Object.fromEntries(own) as Partial<typeof special>),
    outcome: optional(oneOf([...new Set(Object.values(rules.outcomes).flat())])),
    fault: optional(oneOf(FAULTS)),
    on: optional(oneOf(Object.keys(rules.operations))),
    times: optional(whole(1, 1_000_000)),
    delayMs: waitMs,
    after: optional(boolean),
    count: optional(whole(2, 20)),
    status: optional(whole(500, 599)),
  })
  const {
    times = Number.POSITIVE_INFINITY,
    after = false,
    count = 2,
    status = 500,
    msisdn,
    no,
    ...rest
  } = given
  const subject = keyOf(msisdn ?? no ?? '*')
  const scenario: Scenario = { ...rest, subject, after, count, status }
  return { scenario: settle(scenario, rules), times }
}

/** Refuses what could never happen and names the operation an outcome belongs to. */
function settle(scenario: Scenario, rules: Rules): Scenario {
  const { fault, outcome, on } = scenario
  if (fault && outcome) throw new Refusal(400, 'give a fault or an outcome; send two scenarios for both')
  if (fault) {
    const { always, named } = FITS[rules.operations[on ?? ''] ?? 'hop']
    if (on && !always.includes(fault) && !named.includes(fault)) {
      throw new Refusal(400, `${fault} cannot happen on ${on}`)
    }
    return scenario
  }
  const options = [scenario.lateMs, scenario.reasonAs, scenario.callbackMethod]
  if (!outcome && options.every((option) => option === undefined))
    throw new Refusal(400, 'give a fault or an outcome')
  const operations = Object.keys(rules.outcomes).filter(
    (name) => !outcome || rules.outcomes[name]?.includes(outcome),
  )
  if (on && !operations.includes(on))
    throw new Refusal(400, `${outcome ?? 'an option'} cannot happen on ${on}`)
  return { ...scenario, on: on ?? operations[0] }
}
