const EVERY_MS = 400
const QUIET_MS = 2_000
const SETTLE_MS = 10_000

/** Shows what is new of something, and answers how many things that were. */
export type Look = () => Promise<number>

export interface Watch {
  /** Until `holds` or the time is over. */
  until(holds: () => boolean, withinMs: number): Promise<void>
  /** Until nothing new has come for 2 s, at most 10 s. */
  settle(): Promise<void>
  stop(): void
  /** Rejects when a look failed. */
  broken: Promise<never>
}

/** Looks once, then again and again until stopped. */
export async function createWatch(looks: readonly Look[]): Promise<Watch> {
  let newsAt = Date.now()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let fail: (error: unknown) => void = () => undefined
  const broken = new Promise<never>((_, reject) => {
    fail = reject
  })
  // Whoever waits for it hears of it; when nobody does it must not end the process.
  broken.catch(() => undefined)

  async function turn() {
    for (const look of looks) if ((await look()) > 0) newsAt = Date.now()
    if (!stopped) timer = setTimeout(() => void turn().catch(fail), EVERY_MS)
  }
  await turn()

  async function until(holds: () => boolean, withinMs: number) {
    const endsAt = Date.now() + withinMs
    while (!holds() && Date.now() < endsAt) {
      await Promise.race([broken, new Promise((resolve) => setTimeout(resolve, EVERY_MS / 4))])
    }
  }

  function settle() {
    newsAt = Date.now()
    return until(() => Date.now() - newsAt > QUIET_MS, SETTLE_MS)
  }

  function stop() {
    stopped = true
    clearTimeout(timer)
  }

  return { until, settle, broken, stop }
}
