import type { Answer, Reply } from './http.ts'

/**
 * Outcomes that any request can be given: `truncated` (the work is done, half of the answer arrives) and `limited`
 * (429, nothing is done).
 */
export const RUINS = ['truncated', 'limited'] as const

/** Answers a request that its scenario may ruin; `limited` is the provider's own way of saying "too many". */
export async function ruin(
  outcome: string | undefined,
  effect: () => Reply | Promise<Reply>,
  limited: Answer,
): Promise<Reply> {
  if (outcome === 'limited') return limited
  const reply = await effect()
  if (outcome !== 'truncated' || typeof reply !== 'object') return reply
  const body = String(reply.body ?? '')
  return { ...reply, body: body.slice(0, Math.floor(body.length / 2)) }
}
