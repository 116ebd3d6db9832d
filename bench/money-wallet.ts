import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

const PAID_WITHIN_MS = 30_000

/** The simulators in a process of their own, whose payers of MTN say yes at once. */
export async function startWallet(port: number, gatewayUrl: string): Promise<ChildProcess> {
  const ending = import.meta.url.slice(-3)
  const child = fork(new URL(`../simulators/main${ending}`, import.meta.url), {
    execArgv: ending === '.ts' ? ['--import', 'tsx'] : [],
    env: { ...process.env, SIM_PORT: String(port), GATEWAY_URL: gatewayUrl, HOOK_SECRET: 'dev' },
    silent: true,
  })
  if (!child.stdout) throw new Error('the simulators cannot be heard')
  await once(child.stdout, 'data')
  const scenario = { on: 'collect', outcome: 'approve', delayMs: 0 }
  const url = `http://127.0.0.1:${port}/mtn/_scenario`
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(scenario) })
  if (!answer.ok) throw new Error(await answer.text())
  return child
}

/** Things that are waited for by name; each comes once, and within its time. */
export function calls() {
  const waiting = new Map<string, () => void>()
  return {
    come: (name: string) => waiting.get(name)?.(),
    of: (name: string): Promise<void> =>
      new Promise((done, fail) => {
        const late = setTimeout(() => fail(new Error(`${name} was never paid`)), PAID_WITHIN_MS)
        waiting.set(name, () => {
          clearTimeout(late)
          waiting.delete(name)
          done()
        })
      }),
  }
}
