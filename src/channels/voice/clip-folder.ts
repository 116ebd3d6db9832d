import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Hook, NOT_FOUND } from '../../core/base/hook.ts'
import { type Clips, clipId } from './clips.ts'

/** Recordings, and the door where the provider fetches them: everybody who calls hears them, so it has no secret. */
export type Recordings = { readonly clips: Clips; readonly hooks: readonly Hook[] }

const PATH = '/hooks/voice/clips'
/** As many as ten languages could have; more is another folder. */
const MAX_CLIPS = 20_000

/**
 * Recordings in a folder, `<language>/<id>.mp3`. It is read once: who adds some starts anew.
 * @returns undefined where there is no folder
 * @throws when the folder cannot be read, or holds too many
 */
export function clipFolder(dir: string | undefined, publicUrl: string): Recordings | undefined {
  if (dir === undefined) return undefined
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  const known = new Set(names.filter((name) => /^[a-z]{2}\/[\da-f]{16}\.mp3$/.test(name)))
  if (known.size > MAX_CLIPS) throw new Error(`VOICE_CLIPS: more than ${MAX_CLIPS} recordings in ${dir}`)
  const hook: Hook = {
    methods: ['GET'],
    path: `${PATH}/:language/:file`,
    async answer({ params }) {
      const name = `${params.language}/${params.file}`
      if (!known.has(name)) return NOT_FOUND
      return { status: 200, type: 'audio/mpeg', body: '', bytes: await readFile(join(dir, name)) }
    },
  }
  return {
    clips: (language, text) => {
      const name = `${language}/${clipId(text)}.mp3`
      return known.has(name) ? `${publicUrl}${PATH}/${name}` : undefined
    },
    hooks: [hook],
  }
}
