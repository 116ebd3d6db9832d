/** Hooks of ours on a real server, and the providers' stand-ins that call them. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSimulators } from '../../simulators/server.ts'
import { createWebServer } from '../../src/app.ts'
import type { Hook } from '../../src/core/base/hook.ts'
import { type Log, silent } from '../../src/core/base/log.ts'

export type Host = { readonly url: string; stop(): Promise<void> }

/** Serves hooks on a free port of this machine, as the house does; they are asked for at every call. */
export async function host(hooks: () => readonly Hook[], log: Log = silent): Promise<Host> {
  const server = createServer((request, response) => {
    createWebServer(hooks(), () => {}, log, 0).emit('request', request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** What the stand-ins share with the channel under test. */
export type Secrets = { readonly hook?: string; readonly app?: string; readonly numberId?: string }

/** The simulators, with a gateway behind them that has these hooks. @returns where they listen, and where it does */
export async function simulated(
  hooks: () => readonly Hook[],
  { hook = 's', app = 's', numberId = '1' }: Secrets,
): Promise<Host & { readonly gatewayUrl: string }> {
  const gateway = await host(hooks)
  const simulators = await startSimulators({
    port: 0,
    gatewayUrl: gateway.url,
    hookSecret: hook,
    whatsappAppSecret: app,
    phoneNumberId: numberId,
    seed: 1,
  })
  const stop = async () => {
    await simulators.stop()
    await gateway.stop()
  }
  return { url: simulators.url, gatewayUrl: gateway.url, stop }
}
