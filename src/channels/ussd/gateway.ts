import type { Hook, HookAnswer, HookRequest } from '../../core/base/hook.ts'

/** What somebody said through an aggregator. `turn` counts the hops of the session, where the aggregator does. */
export type Said =
  /** The whole session, our code first: `384*77*1*2`. */
  | { readonly kind: 'so_far'; readonly dialled: string }
  /** A session begins; null where the aggregator does not say by which code. */
  | { readonly kind: 'start'; readonly dialled: string | null; readonly turn: number | null }
  /** What is new, alone. */
  | { readonly kind: 'input'; readonly text: string; readonly turn: number | null }
  /** They hung up, the network closed it, or it came to its end; nobody sees an answer. */
  | { readonly kind: 'over'; readonly completed: boolean }

/** One hop of a session, as the aggregator told it. */
export type Hop = {
  readonly session: string
  /** As the aggregator writes numbers, which is seldom E.164. */
  readonly phone: string
  readonly said: Said
}

export type Screen = { readonly text: string; readonly isOpen: boolean }

/** One request understood. */
export type Reading = {
  /** Null when it cannot be understood, `noted` when nobody said anything. */
  readonly hop: Hop | 'noted' | null
  /** The aggregator's wire for a screen; null where nobody sees one. The same screen is the same bytes. */
  write(screen: Screen | null): HookAnswer
  /** For an aggregator that takes screens by a call of its own: sends it. @throws Error when it did not arrive */
  send?(screen: Screen): Promise<void>
}

/** An aggregator's wire, and nothing else: what comes in and goes out is pure. */
export type Gateway = {
  /** Its part of the path: `/hooks/ussd/<name>/<secret>`. */
  readonly name: string
  /** What it calls; `path` follows the secret. */
  readonly doors: readonly { readonly methods: Hook['methods']; readonly path: string }[]
  read(request: HookRequest): Reading
}

export const POST = [{ methods: ['POST'], path: '' }] as const satisfies Gateway['doors']
export const GET = [{ methods: ['GET'], path: '' }] as const satisfies Gateway['doors']

/** What was keyed of a code: `*384*77#` is `384*77`. */
export const keysOf = (code: string): string => code.trim().replace(/^\*/, '').replace(/#$/, '')

/**
 * What was dialled, of a code and what came with it: the rest alone, `1*2`, or once more the whole, `*384*77*1*2#`.
 * Null when neither is there.
 */
export function dialledOf(code: string, text: string): string | null {
  const [base, rest] = [keysOf(code), keysOf(text)]
  if (text.trim().startsWith('*') || base === '') return rest === '' ? null : rest
  if (rest === base || rest.startsWith(`${base}*`)) return rest
  return rest === '' ? base : `${base}*${rest}`
}

/** What of it lies beyond a code of ours; null when it is for none. */
export function beyond(dialled: string, codes: readonly string[]): string | null {
  for (const code of codes.map(keysOf)) {
    if (dialled === code) return ''
    if (dialled.startsWith(`${code}*`)) return dialled.slice(code.length + 1)
  }
  return null
}
