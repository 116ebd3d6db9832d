/** Where a subject's microseconds go: `node --import tsx bench/profile.ts [subject] [seconds]`. */
import { z } from 'zod'
import { HOOK } from './journey.ts'
import { startRig } from './rig.ts'

const frame = z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() })
type Frame = z.infer<typeof frame>

/** As the Chrome DevTools protocol gives it, `Profiler.Profile`. */
const watched = z.object({
  profile: z.object({
    nodes: z.array(z.object({ id: z.number(), callFrame: frame, children: z.array(z.number()).optional() })),
    samples: z.array(z.number()),
    timeDeltas: z.array(z.number()),
  }),
})
type Profile = z.infer<typeof watched>['profile']
type Times = readonly (readonly [name: string, us: number])[]

const largestFirst = (times: ReadonlyMap<string, number>): Times => [...times].sort(([, a], [, b]) => b - a)

function selfOf({ samples, timeDeltas }: Profile): ReadonlyMap<number, number> {
  const self = new Map<number, number>()
  for (const [n, id] of samples.entries()) self.set(id, (self.get(id) ?? 0) + (timeDeltas[n] ?? 0))
  return self
}

/** Time spent in each `nameOf` itself. */
function own(profile: Profile, nameOf: (frame: Frame) => string): Times {
  const self = selfOf(profile)
  const times = new Map<string, number>()
  for (const { id, callFrame } of profile.nodes) {
    const name = nameOf(callFrame)
    times.set(name, (times.get(name) ?? 0) + (self.get(id) ?? 0))
  }
  return largestFirst(times)
}

/** Time spent in each `nameOf` and whatever it called, counted once however deep it calls itself. */
function whole(profile: Profile, nameOf: (frame: Frame) => string): Times {
  const self = selfOf(profile)
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const times = new Map<string, number>()
  const visit = (id: number, above: ReadonlySet<string>): number => {
    const node = nodes.get(id)
    if (!node) return 0
    const name = nameOf(node.callFrame)
    const inside = new Set(above).add(name)
    const us = (node.children ?? []).reduce((sum, child) => sum + visit(child, inside), self.get(id) ?? 0)
    if (!above.has(name)) times.set(name, (times.get(name) ?? 0) + us)
    return us
  }
  const [root] = profile.nodes
  if (root) visit(root.id, new Set())
  return largestFirst(times)
}

const fileOf = (url: string): string =>
  url
    .replace(/^file:\/\//, '')
    .replace(`${process.cwd()}/`, '')
    .replace(/^.*node_modules\//, '')
const ownerOf = ({ functionName, url }: Frame): string => {
  const file = fileOf(url)
  if (!url.includes('node_modules'))
    return file === '' ? functionName : file.replace(/^(src\/\w+).*|(node):.*/, '$1$2')
  return file.split('/', file.startsWith('@') ? 2 : 1).join('/')
}
const nameOf = ({ functionName, url, lineNumber }: Frame): string =>
  `${functionName || '(anonymous)'} ${fileOf(url)}:${lineNumber + 1}`

function print(title: string, times: Times, hops: number, most: number): void {
  console.log(`\n${title}, µs a hop`)
  for (const [name, us] of times.slice(0, most)) console.log(`${(us / hops).toFixed(1).padStart(8)}  ${name}`)
}

const [name = 'hop', seconds = '6'] = process.argv.slice(2)
const rig = await startRig()
try {
  const url = await rig.database('profiled')
  const subject = await rig.subject(name, url)
  const plan = {
    port: subject.port,
    path: HOOK,
    connections: 50,
    perSecond: null,
    strict: false,
    last: 'yes',
    people: null,
  } as const
  await rig.walk({ ...plan, durationMs: 3_000 })
  await subject.watch()
  const walked = await rig.walk({ ...plan, durationMs: Number(seconds) * 1_000 })
  const { profile } = watched.parse(await subject.watched())
  console.log(`${walked.hops} hops, p50 ${walked.p50Ms.toFixed(1)} ms`)
  print('By package', own(profile, ownerOf), walked.hops, 30)
  print('By function, itself', own(profile, nameOf), walked.hops, 60)
  print('By function, with what it calls', whole(profile, nameOf), walked.hops, 90)
} finally {
  await rig.stop()
}
