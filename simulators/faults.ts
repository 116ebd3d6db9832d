import { Refusal } from './read.ts'
import { ALL, keyOf, type Rules, readScenario, type Scenario, strikes } from './scenario.ts'

const MAX_SCENARIOS = 10_000

/** The scenarios in force at one simulator. */
export interface Faults {
  /** Adds the scenario written in JSON; throws a Refusal (400) that says what is wrong with it. */
  add(body: unknown): Scenario
  clear(): void
  list(): Scenario[]
  /** The fault to commit now, used up by one. */
  fault(on: string, subject: string): Scenario | undefined
  /** The outcome planned for this operation, used up by one. */
  plan(on: string, subject: string): Scenario | undefined
  /** The same, without using it up. */
  peek(on: string, subject: string): Scenario | undefined
}

export function createFaults(rules: Rules): Faults {
  const left = new Map<Scenario, number>()
  // Every request asks several times, and there may be a rule or two for each of ten thousand phones.
  const bySubject = new Map<string, Set<Scenario>>()
  const about = (subject: string): readonly Scenario[] => [...(bySubject.get(subject) ?? [])]

  function add(body: unknown) {
    if (left.size >= MAX_SCENARIOS) throw new Refusal(400, `at most ${MAX_SCENARIOS} scenarios; DELETE some`)
    const { scenario, times } = readScenario(body, rules)
    left.set(scenario, times)
    const others = bySubject.get(scenario.subject) ?? new Set()
    bySubject.set(scenario.subject, others.add(scenario))
    return scenario
  }

  /** The newest for this very phone, or else for all. */
  const find = (subject: string, fits: (scenario: Scenario) => boolean) =>
    about(keyOf(subject)).findLast(fits) ?? about(ALL).findLast(fits)

  function forget(scenario: Scenario) {
    left.delete(scenario)
    const others = bySubject.get(scenario.subject)
    others?.delete(scenario)
    if (others?.size === 0) bySubject.delete(scenario.subject)
  }

  function use(scenario: Scenario | undefined) {
    const times = scenario && left.get(scenario)
    if (scenario && times === 1) forget(scenario)
    else if (scenario && times !== undefined) left.set(scenario, times - 1)
    return scenario
  }

  const peek = (on: string, subject: string) =>
    find(subject, (scenario) => scenario.fault === undefined && scenario.on === on)
  return {
    add,
    clear() {
      left.clear()
      bySubject.clear()
    },
    list: () => [...left.keys()],
    fault: (on, subject) => use(find(subject, (scenario) => strikes(scenario, on, rules))),
    plan: (on, subject) => use(peek(on, subject)),
    peek,
  }
}
