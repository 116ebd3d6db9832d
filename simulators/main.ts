import { startSimulators } from './server.ts'

const { env } = process

/** A whole number from the environment; a wrong one ends the process with one line. */
function whole(name: string, fallback: number): number {
  const value = Number(env[name] ?? fallback)
  if (Number.isInteger(value) && value >= 0) return value
  process.stderr.write(`${name} must be a whole number, not "${env[name]}"\n`)
  return process.exit(1)
}

const simulators = await startSimulators({
  port: whole('SIM_PORT', 3900),
  host: env.SIM_HOST ?? '127.0.0.1',
  gatewayUrl: env.GATEWAY_URL ?? 'http://127.0.0.1:3000',
  hookSecret: env.HOOK_SECRET ?? 'dev',
  whatsappAppSecret: env.WHATSAPP_APP_SECRET ?? 'dev-app-secret',
  phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID ?? '106540352242922',
  seed: whole('SIM_SEED', 1),
  mtnStatusRps: whole('MTN_STATUS_RPS', 0),
  smscPort: whole('SIM_SMPP_PORT', 2775),
})
process.stdout.write(`simulators at ${simulators.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulators.stop())
