/**
 * `npm run clips`, or for some languages, `npm run clips -- rw ur`: what may be recorded for callers, and whether the
 * folder VOICE_CLIPS has it. Each line is the file, `there` or `missing`, and the text, with tabs between.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { flows } from '../../src/flows/index.ts'
import { LANGUAGES } from '../../src/flows/words/index.ts'
import { recordable } from './clips.ts'

const named = process.argv.slice(2)
const dir = process.env.VOICE_CLIPS
const texts = recordable(Object.values(flows))
for (const language of LANGUAGES.filter((one) => named.length === 0 || named.includes(one))) {
  const files = [...texts(language)].map(([text, file]) => {
    const isThere = dir !== undefined && existsSync(join(dir, file))
    return { isThere, line: `${file}\t${isThere ? 'there' : 'missing'}\t${text}` }
  })
  const missing = files.filter(({ isThere }) => !isThere).length
  process.stdout.write(`${files.map(({ line }) => line).join('\n')}\n`)
  process.stderr.write(`${language}: ${missing} of ${files.length} missing\n`)
}
