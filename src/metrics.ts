import { createServer } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const HOP_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4]

/** Counters by name, for operators. Label values come from closed sets: never a phone, never an id. */
export function createMetrics(
  depths: () => Promise<
    readonly { readonly lane: string; readonly waiting: number; readonly dead: number }[]
  >,
) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const hops = new Histogram({
    name: 'inzira_hop_duration_seconds',
    help: 'Time to answer a hop',
    labelNames: ['channel', 'outcome'],
    buckets: HOP_BUCKETS_S,
    registers,
  })
  const changes = new Counter({
    name: 'inzira_transitions_total',
    help: 'Instances that entered a state',
    labelNames: ['flow', 'state'],
    registers,
  })
  new Gauge({
    name: 'inzira_outbox_entries',
    help: 'Entries waiting to be carried out, and those put aside',
    labelNames: ['lane', 'kind'],
    registers,
    async collect() {
      for (const { lane, waiting, dead } of await depths().catch(() => [])) {
        this.set({ lane, kind: 'waiting' }, waiting)
        this.set({ lane, kind: 'dead' }, dead)
      }
    },
  })
  return {
    hop: (channel: string, outcome: string, durationMs: number) =>
      hops.observe({ channel, outcome }, durationMs / 1000),
    entered: (flow: string, state: string) => changes.inc({ flow, state }),
    text: () => registry.metrics(),
    type: registry.contentType,
  }
}

export type Metrics = ReturnType<typeof createMetrics>

/**
 * The port for machines that watch over us; never opened to the world.
 * @param ready why we are not ready to take calls, or null when we are
 */
export function serveInternal(
  metrics: Metrics,
  ready: () => Promise<string | null>,
): ReturnType<typeof createServer> {
  return createServer(async (request, response) => {
    const answer = async (): Promise<readonly [number, string, string]> => {
      if (request.url === '/livez') return [200, 'text/plain', 'ok']
      if (request.url === '/metrics') return [200, metrics.type, await metrics.text()]
      if (request.url !== '/readyz') return [404, 'text/plain', 'Not Found']
      const why = await ready()
      return why === null ? [200, 'text/plain', 'ready'] : [503, 'text/plain', why]
    }
    const [status, type, body] = await answer().catch(
      (error: unknown) => [500, 'text/plain', String(error)] as const,
    )
    response.writeHead(status, { 'content-type': type }).end(body)
  })
}
