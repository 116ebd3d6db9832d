/**
 * Keys beside each other: rows of a keyboard, from the left. Latin is QWERTY; Arabic is the 101-key layout; Urdu is
 * the layout that phones show (Google Gboard, Urdu).
 */
const ROWS: readonly (readonly string[])[] = [
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ['ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ئءؤرىةوزظ'],
  ['طصھدٹپتبجح', 'مویگکلاںفع', 'قثشغزسنرےہچ'],
]

/** Rows below begin half a key further right: what touches a key is beside it, or above or below it on either side. */
function beside(letter: string): string[] {
  for (const rows of ROWS)
    for (const [n, row] of rows.entries()) {
      const at = row.indexOf(letter)
      if (at < 0) continue
      const of = (other: number, ...places: number[]) => places.map((place) => rows[other]?.[place])
      return [...of(n, at - 1, at + 1), ...of(n - 1, at, at + 1), ...of(n + 1, at - 1, at)].filter(
        (key) => key !== undefined,
      )
    }
  return []
}

/** How a word comes out by one slip of a thumb: a letter left out, two swapped, one twice, or the key beside it. */
export function typosOf(word: string): string[] {
  const letters = [...word]
  const made = letters.flatMap((letter, at) => {
    const [before, after] = [letters.slice(0, at), letters.slice(at + 1)]
    const [next, ...rest] = after
    return [
      [...before, ...after],
      ...(next === undefined ? [] : [[...before, next, letter, ...rest]]),
      [...before, letter, letter, ...after],
      ...beside(letter).map((key) => [...before, key, ...after]),
    ]
  })
  return [...new Set(made.map((one) => one.join('')))].filter((typo) => typo !== word && typo !== '')
}
