import type { Random } from '../random.ts'

/** How an SMSC misbehaves. Chances are in ten thousand, of every message that it is sent. */
export interface Weather {
  /** Begins a spell in which the next `spell` messages are refused: too many a second, or a full queue. */
  throttle: number
  spell: number
  /** Refuses for good: no such number. */
  refuse: number
  /** Hangs up without having taken it, or having taken it. */
  cutBefore: number
  cutAfter: number
  /** Takes it and never says so. */
  mute: number
  /** Neither takes it nor says anything. */
  lose: number
  /** The connection stands, but says and hears nothing any more, not even whether anybody is there. */
  numb: number
  /** Sends bytes that are no PDU. */
  garble: number
  /** Sends a PDU whose length is right and whose body is none. */
  nonsense: number
  /** Reports before it answers; reports twice. Of every message that asks for a report. */
  reportFirst: number
  reportTwice: number
  /** Cuts what it says into segments of so many bytes at most; 0 does not. */
  segment: number
}

export const FAIR: Weather = {
  ...{ throttle: 0, spell: 20, refuse: 0, cutBefore: 0, cutAfter: 0, mute: 0, lose: 0, numb: 0 },
  ...{ garble: 0, nonsense: 0, reportFirst: 0, reportTwice: 0, segment: 0 },
}

const REFUSALS = [0x58, 0x14] as const
const SHORTER_THAN_ITS_HEAD = Buffer.from('0000000400000015', 'hex')
const GARBLED = [
  SHORTER_THAN_ITS_HEAD,
  // Longer than anything; a web page.
  Buffer.from('7fffffff000000050000000000000001', 'hex'),
  Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n', 'latin1'),
]

/** What happens to one message that the SMSC is sent. */
export type Fate =
  | 'take'
  | 'refuse'
  | 'cutBefore'
  | 'cutAfter'
  | 'mute'
  | 'lose'
  | 'numb'
  | { throttle: number }

const FATES = ['refuse', 'cutBefore', 'cutAfter', 'mute', 'lose', 'numb'] as const

export function createSky(random: Random, weather: Weather) {
  let spell = 0
  let refusal: number = REFUSALS[0]
  const strikes = (chance: number) => chance > 0 && random.between(1, 10_000) <= chance

  function fate(): Fate {
    if (spell === 0 && strikes(weather.throttle)) {
      spell = random.between(1, weather.spell)
      refusal = REFUSALS[random.between(0, 1)] ?? REFUSALS[0]
    }
    if (spell > 0) {
      spell--
      return { throttle: refusal }
    }
    return FATES.find((one) => strikes(weather[one])) ?? 'take'
  }

  /** Bytes as the segments in which they leave. */
  function segments(bytes: Buffer): Buffer[] {
    if (weather.segment === 0) return [bytes]
    const cut: Buffer[] = []
    for (let at = 0; at < bytes.length; ) {
      const to = at + random.between(1, weather.segment)
      cut.push(bytes.subarray(at, to))
      at = to
    }
    return cut
  }

  const garbled = () => GARBLED[random.between(0, GARBLED.length - 1)] ?? SHORTER_THAN_ITS_HEAD
  return { fate, strikes, segments, garbled }
}

export type Sky = ReturnType<typeof createSky>
