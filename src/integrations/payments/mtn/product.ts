import type { Http, HttpAnswer } from '../../../core/base/http.ts'
import type { Held } from '../held.ts'
import { authorized } from '../token.ts'

type Headers = Readonly<Record<string, string>>

type Call = { readonly method: 'GET' | 'POST'; readonly headers: Headers; readonly body?: string }

export type Product = {
  /** Asks for one thing to be done under a fixed reference; `body` is JSON. */
  post(path: string, reference: string, body: string, headers?: Headers): Promise<HttpAnswer>
  get(path: string): Promise<HttpAnswer>
}

/**
 * Calls one MTN product with its subscription key and token. A refused token is replaced and the call repeated,
 * once. Without a token nothing is sent.
 * @param baseUrl of the product, as `https://…/collection/v1_0`
 */
export function createProduct({
  baseUrl,
  targetEnvironment,
  key,
  tokens,
  http,
  timeoutMs,
}: {
  baseUrl: string
  targetEnvironment: string
  key: string
  tokens: Held<string>
  http: Http
  timeoutMs: number
}): Product {
  const send = (path: string, call: Call) => {
    const attempt = (token: string) =>
      http({
        ...call,
        url: `${baseUrl}/${path}`,
        headers: {
          ...call.headers,
          authorization: `Bearer ${token}`,
          'x-target-environment': targetEnvironment,
          'ocp-apim-subscription-key': key,
        },
        timeoutMs,
      })
    return authorized(tokens, attempt, (answer) => answer.kind === 'answer' && answer.status === 401)
  }
  return {
    get: (path) => send(path, { method: 'GET', headers: {} }),
    post: (path, reference, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'x-reference-id': reference },
        body,
      }),
  }
}
