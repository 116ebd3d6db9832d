import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second (proc(5), `sysconf(_SC_CLK_TCK)`). */
const TICK_US = 10_000

/** Processor time of a process, its children and those that have ended, µs; 0 where there is no /proc. */
export function cpuOf(pid: number): number {
  const own = ticksOf(pid)
  if (!own) return 0
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ticksOf(Number(name)))
  const ticks = children
    .filter((one) => one?.parent === pid)
    .reduce((sum, one) => sum + (one?.own ?? 0), own.own + own.ended)
  return ticks * TICK_US
}

function ticksOf(pid: number): { parent: number; own: number; ended: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may hold anything; what follows is counted from its end.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11)
    return { parent: fields[1] ?? 0, own: utime + stime, ended: cutime + cstime }
  } catch {
    return undefined
  }
}
