/** What these rules make is stored. Whoever changes one raises this, and every stored name is marked anew. */
export const SOUND_RULES = 1

/** One sound, as ears in Rwanda and the schools of French and English spell it; applied in this order. */
// biome-ignore format: a table
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ou(?=[aeio])/g, 'w'], [/ou|oo/g, 'u'],                    // French oua is wa; ou, like English oo, is u
  [/ee|ea/g, 'i'], [/[ae][iy](?![aeiou])/g, 'e'],             // English ee is i; ay and ei are e
  [/(?<![aeiou])y(?![aeiou])/g, 'i'],                         // y between consonants, or last, is i
  [/l/g, 'r'],                                                // to a Rwandan ear, l and r are one
  [/q(?:u(?=[ei]))?|ck|kh/g, 'k'], [/x/g, 'ks'],
  [/(?:t?ch|sh|sch|c|ky|ty)(?:y(?=[aeiou]))?/g, 'c'],         // cy, ky, ch, tch, shy, sh
  [/gu(?=[ei])/g, 'g'], [/(?:dj|j|g(?=[ei]))y?/g, 'j'],       // gi is ji
  [/bv|v/g, 'b'], [/pf|ph/g, 'f'], [/ts|z/g, 's'],
  [/(?<=[bdgkprt])h/g, ''],
  [/(?<=[aeiou])[mn](?=[bcdfgjkprst])/g, ''],                 // nasals and glides are hardly heard,
  [/(?<=[bcdfgjkmnprst])[wy](?=[aeiou])/g, ''],
  [/(.)\1+/g, '$1'],                                          // nor whether a sound is long
]

/** Words that say "at", "to", "at the house of", "near", "the stage of", "the sector of". */
const BEFORE =
  /^(?:(?:i|ku|kuri|mu|muri|kwa|hafi ya|gare(?: ya)?|u?murenge wa|akagari ka|akarere ka) )+(?=..)/

/** What may be the name in what was typed, folded: all of it, and it without the words before that only say "at". */
export const namesIn = (typed: string): readonly string[] => [...new Set([typed, typed.replace(BEFORE, '')])]

/** A folded name as it sounds, without spaces: the spellings of one name are mostly one sound. */
export const soundOf = (text: string): string =>
  SPELLINGS.reduce((sound, [spelling, heard]) => sound.replace(spelling, heard), text.replaceAll(' ', ''))

/** Shorter sounds without a letter are anybody's. */
const LEAST_SOUND = 4

/**
 * By what a folded name is looked for: its sound, that without any one letter, its consonants, and its letters in
 * order. Names that share a mark are a slip or two apart (a letter more, less or other, two swapped), or differ in
 * vowels only.
 */
export function marksOf(text: string): string[] {
  const sound = soundOf(text)
  const fewer = [...sound].map((_, at) => sound.slice(0, at) + sound.slice(at + 1))
  const consonants = sound.replace(/[aeiouwy]/g, '')
  return [
    ...new Set([
      sound,
      ...(sound.length < LEAST_SOUND ? [] : fewer),
      ...(consonants.length < 2 ? [] : [`-${consonants}`]),
      `*${[...text.replaceAll(' ', '')].sort().join('')}`,
    ]),
  ]
}
