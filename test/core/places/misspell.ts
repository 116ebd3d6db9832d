/**
 * How people misspell Rwandan names: slips of a thumb and spellings by ear. It knows nothing of how names are matched.
 * Every choice is drawn from a hash of the name, so that the same names always give the same misspellings.
 */

/** The keys of a phone without letters of its own (ITU-T E.161), and the rows of one that has them. */
const PRESSES = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** By the schools: French first, then English. */
const FRENCH = [
  'u>ou',
  'gi>gui',
  'ge>gue',
  'ca>tcha',
  'cy>tchi',
  'sh>ch',
  'wa>oua',
  'we>oue',
  'ki>qui',
  'ji>dji',
  'zi>si',
  'si>ci',
  'e>er',
]
const ENGLISH = [
  'cy>ch',
  'i>ee',
  'u>oo',
  'ka>ca',
  'ko>co',
  'ji>gi',
  'ge>gay',
  'y>i',
  'e>ay',
  'ki>key',
  'i>y',
  'ra>rah',
]
const BEFORE = ['i ', 'ku ', 'mu ', 'kwa ', 'gare ya ', 'hafi ya ', 'murenge wa ']

type Draw = <One>(among: readonly One[]) => One | undefined
type Slip = (name: string, draw: Draw) => string | null

/** One of the places that fit, replaced. */
const change =
  (pattern: RegExp, by: (hit: string, draw: Draw) => string | undefined): Slip =>
  (name, draw) => {
    const hit = draw([...name.matchAll(pattern)])
    const instead = hit && by(hit[0], draw)
    return hit && instead !== undefined
      ? name.slice(0, hit.index) + instead + name.slice(hit.index + hit[0].length)
      : null
  }

const spelt =
  (rules: readonly string[]): Slip =>
  (name, draw) => {
    const [from = '', to = ''] =
      draw(rules.filter((rule) => name.includes(rule.split('>')[0] ?? '')))?.split('>') ?? []
    return from === '' ? null : change(new RegExp(from, 'g'), () => to)(name, draw)
  }

const beside = (letter: string): string[] =>
  ROWS.flatMap((row, at) => {
    const column = row.indexOf(letter)
    if (column < 0) return []
    return [row[column - 1], row[column + 1], ROWS[at - 1]?.[column], ROWS[at + 1]?.[column]]
  }).filter((key) => key !== undefined)

const swap: Slip = (name, draw) => {
  const at = draw(
    [...name.slice(1)].map((_, n) => n).filter((n) => /^([a-z])(?!\1)[a-z]$/.test(name.slice(n, n + 2))),
  )
  return at === undefined ? null : name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2)
}

/** The kinds that the matcher was made with in view. */
export const SHOWN: Readonly<Record<string, Slip>> = {
  'l for r': change(/[rl]/g, (letter) => (letter === 'r' ? 'l' : 'r')),
  'vowel lost': change(/(?<=.)[aeiou](?=.)/g, () => ''),
  'letter doubled': change(/[a-z]/g, (letter) => letter + letter),
  'letters swapped': swap,
  'key beside': change(/[a-z]/g, (letter, draw) => draw(beside(letter))),
  'word before': (name, draw) => `${draw(BEFORE)}${name}`,
}

/** The kinds kept from it: nothing was tuned to them. */
export const HELD_OUT: Readonly<Record<string, Slip>> = {
  'wrong press': change(/[a-z]/g, (letter, draw) =>
    draw([...(PRESSES.find((key) => key.includes(letter)) ?? '')].filter((one) => one !== letter)),
  ),
  'French ear': spelt(FRENCH),
  'English ear': spelt(ENGLISH),
  'last vowel': change(/[aeiou]$/g, (vowel, draw) => draw(['', ...'aeiou'].filter((one) => one !== vowel))),
  'consonant lost': change(/[mn](?=[bcdfgjkpstvz])|(?<=[bcfgkmnprst])[wy]/g, () => ''),
  'space moved': (name, draw) =>
    name.includes(' ') ? name.replace(' ', '') : change(/(?<=..[aeiou])(?=..)/g, () => ' ')(name, draw),
  'two at once': (name, draw) => {
    const [first, second] = [draw(ONE_SLIP), draw(ONE_SLIP)]
    const once = first?.(name, draw)
    return once && second && first !== second ? second(once, draw) : null
  },
}
const ONE_SLIP = ['l for r', 'vowel lost', 'letter doubled', 'letters swapped', 'key beside'].flatMap(
  (kind) => SHOWN[kind] ?? [],
)

export type Misspelt = { readonly kind: string; readonly typed: string; readonly name: string }

/** Names of each kind; a real name is never a misspelling. */
export function misspell(names: readonly string[], perKind: number): Misspelt[] {
  const real = new Set(names)
  return Object.entries({ ...SHOWN, ...HELD_OUT }).flatMap(([kind, slip]) =>
    names
      .map((name) => ({ name, seed: hash(`${kind} ${name}`) }))
      .sort((a, b) => a.seed - b.seed || (a.name < b.name ? -1 : 1))
      .map(({ name, seed }) => ({ kind, name, typed: slip(name, drawing(seed)) ?? name }))
      .filter(({ typed }) => !real.has(typed))
      .slice(0, perKind),
  )
}

/** FNV-1a of 32 bits. */
const hash = (text: string): number =>
  [...text].reduce(
    (sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0,
    2_166_136_261,
  )

function drawing(seed: number): Draw {
  let state = seed
  return (among) => {
    state = hash(`${state}`)
    return among[state % among.length]
  }
}
