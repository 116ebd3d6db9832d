import assert from 'node:assert/strict'
import { clipId } from '../../src/channels/voice/clips.ts'
import { flows } from '../../src/flows/index.ts'
import { LANGUAGES } from '../../src/flows/words/index.ts'
import { recordable } from './clips.ts'

describe('what may be recorded for callers', function () {
  this.timeout(60_000)
  // The smallest machine that shows a price, a day and a name.
  const texts = recordable([flows.invoice])

  for (const language of LANGUAGES)
    it(`is the same for everybody in ${language}, and each has a name of its own`, () => {
      const all = texts(language)
      assert.ok(all.size > 10, `${all.size} texts`)
      assert.equal(new Set(all.values()).size, all.size)
      for (const text of all.keys()) assert.doesNotMatch(text, /RWF|\+250/)
    })

  it('is named by what is said: another word is another recording', () => {
    const all = texts('en')
    assert.equal(all.get('For Ride, press 1.'), `en/${clipId('For Ride, press 1.')}.mp3`)
    assert.notEqual(clipId('For Ride, press 1.'), clipId('For Ride, press 2.'))
    assert.equal(clipId('Ng\u0303wino'.normalize('NFD')), clipId('Ng\u0303wino'.normalize('NFC')))
  })
})
