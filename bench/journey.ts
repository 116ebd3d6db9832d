/** One hop of the journey that every subject is walked through: what is keyed, and how its answer begins. */
export type Step = { readonly key: string; readonly begins: 'CON ' | 'END ' }

/** Dial, then six answers: ride, pick-up, drop-off, back, drop-off again, yes (or no). */
export const journey = (last: 'yes' | 'no'): readonly Step[] => [
  { key: '', begins: 'CON ' },
  { key: '1', begins: 'CON ' },
  { key: '1', begins: 'CON ' },
  { key: '2', begins: 'CON ' },
  { key: '0', begins: 'CON ' },
  { key: '3', begins: 'CON ' },
  { key: last === 'yes' ? '1' : '2', begins: 'END ' },
]

/** People of the bench: no rider of the demo has such a number. @param n 0 to 9,999,999 */
export const phoneOf = (n: number): string => `+25079${String(n % 10_000_000).padStart(7, '0')}`

/** The form that Africa's Talking posts. */
export const formOf = (session: string, phone: string, said: string): string =>
  `sessionId=${session}&serviceCode=*384*77%23&phoneNumber=%2B${phone.slice(1)}&networkCode=63510&text=${said}`

export const HOOK = '/hooks/ussd/africastalking/dev'
