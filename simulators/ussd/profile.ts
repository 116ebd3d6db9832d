import type { Heard, Post } from '../gateway.ts'

/** One dialogue between a phone and the gateway. */
export interface Session {
  sessionId: string
  phone: string
  /** What was dialled, `*384*77*1#`. */
  dialled: string
  /** What was keyed on each screen. */
  inputs: string[]
  /** What was shown, by the hop. */
  screens: Screen[]
  /** Where the next answer goes, for who is told so. */
  next?: string
  over: boolean
}

export interface Screen {
  kind: 'CON' | 'END'
  text: string
}

/** What goes to the gateway; `to` follows `/hooks/ussd/<name>/<secret>`, or is a whole URL. */
export type Request = Omit<Post, 'timeoutMs'>

/** How one aggregator writes and reads. */
export interface Profile {
  name: string
  /** The n-th hop of the session: 0 dials, the others bring `inputs[n - 1]`. The same hop is the same bytes. */
  hop(session: Session, n: number): Request
  /** The session ended before its end; undefined where nobody is told. */
  over?(session: Session, how: 'abort' | 'timeout'): Request
  /** The screen in an answer; undefined when it is none. */
  read(heard: Heard, session: Session): Screen | undefined
  /** The answer is only an acknowledgement: the screen comes by a call of the gateway's own. */
  isPushed?: boolean
}

export const digits = (phone: string): string => phone.replace('+', '')

export const screen = (isOpen: boolean, text: string): Screen => ({ kind: isOpen ? 'CON' : 'END', text })

/** What was dialled, without the code's own beginning and its end: of `*384*77*1#` after `*384*77#`, `1`. */
export function dialledOf({ dialled }: Session): { code: string; rest: string } {
  const match = /^(\*\d+(?:\*\d+)?)((?:\*[^*#]+)*)#$/.exec(dialled)
  return { code: `${match?.[1] ?? ''}#`, rest: (match?.[2] ?? '').slice(1) }
}
