import { segments } from '../../src/channels/sms/codec.ts'
import { ASKED, cell, DEMANDED, type Named } from './grid.ts'
import type { Step, Talk } from './talk.ts'

/** What one whole journey takes of its people. */
export type Bill = {
  readonly line: string
  readonly channel: Talk['channel']
  readonly talk: string
  /** By the number it is held with. */
  readonly country: 'RW' | 'NG'
  /** Answers by the traveller, a dial or a ring among them. */
  readonly hops: number
  /** Parts of texts to the traveller, and to everybody else. */
  readonly parts: number
  readonly othersParts: number
}

const isHop = ({ in: said, choose, dial, ring, tap, pin, ask }: Step): boolean =>
  [said, choose, dial, ring, tap, pin, ask].some((deed) => deed !== undefined)
const partsOf = (steps: readonly Step[]): number =>
  steps.flatMap(({ sms = [] }) => sms).reduce((sum, text) => sum + segments(realistic(text)), 0)

/** Codes of a talk are marks there; on the air they are digits. */
const realistic = (text: string): string =>
  text
    .replace(/<ticket>/g, '123456789')
    .replace(/<invoice>/g, '2026-000001')
    .replace(/<date>/g, '2026-12-31')
    .replace(/<(?:today|day)(?: \d)?>/g, '31/12')
    .replace(/<\w+(?: \d)?>/g, '12345')

/** The plainest talk of each line on each channel, and what it takes. */
export function bills(talks: readonly Named[]): Bill[] {
  return DEMANDED.flatMap((line) =>
    ASKED.flatMap(([what, asks]) => {
      if (!what.startsWith('bought on ')) return []
      const name = cell(line, asks, talks)
      const found = talks.find((one) => one.name === name)?.talk
      return name === undefined || !found ? [] : [billOf(line, name, found)]
    }),
  )
}

function billOf(line: string, talk: string, { channel, from, steps }: Talk): Bill {
  const own = steps.filter(({ rider }) => rider === undefined)
  return {
    ...{ line, channel, talk },
    country: from.startsWith('+234') ? 'NG' : 'RW',
    hops: own.filter(isHop).length,
    parts: partsOf(own),
    othersParts: partsOf(steps.filter(({ rider }) => rider !== undefined)),
  }
}

/** What a part costs, in the currency's own units; known only to who has a contract. */
export type Prices = Readonly<Partial<Record<Bill['country'], number>>>

/** The bills as markdown. */
export function billed(all: readonly Bill[], prices: Prices = {}): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  const isPriced = Object.keys(prices).length > 0
  const price = ({ country, parts, othersParts }: Bill) =>
    prices[country] === undefined ? '' : (prices[country] * (parts + othersParts)).toFixed(2)
  const head = ['line', 'channel', 'country', 'hops', 'texts to the traveller', 'to the others']
  return [
    row([...head, ...(isPriced ? ['price'] : [])]),
    row([...head, ...(isPriced ? [''] : [])].map((_, n) => (n < 3 ? '---' : '---:'))),
    ...all.map((bill) => {
      const { line, channel, country, hops, parts, othersParts } = bill
      return row([line, channel, country, hops, parts, othersParts, ...(isPriced ? [price(bill)] : [])])
    }),
  ].join('\n')
}
