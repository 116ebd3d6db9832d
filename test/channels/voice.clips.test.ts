import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clipFolder } from '../../src/channels/voice/clip-folder.ts'
import { clipId } from '../../src/channels/voice/clips.ts'
import { host } from './simulated.ts'

const TEXT = 'For Ride, press 1.'
const SOUND = Buffer.from([0xff, 0xfb, 0x90, 0x00])

describe('recordings in a folder', () => {
  let dir = ''
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'inzira-clips-'))
    await mkdir(join(dir, 'en'))
    await writeFile(join(dir, 'en', `${clipId(TEXT)}.mp3`), SOUND)
    await writeFile(join(dir, 'en', 'notes.txt'), 'not a recording')
  })
  after(() => rm(dir, { recursive: true }))

  it('are played where they are, and fetched byte for byte', async () => {
    const served = await host(() => clipFolder(dir, '')?.hooks ?? [])
    try {
      const url = clipFolder(dir, served.url)?.clips('en', TEXT) ?? ''
      const answer = await fetch(url)
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'audio/mpeg'])
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), SOUND)
    } finally {
      await served.stop()
    }
  })

  it('are not played in another language, nor where a word is another', () => {
    const clips = clipFolder(dir, 'https://inzira.test')?.clips
    assert.deepEqual([clips?.('fr', TEXT), clips?.('en', 'For Ride, press 2.')], [undefined, undefined])
  })

  for (const path of [
    'en/notes.txt',
    'en/..%2F..%2Fetc%2Fpasswd',
    '../../package.json',
    `fr/${clipId(TEXT)}.mp3`,
  ])
    it(`are all that is fetched there, not ${path}`, async () => {
      const served = await host(() => clipFolder(dir, '')?.hooks ?? [])
      try {
        assert.equal((await fetch(`${served.url}/hooks/voice/clips/${path}`)).status, 404)
      } finally {
        await served.stop()
      }
    })

  it('are none where there is no folder', () => assert.equal(clipFolder(undefined, ''), undefined))
})
