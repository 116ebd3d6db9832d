import { readdirSync, readFileSync } from 'node:fs'
import type { Named } from './grid.ts'
import { talk } from './talk.ts'

const FOLDER = 'test/conversations'

/** Every talk there is, by the name of its file. */
export const allTalks = (): Named[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name: name.replace('.json', ''),
      talk: talk.parse(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))),
    }))
