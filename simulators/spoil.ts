import type { Answer, Reply } from './http.ts'
import type { Scenario } from './scenario.ts'

const WAF_PAGE = `<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please \
consult with your administrator.<br><br>Your support ID is: 8230125470123</body></html>`

/**
 * Answers a request of the gateway, spoilt by the fault if there is one. `effect` does the work and makes the
 * true answer; it runs at most once.
 */
export async function spoil(
  fault: Scenario | undefined,
  effect: () => Reply | Promise<Reply>,
  sleep: (waitMs: number) => Promise<void>,
): Promise<Reply> {
  if (!fault) return effect()
  const done = fault.fault === 'error5xxAfter' || fault.after
  const early = done ? await effect() : undefined
  if (fault.delayMs) await sleep(fault.delayMs)
  if (fault.fault === 'delay') return early ?? effect()
  if (fault.fault === 'drop') return 'drop'
  return fault.fault === 'html' ? wafPage : failure(fault.status)
}

const wafPage: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: WAF_PAGE,
}

const failure = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    code: 'INTERNAL_PROCESSING_ERROR',
    message: 'An internal error occurred while processing.',
  }),
})
