import { getShortestPaths } from 'xstate/graph'
import {
  type Effect,
  type Flow,
  type FlowName,
  type Happening,
  ROLES,
  type Snapshot,
  type Stamped,
} from '../../src/core/run/flow.ts'
import { optionsOf } from '../../src/core/talk/paginate.ts'
import { reopened } from '../../src/core/talk/script.ts'
import { flows } from '../../src/flows/index.ts'
import type { Data } from './data.ts'
import { ROOMS, T0 } from './events.ts'

/** One event on the way, and what it led to. */
export type Stride = {
  readonly before: Snapshot
  readonly event: Stamped
  readonly after: Snapshot
  readonly effects: readonly Effect[]
}

/** A shortest way from the beginning to one situation. */
export type Walk = {
  readonly flow: Flow
  readonly title: string
  /** What the beginning alone wants done. */
  readonly opening: readonly Effect[]
  readonly start: Snapshot
  readonly strides: readonly Stride[]
  readonly end: Snapshot
}

/** More situations than any machine of ours may have. */
const MAX_SITUATIONS = 40_000

const walked = new WeakMap<Data, Map<FlowName, readonly Walk[]>>()

/** Every situation that people and the world can bring a machine into, each by a shortest way; walked once. */
export function walks(name: FlowName, data: Data): readonly Walk[] {
  const known = walked.get(data) ?? new Map<FlowName, readonly Walk[]>()
  walked.set(data, known)
  const found = known.get(name) ?? walk(name, data)
  known.set(name, found)
  return found
}

function walk(name: FlowName, data: Data): Walk[] {
  const flow = flows[name]
  const { inputs, situation } = ROOMS[name]
  return inputs(data).flatMap((input) =>
    getShortestPaths(flow.machine, {
      input,
      limit: MAX_SITUATIONS,
      events: (state) => possible(flow, data, plain(state)),
      filterEvents: (state, event) => state.can(event),
      serializeState: (state) => situation(plain(state)),
    }).map(({ steps }) =>
      retrace(
        flow,
        input,
        steps.map(({ event }) => event).filter(({ type }) => type !== 'xstate.init'),
      ),
    ),
  )
}

type MachineState = { readonly value: unknown; readonly context: unknown; readonly status: string }

const plain = ({ value, context, status }: MachineState): Snapshot => ({
  state: String(value),
  context: { ...(context as object) },
  done: status === 'done',
})

/** All that may happen where a snapshot stands, whether it means anything there or not. */
const possible = (flow: Flow, data: Data, snapshot: Snapshot): Stamped[] =>
  [...said(flow, snapshot), ...ROOMS[flow.name].world(data, snapshot)].map((event) => ({ at: T0, ...event }))

/** From the end of every walk, one step further with everything that means something there. */
export const edges = (all: readonly Walk[], data: Data): Stride[] =>
  all.flatMap(({ flow, end }) =>
    possible(flow, data, end).flatMap((event) => {
      const { snapshot: after, effects, ignored } = flow.step(end, event)
      return ignored ? [] : [{ before: end, event, after, effects }]
    }),
  )

/** What people may answer to their screen: each option, something typed where it may be, and `0`. */
function said(flow: Flow, snapshot: Snapshot): Happening[] {
  return ROLES.flatMap((role) => {
    const prompt = reopened(flow.screen(snapshot, role, 'en'))
    const values = optionsOf(prompt).map(({ value }) => value)
    const typed =
      prompt.kind === 'ask' || (prompt.kind === 'choose' && prompt.other) ? ['7306', 'Giporoso'] : []
    return [
      ...[...values, ...typed].map((value) => flow.hear(snapshot, { kind: 'answer', value }, role)),
      flow.hear(snapshot, { kind: 'back' }, role),
    ].filter((event) => event !== undefined)
  })
}

/** The same way, walked by the flow itself: what it wants done at each step comes with it. */
function retrace(flow: Flow, input: unknown, events: readonly Stamped[]): Walk {
  const { snapshot: start, effects: opening } = flow.open(input)
  const strides: Stride[] = []
  let before = start
  for (const event of events) {
    const { snapshot: after, effects } = flow.step(before, event)
    strides.push({ before, event, after, effects })
    before = after
  }
  const title = [start.state, ...strides.map(({ event }) => nameOf(event)), before.state].join(' > ')
  return { flow, title, opening, start, strides, end: before }
}

/** An event with what tells it from its like. */
function nameOf({
  type,
  value,
  milestone,
  fault,
  driver,
  code,
  update,
  cash,
  sure,
  options,
}: Stamped): string {
  const status = update && typeof update === 'object' && 'status' in update ? update.status : undefined
  const found = Array.isArray(options) ? `${options.length} ${sure ? 'sure' : 'unsure'}` : undefined
  const details = [
    value,
    milestone,
    fault,
    typeof driver === 'string' ? driver.slice(-3) : '',
    code,
    status,
    found,
  ]
  const shown = [...details, cash === true ? 'cash' : ''].filter(
    (detail) => typeof detail === 'string' && detail,
  )
  return shown.length > 0 ? `${type} ${shown.join(' ')}` : type
}

/** More steps than any way to an end takes. */
const MAX_LOOKED_AT = 3_000

/** Whether people and the world can bring a snapshot to an end from where it stands. */
export function canEnd(flow: Flow, from: Snapshot, data: Data): boolean {
  const { situation } = ROOMS[flow.name]
  const [waiting, seen] = [[from], new Set([situation(from)])]
  for (let looked = 0; looked < MAX_LOOKED_AT; looked += 1) {
    const next = waiting.shift()
    if (!next) return false
    if (next.done) return true
    for (const event of possible(flow, data, next)) {
      const { snapshot, ignored } = flow.step(next, event)
      if (ignored || seen.has(situation(snapshot))) continue
      seen.add(situation(snapshot))
      waiting.push(snapshot)
    }
  }
  return false
}
