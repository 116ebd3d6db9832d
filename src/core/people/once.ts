import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

/** One request by the name its sender gave it (Idempotency-Key); names of two persons never meet. */
export type Named = { readonly owner: Msisdn; readonly key: string }

export type Begun =
  /** Ours to do. `about` is what an earlier try that did not end has noted. */
  | { readonly kind: 'mine'; readonly about: string | null }
  /** Done: the same bytes again. */
  | { readonly kind: 'done'; readonly status: number; readonly body: string }
  /** Another try of it is running. */
  | { readonly kind: 'busy' }
  /** The name belongs to a different request. */
  | { readonly kind: 'other' }

/** Makes a request that is repeated have its effect once. */
export interface Once {
  /** @param leaseMs after which a try that did not end counts as dead */
  begin(
    named: Named,
    request: { readonly hash: string; readonly at: Instant; readonly leaseMs: number },
  ): Promise<Begun>
  /** Keeps, before it is committed, what this try is about to make. */
  note(named: Named, about: string): Promise<void>
  finish(named: Named, answer: { readonly status: number; readonly body: string }): Promise<void>
  /** It came to nothing: the next try may begin at once. */
  release(named: Named): Promise<void>
}
