import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cardOf } from '../../src/commands/cards.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import { readKeywords } from '../../src/flows/grammar.ts'
import { stageCards } from '../../src/integrations/sheets/card.ts'
import { codeSquares, squaresOf, textsOf } from '../core/sheets.ts'
import { typed } from '../support/terminal.ts'
import { startWorld, type World } from '../support/world.ts'

const HOUSE = { DIAL_CODE: '*384*77#', SMS_SENDER: '3847' }
const REMERA = kigaliPlaces.find(({ name }) => name === 'Remera')
const pagesOf = (file: Buffer): number => file.toString('latin1').match(/\/Type \/Page\n/g)?.length ?? 0

describe('cards that hang at stages', function () {
  this.timeout(60_000)
  let world: World
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cards-'))
    world = await startWorld()
  })
  after(async () => {
    await world.stop()
    await rm(folder, { recursive: true })
  })
  const printed = async (...words: readonly string[]) => {
    const path = join(folder, 'cards.pdf')
    const { code, text } = await typed(world.databaseUrl, 'cards', [path, ...words])
    return { code, text, file: await readFile(path).catch(() => Buffer.of()) }
  }

  it('say what is called how, and how to leave from there, in the languages asked for', async () => {
    const { code, file } = await printed('rw,en', '102')
    assert.equal(code, 0)
    assert.match(file.toString('latin1'), /\/MediaBox \[0 0 419\.53 595\.28\]/)
    assert.deepEqual(textsOf(file), [
      ...['Inzira', 'Remera', 'Remera', '102'],
      ...['Gutega moto hano, kanda / To ride from here, dial', '*384*77*1*102#'],
      ...['cyangwa wandike kuri 3847', 'GUTEGA 102 kugera …', 'or text to 3847', 'RIDE 102 to …'],
    ])
    assert.equal(squaresOf(file), codeSquares('SMSTO:3847:GUTEGA 102 kugera '))
  })

  it('are one a page, of every stage that has a number', async () => {
    const { code, text, file } = await printed('sw')
    assert.equal(code, 0)
    const numbered = await world.db('places').where({ layer: 'stage' }).whereNotNull('stage')
    assert.equal(pagesOf(file), numbered.length)
    assert.match(text, new RegExp(`^${numbered.length} cards in `))
  })

  it('are not of a number that no stage has', async () => {
    assert.deepEqual(
      await printed('fr', '101', '999').then(({ code, text, file }) => [
        code,
        /999/.test(text),
        pagesOf(file),
      ]),
      [1, true, 1],
    )
    for (const words of [['rw', 'Remera'], ['ar'], []]) assert.equal((await printed(...words)).code, 2)
  })

  it('are dialled and texted as they say', async () => {
    assert.ok(REMERA)
    for (const [n, language] of (['en', 'rw', 'fr', 'sw'] as const).entries()) {
      const card = cardOf(REMERA, [language], HOUSE)
      const [, , begun = ''] = card?.qr.split(':') ?? []
      assert.deepEqual(readKeywords(`${begun}Kacyiru`)?.intent, {
        ...{ name: 'book', line: 'ride' },
        wanted: [
          { field: 'from', text: '102' },
          { field: 'to', text: 'Kacyiru' },
        ],
      })
      assert.equal(card?.texts[0]?.text, `${begun}…`)
      const screen = await world.post('/africastalking/_handset/dial', {
        phone: `+25078800069${n}`,
        code: card.dial.code,
      })
      assert.match(JSON.stringify(screen), /Where to\?/)
    }
    await world.text('+250788000695', 'RIDE 102 to Kacyiru')
    await world.hears('+250788000695', /^Moto Remera -> Kacyiru/)
  })

  it('stay on their page, whatever a stage is called', async () => {
    const name = 'Gare routière intercommunale de l’Est '.repeat(8)
    const card = cardOf(
      { ...(REMERA ?? assert.fail()), name, area: name, stage: 99_999 },
      ['fr', 'rw'],
      HOUSE,
    )
    assert.ok(card)
    const file = await stageCards([card, card], 0)
    assert.equal(pagesOf(file), 2)
    assert.deepEqual(file, await stageCards([card, card], 0))
  })
})
