/** A request of ours to somebody else. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
}

/**
 * What became of it. The difference that money hangs on: `not_sent` never left (refused, no such host), so it
 * may be sent again; `unknown` may have had its effect (time-out, reset), so it must be asked after.
 */
export type HttpAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly kind: 'not_sent'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }

/** Never throws. Bodies larger than 256 KiB are `unknown`; redirects are not followed. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>

/** JSON of an answer; undefined when it is something else (a firewall's page, a cut-off body). */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
