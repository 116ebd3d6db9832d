import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleType, isBrokenCircuitError } from 'cockatiel'
import type { Log } from '../../core/base/log.ts'

const FAILURES_LIMIT = 5

class Trouble extends Error {}

export type Breaker<T> = {
  /** Does the work, or gives undefined at once: while open, and while the one probe is on its way. */
  run(work: () => Promise<T>): Promise<T | undefined>
  /** False while work would be refused. */
  isClosed(): boolean
}

/**
 * Opens after five troubled answers in a row. After `restMs` one call is let through: its success closes the
 * breaker, its failure opens it again. Time is the machine's own, not an injected clock's.
 */
export function createBreaker<T>({
  name,
  isTrouble,
  restMs,
  log,
}: {
  name: string
  isTrouble: (answer: T) => boolean
  restMs: number
  log: Log
}): Breaker<T> {
  const circuit = circuitBreaker(handleType(Trouble), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(FAILURES_LIMIT),
  })
  let openedAt = 0
  circuit.onBreak(() => {
    openedAt = Date.now()
    log.error({ name, restMs }, 'breaker opened')
  })
  circuit.onReset(() => log.info({ name }, 'breaker closed'))

  const isClosed = () => {
    if (circuit.state === CircuitState.Open) return Date.now() - openedAt >= restMs
    return circuit.state === CircuitState.Closed
  }

  const run = async (work: () => Promise<T>) => {
    if (!isClosed()) return undefined
    let answer: T | undefined
    try {
      await circuit.execute(async () => {
        answer = await work()
        if (isTrouble(answer)) throw new Trouble()
      })
    } catch (error) {
      if (!(error instanceof Trouble) && !isBrokenCircuitError(error)) throw error
    }
    return answer
  }
  return { run, isClosed }
}
