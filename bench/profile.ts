/** Where the gateway's microseconds go: `node --import tsx bench/profile.ts [seconds]` under --cpu-prof. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { HOOK } from './journey.ts'
import { startRig } from './rig.ts'

const profile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})

/** Self time by `of`, µs, largest first. */
function sum(read: z.infer<typeof profile>, of: (frame: { functionName: string; url: string; lineNumber: number }) => string) {
  const names = new Map(read.nodes.map(({ id, callFrame }) => [id, of(callFrame)]))
  const self = new Map<string, number>()
  for (const [n, id] of read.samples.entries()) {
    const name = names.get(id) ?? '?'
    self.set(name, (self.get(name) ?? 0) + (read.timeDeltas[n] ?? 0))
  }
  return [...self].sort(([, a], [, b]) => b - a)
}

const fileOf = (url: string): string =>
  url.replace(/^file:\/\//, '').replace(`${process.cwd()}/`, '').replace(/^.*node_modules\//, '')
const packageOf = (url: string): string => {
  const file = fileOf(url)
  if (url.includes('node_modules')) return file.split('/').slice(0, file.startsWith('@') ? 2 : 1).join('/')
  return file === '' ? '(native)' : file
}

const seconds = Number(process.argv[2] ?? 6)
const dir = await mkdtemp(join(tmpdir(), 'inzira-profile-'))
const rig = await startRig()
try {
  const url = await rig.database('profiled')
  const subject = await rig.subject('hop', url, ['--cpu-prof', `--cpu-prof-dir=${dir}`, '--cpu-prof-interval=200'])
  const plan = { port: subject.port, path: HOOK, connections: 50, perSecond: null, strict: true, last: 'yes', people: null } as const
  await rig.walk({ ...plan, durationMs: 2_000 })
  const [cpu, postgres] = [await subject.cpuUs(), rig.postgresCpuUs()]
  const walked = await rig.walk({ ...plan, durationMs: seconds * 1_000 })
  const perHop = (us: number) => (us / walked.hops).toFixed(1)
  console.log(walked, 'node µs/hop', perHop((await subject.cpuUs()) - cpu), 'postgres µs/hop', perHop(rig.postgresCpuUs() - postgres))
  subject.stop()
  while ((await readdir(dir)).length === 0) await sleep(200)
  await sleep(1_000)
  for (const name of await readdir(dir)) {
    const read = profile.parse(JSON.parse(await readFile(join(dir, name), 'utf8')))
    const total = read.timeDeltas.reduce((a, b) => a + b, 0)
    const print = (rows: [string, number][], most: number) => {
      for (const [what, us] of rows.slice(0, most)) console.log(`${((100 * us) / total).toFixed(1).padStart(6)} %  ${what}`)
    }
    print(sum(read, ({ url }) => packageOf(url)), 40)
    console.log()
    print(sum(read, ({ functionName, url, lineNumber }) => `${functionName || '(anonymous)'} ${fileOf(url)}:${lineNumber + 1}`), 70)
  }
} finally {
  await rig.stop()
  await rm(dir, { recursive: true, force: true })
}
