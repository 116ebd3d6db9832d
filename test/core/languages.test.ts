import assert from 'node:assert/strict'
import { createScript } from '../../src/flows/menu.ts'
import { LANGUAGES } from '../../src/flows/words/index.ts'

describe('the languages that are spoken', () => {
  const script = createScript('*384*77#', 'en')

  it('are all of them', () =>
    assert.deepEqual(
      script.languages.map(({ code }) => code),
      LANGUAGES,
    ))

  for (const { code, name } of script.languages)
    it(`are each chosen by their own name: ${name}`, () =>
      assert.deepEqual(script.read(name), { intent: { name: 'language', language: code }, language: code }))
})
