import { readFileSync } from 'node:fs'

/** Source of a script in `lua/`, to be given to EVAL: Redis keeps what it has compiled. */
export const scriptOf = (name: string): string =>
  readFileSync(new URL(`lua/${name}.lua`, import.meta.url), 'utf8')
