import { setTimeout as startTimer } from 'node:timers'

const MAX_TIMERS = 50_000
const MAX_ALARM_MS = 60_000
const MAX_STEPS = 100_000

type Act = () => void | Promise<void>

interface Timer {
  dueAt: number
  act: Act
}

/** The simulators' only source of time: runs with the wall clock and can be pushed ahead. */
export interface Clock {
  /** Epoch ms, including what was advanced. */
  now: () => number
  /** Runs `act` once, `waitMs` from now; answers a function that cancels it. Past 50,000 waiting it is lost, loudly. */
  after(waitMs: number, act: Act): () => void
  sleep: (waitMs: number) => Promise<void>
  /** Jumps ahead by `byMs`, running everything due on the way in order; resolves when all of it has finished. */
  advance(byMs: number): Promise<void>
  /** Forgets every timer and takes no new one. */
  stop(): void
}

export function createClock(): Clock {
  const timers: Timer[] = []
  let offsetMs = 0
  let stopped = false
  let advancing: Promise<void> | undefined
  let alarm: NodeJS.Timeout | undefined

  const now = () => Date.now() + offsetMs

  function arm() {
    clearTimeout(alarm)
    const first = timers[0]
    if (first && !advancing)
      alarm = startTimer(fire, Math.min(Math.max(first.dueAt - now(), 0), MAX_ALARM_MS))
  }

  function fire() {
    while (timers[0] && timers[0].dueAt <= now()) void run(timers.shift())
    arm()
  }

  function after(waitMs: number, act: Act) {
    if (stopped) return () => undefined
    if (timers.length >= MAX_TIMERS) {
      process.stderr.write(`simulators: ${MAX_TIMERS} timers wait, one more is lost\n`)
      return () => undefined
    }
    const timer = { dueAt: now() + waitMs, act }
    const later = timers.findLastIndex((other) => other.dueAt <= timer.dueAt)
    timers.splice(later + 1, 0, timer)
    if (later === -1) arm()
    return () => {
      const at = timers.indexOf(timer)
      if (at !== -1) timers.splice(at, 1)
    }
  }

  async function leap(byMs: number) {
    const target = now() + byMs
    for (let step = 0; step < MAX_STEPS && timers[0] && timers[0].dueAt <= target; step++) {
      offsetMs += Math.max(timers[0].dueAt - now(), 0)
      await run(timers.shift())
    }
    offsetMs += Math.max(target - now(), 0)
  }

  async function advance(byMs: number) {
    await advancing
    advancing = leap(byMs).finally(() => {
      advancing = undefined
      arm()
    })
    await advancing
  }

  function stop() {
    stopped = true
    timers.length = 0
    clearTimeout(alarm)
  }

  const sleep = (waitMs: number) => new Promise<void>((resolve) => after(waitMs, resolve))
  return { now, after, sleep, advance, stop }
}

async function run(timer: Timer | undefined) {
  try {
    await timer?.act()
  } catch (error) {
    process.stderr.write(`simulators: a timer failed: ${String(error)}\n`)
  }
}
