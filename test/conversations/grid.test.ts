import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { ASKED, cell, DEMANDED, printed } from './grid.ts'
import { allTalks } from './talks.ts'

const PAGE = 'docs/conversations.md'

const talks = allTalks()

/** Talks that come near what is asked. */
const OTHERS = [
  ['bus', 'bought on voice', 'ussd-en-bus'],
  ['ride', 'bought on ussd', 'ussd-en-bus'],
  ['bus', 'bought in fr', 'ussd-rw-bus'],
  ['ride', 'bought on sms', 'sms-lapsed'],
  ['ride', 'cut off, and bought on another channel', 'ussd-cut-continued'],
  ['bus', 'cut off, and bought on another channel', 'ussd-en-bus'],
  ['bus', 'cancelled, and the money sent back', 'sms-bus-unpaid'],
  ['ride', 'filled in by an agent', 'sms-agent-silent'],
] as const

describe('conversations there must be', () => {
  for (const line of DEMANDED)
    for (const [what, asks, lines = DEMANDED] of ASKED)
      if (lines.some((one) => one === line))
        it(`${line}, ${what}`, () => assert.ok(cell(line, asks, talks), 'no talk shows it'))

  for (const [line, what, name] of OTHERS)
    it(`are not taken for another: ${name} is no ${line}, ${what}`, () => {
      const asks = ASKED.find(([asked]) => asked === what)?.[1]
      const named = talks.find((one) => one.name === name)
      assert.ok(asks && named)
      assert.equal(cell(line, asks, [named]), undefined)
    })

  it('stand on a page', () => {
    if (process.env.UPDATE === '1') writeFileSync(PAGE, printed(talks))
    assert.equal(readFileSync(PAGE, 'utf8'), printed(talks))
  })
})
