import type { ShortMessage } from './bodies.ts'

/** `its_session_info`, two octets, of which the last bit says that the session ends (SMPP 5.0, §4.8.4.35; 6D, Tata). */
const ITS_SESSION_INFO = 0x1383
const END_FLAG = 0x01

/** The session that a hop belongs to, by its parameter or else by its phone. */
export function sessionOf({ tlvs, source }: ShortMessage, tag: number | null): string {
  const value = tag === null ? undefined : tlvs.get(tag)
  if (!value) return source.digits
  return (tag === ITS_SESSION_INFO ? flagged(value, false) : value).toString('hex')
}

/** The parameter with which a screen goes back to the session it is for. */
export function answeredIn(
  { tlvs }: ShortMessage,
  tag: number | null,
  ends: boolean,
): readonly (readonly [number, Buffer])[] {
  const value = tag === null ? undefined : tlvs.get(tag)
  if (tag === null || !value) return []
  return [[tag, tag === ITS_SESSION_INFO ? flagged(value, ends) : value]]
}

function flagged(value: Buffer, ends: boolean): Buffer {
  const octets = Buffer.from(value)
  const last = octets.length - 1
  if (last >= 0) octets[last] = ((octets[last] ?? 0) & ~END_FLAG) | (ends ? END_FLAG : 0)
  return octets
}
