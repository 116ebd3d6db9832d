import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, rmSync } from 'node:fs'
import { z } from 'zod'

const UP_WITHIN_MS = 30_000

export const ROLES = ['gateway', 'worker'] as const
export type Role = (typeof ROLES)[number]

/** What a node is told: how far its clock is ahead of the wall's. The first word lets it begin. */
export const order = z.object({ aheadMs: z.number() })

type Node = {
  readonly child: ChildProcess
  readonly loaded: Promise<void>
  readonly up: Promise<void>
  isKilled: boolean
}

export interface Nodes {
  /** SIGKILL, and the stand-by at its place. Resolves when that one is up. */
  kill(role: Role): Promise<void>
  /** Resolves when the gateway can be reached. */
  reachable(): Promise<void>
  /** Moves the clocks of all nodes ahead. */
  pass(ms: number): void
  /** How often each was killed. */
  readonly kills: Readonly<Record<Role, number>>
  /** Nodes that ended though nobody killed them. */
  readonly crashes: readonly string[]
  stop(): Promise<void>
}

/**
 * Starts one gateway and one worker; the `mortal` have a stand-by with its code loaded and nothing else, so that
 * what is killed is replaced at once. `entry` is their program; what they print goes to the file `log`.
 */
export async function startNodes(
  entry: string,
  env: NodeJS.ProcessEnv,
  log: string,
  mortal: readonly Role[],
): Promise<Nodes> {
  rmSync(log, { force: true })
  const crashes: string[] = []
  const kills = { gateway: 0, worker: 0 }
  const all = new Set<Node>()
  let aheadMs = 0

  const stand = (role: Role): Node => {
    const output = openSync(log, 'a')
    const child = fork(entry, {
      // A node that lives for seconds dies before the faster code that V8 makes in the background pays off.
      execArgv: ['--always-sparkplug', '--no-opt'],
      env: { ...env, ROLE: role },
      stdio: ['ignore', output, output, 'ipc'],
    })
    closeSync(output)
    const node: Node = { child, loaded: said(child, 'loaded'), up: said(child, 'up'), isKilled: false }
    all.add(node)
    child.on('error', (error) => crashes.push(`${role}: ${error.message}`))
    child.once('exit', (code, signal) => {
      all.delete(node)
      if (!node.isKilled) crashes.push(`${role} ended by itself: ${code ?? signal}`)
    })
    return node
  }
  const tell = ({ child }: Node) => {
    // It may be dying just now: whoever takes its place is told again.
    if (child.connected) child.send({ aheadMs }, () => {})
  }
  const begin = async (node: Node): Promise<void> => {
    const late = AbortSignal.timeout(UP_WITHIN_MS)
    const working = node.loaded.then(() => {
      tell(node)
      return node.up
    })
    await Promise.race([
      working,
      once(late, 'abort').then(() => Promise.reject(new Error('a node never came up'))),
    ])
  }
  const end = async (node: Node): Promise<void> => {
    node.isKilled = true
    if (node.child.exitCode !== null || node.child.signalCode !== null) return
    const gone = once(node.child, 'exit')
    node.child.kill('SIGKILL')
    await gone
  }

  const working = { gateway: stand('gateway'), worker: stand('worker') }
  const standby = new Map(mortal.map((role) => [role, stand(role)]))
  const stop = async () => {
    await Promise.all([...all].map(end))
  }
  try {
    for (const role of ROLES) await begin(working[role])
  } catch (error) {
    await stop()
    throw error
  }

  return {
    kills,
    crashes,
    async kill(role) {
      kills[role] += 1
      await end(working[role])
      working[role] = standby.get(role) ?? stand(role)
      standby.set(role, stand(role))
      await begin(working[role])
    },
    async reachable() {
      await working.gateway.up.catch(() => {})
    },
    pass(ms) {
      aheadMs += ms
      for (const role of ROLES) tell(working[role])
    },
    stop,
  }
}

/** Resolves when the node says the word, rejects when it ends before. */
function said(child: ChildProcess, word: string): Promise<void> {
  const heard = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === word) resolve()
    })
    child.once('exit', () => reject(new Error(`a node ended before it was ${word}`)))
  })
  // Nobody waits for the words of a stand-by that is not needed.
  heard.catch(() => {})
  return heard
}
