// Damm's quasigroup of order 10: catches every single wrong digit and every swap of neighbours.
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

/** Digits a person can read out: the number and one check digit (H. M. Damm, 2004). */
export function codeOf(number: number): string {
  const digits = String(number)
  return digits + damm(digits)
}

/** Whether a typed code is one we could have given: wrong digits and swaps are refused. */
export const isCode = (code: string): boolean => /^\d{3,12}$/.test(code) && damm(code) === '0'

function damm(digits: string): string {
  let interim = '0'
  for (const digit of digits) interim = DAMM[Number(interim)]?.[Number(digit)] ?? '0'
  return interim
}
