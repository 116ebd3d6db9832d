import { type Hook, sameSecret } from './hook.ts'

/** What is part of the path of whose doors. Where a channel has none of its own it is HOOK_SECRET. */
const DOORS = {
  HOOK_SECRET: '/hooks/payments/',
  USSD_SECRET: '/hooks/ussd/',
  SMS_SECRET: '/hooks/sms/',
  VOICE_SECRET: '/hooks/voice/',
} as const
export const DOOR_SECRETS = ['HOOK_SECRET', 'USSD_SECRET', 'SMS_SECRET', 'VOICE_SECRET'] as const
export type DoorSecret = (typeof DOOR_SECRETS)[number]

/** A secret that was, and what has taken its place; `path` begins those of the doors it opens. */
export type Renewed = {
  readonly name: DoorSecret
  readonly path: string
  readonly was: string
  readonly now: string
}

/** The secrets in use, and those before them that still open. @param raw each `new` or `new,old`, or not given */
export function doorSecrets(raw: Readonly<Partial<Record<DoorSecret, string | undefined>>>) {
  const given = (name: DoorSecret): string[] =>
    (raw[name] ?? raw.HOOK_SECRET ?? 'dev').split(',').map((one) => one.trim())
  const now = (name: DoorSecret): string => given(name)[0] ?? ''
  const renewed = (name: DoorSecret): Renewed[] =>
    given(name)
      .slice(1)
      .map((was) => ({ name, path: DOORS[name], was, now: now(name) }))
  return {
    HOOK_SECRET: now('HOOK_SECRET'),
    USSD_SECRET: now('USSD_SECRET'),
    SMS_SECRET: now('SMS_SECRET'),
    VOICE_SECRET: now('VOICE_SECRET'),
    RENEWED: DOOR_SECRETS.flatMap(renewed),
  }
}

/** The same door, which whoever has not yet heard of a new secret still opens with the one before. */
export const openTo =
  (all: readonly Renewed[]) =>
  (hook: Hook): Hook => {
    const renewed = all.filter(({ path }) => hook.path.startsWith(path))
    if (renewed.length === 0) return hook
    return {
      ...hook,
      answer(request) {
        const found = renewed.filter(({ was }) => sameSecret(request.params.secret, was))[0]
        return hook.answer(found ? { ...request, params: { ...request.params, secret: found.now } } : request)
      },
    }
  }
