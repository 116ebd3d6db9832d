import { HOOK } from './journey.ts'
import type { Rig, Subject } from './rig.ts'
import type { Walk, Walked } from './walk.ts'

const CONNECTIONS = 50

/** What one subject did in one stretch of load; costs are processor time a hop. */
export type Measured = Walked & { readonly nodeUs: number; readonly postgresUs: number }

export type Load = Partial<Pick<Walk, 'perSecond' | 'strict' | 'last' | 'people'>> & {
  readonly durationMs: number
}

/** Lets the load loose on a subject. @throws Error when an answer was not what the journey says */
export async function measure(rig: Rig, subject: Subject, load: Load): Promise<Measured> {
  const [cpuUs, postgresUs] = [await subject.cpuUs(), rig.postgresCpuUs()]
  const plan = { perSecond: null, strict: true, last: 'yes', people: null, ...load } as const
  const walked = await rig.walk({ ...plan, port: subject.port, path: HOOK, connections: CONNECTIONS })
  if (walked.wrong > 0) throw new Error(`${walked.wrong} wrong answers, the first to ${walked.firstWrong}`)
  return {
    ...walked,
    nodeUs: ((await subject.cpuUs()) - cpuUs) / walked.hops,
    postgresUs: (rig.postgresCpuUs() - postgresUs) / walked.hops,
  }
}

/**
 * Rounds in which every subject has its turn, so that whatever else the machine does hits them alike.
 * @returns a subject's measurements, round by round
 */
export async function interleaved<Name, One>(
  names: readonly Name[],
  rounds: number,
  one: (name: Name) => Promise<One>,
): Promise<(name: Name) => readonly One[]> {
  const taken = new Map<Name, One[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) taken.get(name)?.push(await one(name))
  return (name) => taken.get(name) ?? []
}
