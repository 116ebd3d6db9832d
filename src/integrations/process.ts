/** Programs that run beside us: how they are found, started, awaited and stopped. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { accessSync, closeSync, constants, openSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, isAbsolute, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const STANDARD_DIRS = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin', '/opt/homebrew/bin']
const LOG_LIMIT_BYTES = 1_000_000
const OUTPUT_LIMIT_BYTES = 4_000_000
const OUTPUT_TAIL_CHARS = 1_500
const POLL_MS = 15

/** PATH with the standard folders behind it, for programs that call others. */
export const searchPath = (): string => [process.env.PATH ?? '', ...STANDARD_DIRS].join(delimiter)

/** Absolute path of a program on PATH or in the standard folders, or undefined. */
export function findProgram(name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return searchPath()
    .split(delimiter)
    .filter(isAbsolute)
    .map((dir) => join(dir, file))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** A TCP port that was free on 127.0.0.1 a moment ago; the caller must cope with losing it. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      if (!address || typeof address === 'string') return reject(new Error('no port from the system'))
      probe.close(() => resolve(address.port))
    })
  })
}

/** Repeats `check` until it gives a value. Throws an Error naming `what` after `timeoutMs`. */
export async function waitFor<T>(
  what: string,
  timeoutMs: number,
  check: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  do {
    const value = await check()
    if (value !== undefined) return value
    await sleep(POLL_MS)
  } while (Date.now() < deadline)
  throw new Error(`${what}: not within ${timeoutMs} ms`)
}

/** Whether a process of this id runs; one that ended but was not yet reaped does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return true
  }
}

export interface Identity {
  uid: number
  gid: number
}

/** Runs a program to its end; gives its standard output. Rejects with the tail of what it printed. */
export function run(
  program: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; as?: Identity | undefined; timeoutMs: number },
): Promise<string> {
  const { timeoutMs, as, ...rest } = options
  return new Promise((resolve, reject) => {
    const settings = { ...rest, ...as, timeout: timeoutMs, maxBuffer: OUTPUT_LIMIT_BYTES }
    execFile(program, args, settings, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const why = `${stdout}${stderr}`.trim().slice(-OUTPUT_TAIL_CHARS) || error.message
      reject(new Error(`${program}: ${why}`, { cause: error }))
    })
  })
}

/** Last lines of a log file, empty when there is none. */
export function tail(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().slice(-OUTPUT_TAIL_CHARS)
  } catch {
    return ''
  }
}

/**
 * Command prefix that makes a program receive `signal` when our process dies, even by SIGKILL:
 * the kernel's parent-death signal, prctl(2). Empty where the system has no such thing.
 * Must stand directly before the program, for a change of credentials clears it.
 */
function diesWithUs(signal: NodeJS.Signals): string[] {
  const setpriv = findProgram('setpriv')
  if (!setpriv) return []
  const prefix = [setpriv, '--pdeathsig', signal.slice('SIG'.length)]
  const accepted = spawnSync(setpriv, [...prefix.slice(1), process.execPath, '--version']).status === 0
  return accepted ? prefix : []
}

export interface Launch {
  program: string
  args: string[]
  /** Command put in front of everything, as `unshare …`. */
  wrap?: string[]
  as?: Identity | undefined
  env: NodeJS.ProcessEnv
  log: string
  /** Signals tried in turn to stop it, each with the time it is given. The first also follows our death. */
  stopBy: [{ signal: NodeJS.Signals; withinMs: number }, ...{ signal: NodeJS.Signals; withinMs: number }[]]
}

export interface Launched {
  pid: number | undefined
  hasExited: () => boolean
  stop: () => Promise<void>
}

const running = new Map<ChildProcess, NodeJS.Signals>()
process.once('exit', () => {
  for (const [child, signal] of running) child.kill(signal)
})

/**
 * Starts a server in its own session, so that Ctrl-C in our terminal leaves its end to us.
 * It does not keep our process alive and ends with it. Call from the main thread: the kernel
 * counts the death of a thread as that of the parent.
 */
export function launch({ program, args, wrap = [], as, env, log, stopBy }: Launch): Launched {
  const [head = program, ...rest] = [...wrap, ...diesWithUs(stopBy[0].signal), program, ...args]
  const output = openSync(
    log,
    (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES ? 'w' : 'a',
  )
  const child = spawn(head, rest, {
    ...as,
    env,
    stdio: ['ignore', output, output],
    detached: true,
    windowsHide: true,
  })
  closeSync(output)
  child.unref()
  running.set(child, stopBy[0].signal)
  let over = false
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      over = true
      running.delete(child)
      resolve()
    }
    child.once('exit', end).once('error', end)
  })
  const stop = async () => {
    child.ref()
    for (const { signal, withinMs } of stopBy) {
      if (over) return
      child.kill(signal)
      const waiting = new AbortController()
      await Promise.race([exited, sleep(withinMs, undefined, { signal: waiting.signal }).catch(() => {})])
      waiting.abort()
    }
  }
  return { pid: child.pid, hasExited: () => over, stop }
}
