import { Refusal } from './read.ts'
import { isAbout, type Rules, readScenario, type Scenario, strikes } from './scenario.ts'

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

  function add(body: unknown) {
    if (left.size >= MAX_SCENARIOS) throw new Refusal(400, `at most ${MAX_SCENARIOS} scenarios; DELETE some`)
    const { scenario, times } = readScenario(body, rules)
    left.set(scenario, times)
    return scenario
  }

  function find(subject: string, fits: (scenario: Scenario) => boolean) {
    const fitting = [...left.keys()].filter(fits)
    return (
      fitting.findLast((scenario) => isAbout(scenario, subject) === 'itself') ??
      fitting.findLast((scenario) => isAbout(scenario, subject) === 'all')
    )
  }

  function use(scenario: Scenario | undefined) {
    const times = scenario && left.get(scenario)
    if (scenario && times === 1) left.delete(scenario)
    else if (scenario && times !== undefined) left.set(scenario, times - 1)
    return scenario
  }

  const peek = (on: string, subject: string) =>
    find(subject, (scenario) => scenario.fault === undefined && scenario.on === on)
  return {
    add,
    clear: () => left.clear(),
    list: () => [...left.keys()],
    fault: (on, subject) => use(find(subject, (scenario) => strikes(scenario, on, rules))),
    plan: (on, subject) => use(peek(on, subject)),
    peek,
  }
}
