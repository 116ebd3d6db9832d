import type { z } from 'zod'
import type { Draft } from './draft.ts'
import type { Happening, InstanceRef } from './flow.ts'
import type { Ledgered } from './store.ts'
import type { Lane } from './work.ts'

/** What a handler is told besides its parameters. `id` is stable over retries: providers get it as their key. */
export type Errand = { readonly id: string; readonly about: InstanceRef | null }

/** A lane by what is to be done. */
export type LaneOf = (params: unknown) => Lane

/** It is not its time: nothing was tried, nothing failed, and it is taken up again so much later. */
export class NotYet extends Error {
  override readonly name = 'NotYet'
  readonly waitMs: number
  constructor(why: string, waitMs: number) {
    super(why)
    this.waitMs = waitMs
  }
}

/**
 * How an effect is carried out. The kinds differ in when they may run:
 * - `ask` changes nothing anywhere, so a turn may run it before it commits;
 * - `decide` moves other instances and nothing else, so it is part of the very turn that brought it about;
 * - `write` changes our own rows, in the transaction that also records its answer;
 * - `call` changes the world, after the decision is committed and outside any transaction.
 */
export type Handler<Tx extends Ledgered> = { readonly lane: Lane | LaneOf } & (
  | { readonly kind: 'ask'; run(params: unknown, errand: Errand): Promise<Happening> }
  | {
      readonly kind: 'decide'
      run(params: unknown, errand: Errand, draft: Draft): Promise<Happening | undefined>
    }
  | {
      readonly kind: 'write'
      run(params: unknown, errand: Errand, tx: Tx, draft: Draft): Promise<Happening | undefined>
    }
  | { readonly kind: 'call'; run(params: unknown, errand: Errand): Promise<Happening | undefined> }
)

/** One handler for every effect type. */
export type Handlers<Tx extends Ledgered> = Readonly<Record<string, Handler<Tx>>>

/** A read-only question to the world. Its answer is an event for the instance that asked. */
export const ask = <P>(
  lane: Lane,
  params: z.ZodType<P>,
  run: (params: P, errand: Errand) => Promise<Happening>,
) => ({ kind: 'ask', lane, run: (raw: unknown, errand: Errand) => run(params.parse(raw), errand) }) as const

/** What one instance means to another: events and openings in the draft, atomic with the event it returns. */
export const decide = <P>(
  lane: Lane,
  params: z.ZodType<P>,
  run: (params: P, errand: Errand, draft: Draft) => Promise<Happening | undefined>,
) =>
  ({
    kind: 'decide',
    lane,
    run: (raw: unknown, errand: Errand, draft: Draft) => run(params.parse(raw), errand, draft),
  }) as const

/** A change of our own rows, atomic with the event it returns. */
export const write = <P, Tx extends Ledgered>(
  lane: Lane,
  params: z.ZodType<P>,
  run: (params: P, errand: Errand, tx: Tx, draft: Draft) => Promise<Happening | undefined>,
) =>
  ({
    kind: 'write',
    lane,
    run: (raw: unknown, errand: Errand, tx: Tx, draft: Draft) => run(params.parse(raw), errand, tx, draft),
  }) as const

/** A change of the world. It may be tried again, so `errand.id` must make repetition harmless where it can. */
export const call = <P>(
  lane: Lane | LaneOf,
  params: z.ZodType<P>,
  run: (params: P, errand: Errand) => Promise<Happening | undefined>,
) => ({ kind: 'call', lane, run: (raw: unknown, errand: Errand) => run(params.parse(raw), errand) }) as const
