import { type AnyActorScope, type AnyStateMachine, createActor } from 'xstate'
import type { z } from 'zod'
import type { Instant } from '../base/clock.ts'
import type { Prompt, Reply } from '../talk/prompt.ts'

/**
 * Booking, payment and tracking drive every journey; a payout gives drivers and partners what they earned, an
 * escrow keeps a price until delivery, and an invoice asks for what was bought on credit.
 */
export const FLOW_NAMES = ['booking', 'payment', 'tracking', 'payout', 'escrow', 'invoice'] as const
export type FlowName = (typeof FLOW_NAMES)[number]
export type InstanceRef = { readonly flow: FlowName; readonly id: string }

/** Who looks at an instance: the person it is for, the one who carries it out, or the one who books it for another. */
export const ROLES = ['traveller', 'driver', 'agent'] as const
export type Role = (typeof ROLES)[number]

/** What happened. `at` is stamped at the door; nobody inside reads a clock. */
export type Happening = { readonly type: string; readonly [field: string]: unknown }
export type Stamped = Happening & { readonly at: Instant }

/** What a machine wants done, as data. */
export type Effect = { readonly type: string; readonly params: unknown }

export type Snapshot = {
  readonly state: string
  readonly context: Readonly<Record<string, unknown>>
  /** Nothing can happen to it any more. */
  readonly done: boolean
}

export type Step = {
  readonly snapshot: Snapshot
  readonly effects: readonly Effect[]
  readonly ignored: boolean
}

/** Brings a saved snapshot from version `to - 1` to version `to`. */
export type Migration = {
  readonly to: number
  readonly why: string
  up(old: Omit<Snapshot, 'done'>): Omit<Snapshot, 'done'>
}

/** A machine with everything that lets a person meet it. Pure: same arguments, same answer. */
export interface Flow {
  readonly name: FlowName
  readonly version: number
  readonly machine: AnyStateMachine
  open(input: unknown): Step
  step(snapshot: Snapshot, event: Stamped): Step
  /** Brings a snapshot of an older version to today's; throws when it cannot be read. */
  revive(saved: Omit<Snapshot, 'done'> & { readonly version: number; readonly done: boolean }): Snapshot
  /** How long this state may last from that moment on; null when for ever. */
  deadlineMs(snapshot: Snapshot, at: Instant): number | null
  screen(snapshot: Snapshot, role: Role, language: string): Prompt
  /** Whether that person is still the one in that role: a screen on its way may come too late. */
  isFor(snapshot: Snapshot, role: Role, person: string): boolean
  /** What was wrong with the last answer, said above the screen; null when nothing was. */
  problem(snapshot: Snapshot, language: string): string | null
  /** The event a reply means here; undefined when it means nothing. */
  hear(snapshot: Snapshot, reply: Reply, role: Role): Happening | undefined
}

/** The parts a flow is made of; `C` is the machine's context. */
export type FlowParts<C> = {
  readonly name: FlowName
  readonly version: number
  readonly machine: AnyStateMachine
  readonly context: z.ZodType<C>
  readonly migrations: readonly Migration[]
  readonly deadlineMs: (state: string, context: C, at: Instant) => number | null
  readonly screen: (state: string, context: C, role: Role, language: string) => Prompt
  readonly isFor: (context: C, role: Role, person: string) => boolean
  readonly problem: (context: C, language: string) => string | null
  readonly hear: (state: string, context: C, reply: Reply, role: Role) => Happening | undefined
}

/** Ties a machine to its screens. A context that does not fit the schema throws: better no screen than a wrong one. */
export function defineFlow<C extends Readonly<Record<string, unknown>>>(parts: FlowParts<C>): Flow {
  const { machine } = parts
  // What the machine itself made, and what was once checked, is not checked again on the way to each screen.
  const checked = new WeakMap<object, C>()
  const contextOf = ({ context }: Snapshot): C => {
    const known = checked.get(context)
    if (known) return known
    const parsed = parts.context.parse(context)
    checked.set(context, parsed)
    return parsed
  }
  const snapshotOf = ({ value, context, status }: ReturnType<typeof machine.resolveState>): Snapshot => {
    if (typeof value !== 'string') throw new Error('machines here are flat: a state is one word')
    checked.set(context, context)
    return { state: value, context, done: status === 'done' }
  }
  // XState's own `transition` builds an actor a step, which costs more than the step; this machine needs one in all,
  // never started, and hands over its actions instead of executing them.
  const self = createActor(machine)
  const nothing = () => {}
  const scopeOf = (effects: Effect[]): AnyActorScope => ({
    self,
    id: self.id,
    sessionId: self.sessionId,
    system: self.system,
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: ({ type, params }) => {
      effects.push({ type, params: params ?? {} })
    },
  })
  return {
    name: parts.name,
    version: parts.version,
    machine,
    open(input) {
      const effects: Effect[] = []
      const next = machine.getInitialSnapshot(scopeOf(effects), input)
      return { snapshot: snapshotOf(next), effects, ignored: false }
    },
    step(snapshot, event) {
      const before = machine.resolveState({ value: snapshot.state, context: snapshot.context })
      const effects: Effect[] = []
      const next = machine.transition(before, event, scopeOf(effects))
      // XState gives back the same snapshot where an event only wants something done.
      return next === before && effects.length === 0
        ? { snapshot, effects, ignored: true }
        : { snapshot: snapshotOf(next), effects, ignored: false }
    },
    revive({ version, done, ...saved }) {
      if (version > parts.version)
        throw new Error(`${parts.name} snapshot is of version ${version}, newer than ${parts.version}`)
      const due = parts.migrations.filter((migration) => migration.to > version)
      const { state, context } = due.reduce((old, migration) => migration.up(old), saved)
      machine.resolveState({ value: state, context })
      return { state, context: parts.context.parse(context), done }
    },
    deadlineMs: (snapshot, at) => parts.deadlineMs(snapshot.state, contextOf(snapshot), at),
    screen: (snapshot, role, language) => parts.screen(snapshot.state, contextOf(snapshot), role, language),
    isFor: (snapshot, role, person) => parts.isFor(contextOf(snapshot), role, person),
    problem: (snapshot, language) => parts.problem(contextOf(snapshot), language),
    hear: (snapshot, reply, role) => parts.hear(snapshot.state, contextOf(snapshot), reply, role),
  }
}
