import assert from 'node:assert/strict'
import fc from 'fast-check'
import { LIMITS } from '../../src/core/base/limits.ts'
import type { Inbound } from '../../src/core/talk/channel.ts'
import { readHop, repeatedBy } from '../../src/core/talk/hop.ts'
import { phone } from '../channels/hosting.ts'

const NOW = 1_700_000_000_000
const PERSON = phone('+250788000001')
type Keyed = Extract<Inbound['input'], { kind: 'keyed' }>

const hop = (input: Inbound['input'], at = NOW, session = 's'): Inbound => ({
  channel: 'ussd',
  person: PERSON,
  session,
  messageId: `m${at}`,
  input,
  at,
})
const keyed = (text: string, more: Partial<Keyed> = {}): Keyed => ({
  kind: 'keyed',
  text,
  opens: false,
  turn: null,
  ...more,
})
const standing = (heard: string, heardAt = NOW, session = 's') => ({ session, earlier: '', heard, heardAt })
/** The row as it stands after these hops. */
const rowOf = (...hops: readonly Inbound[]) =>
  hops.reduce((row, one) => ({ ...readHop(row, one), heardAt: one.at }), standing('', NOW, ''))

describe('a hop of a session that sends all it has said', () => {
  const news = (known: string, text: string) => readHop(standing(known), hop({ kind: 'so_far', text })).said
  for (const [known, text, said] of [
    ['', '1', ['1']],
    ['1', '1*Kimi*ronko', ['Kimi*ronko']],
    ['1*2', '1*2', []],
    ['1*2', '1', []],
    ['1*2', '', []],
    ['1*2', '1*3', []],
  ] as const)
    it(`after "${known}" says ${JSON.stringify(said)} by "${text}"`, () =>
      assert.deepEqual(news(known, text), said))

  it('that was overtaken takes nothing back', () => {
    const row = rowOf(...['', '1', '1*2', '1'].map((text) => hop({ kind: 'so_far', text })))
    assert.deepEqual(readHop(row, hop({ kind: 'so_far', text: '1*2*1' })).said, ['1'])
  })

  it('of the session before says nothing, and is not taken for a dialled short-cut', () => {
    const hops = [hop({ kind: 'so_far', text: '3' }), hop({ kind: 'so_far', text: '' }, NOW, 'redialled')]
    const row = rowOf(...hops, hop({ kind: 'so_far', text: '3*1*1' }))
    assert.deepEqual([row.session, row.heard], ['redialled', ''])
    assert.deepEqual(readHop(row, hop({ kind: 'so_far', text: '1' }, NOW, 'redialled')).said, ['1'])
  })

  it('begins anew where the name of an old session comes again', () => {
    const later = hop({ kind: 'so_far', text: '' }, NOW + LIMITS.sessionMs)
    assert.equal(readHop(standing('1*2'), later).opens, true)
  })
})

describe('a hop that is numbered', () => {
  it('says nothing when it was overtaken, or comes without its session', () => {
    assert.deepEqual(readHop(standing('4'), hop(keyed('1', { turn: 3 }))), {
      session: 's',
      earlier: '',
      heard: '4',
      opens: false,
      said: [],
    })
    assert.deepEqual(readHop(standing('4', NOW, 'other'), hop(keyed('1', { turn: 3 }))).said, [])
    assert.deepEqual(readHop(standing('4'), hop(keyed('1', { turn: 5 }))).said, ['1'])
  })
  it('opens a session with what was dialled beyond the code', () =>
    assert.deepEqual(readHop(standing('4', NOW, 'other'), hop(keyed('1*2', { turn: 1, opens: true }))), {
      session: 's',
      earlier: 'other',
      heard: '1',
      opens: true,
      said: ['1', '2'],
    }))
  it('does not open what is open', () =>
    assert.deepEqual(readHop(standing('2'), hop(keyed('', { turn: 1, opens: true }))).opens, false))
})

describe('a hop that nothing tells from another', () => {
  const start = hop(keyed('', { opens: true }))
  const at = (ms: number, text: string) => hop(keyed(text), NOW + ms)

  it('is the hop before when it comes again at once, and a new one later', () => {
    const row = rowOf(start, at(5_000, '1'))
    assert.equal(repeatedBy(at(5_000 + LIMITS.repeatMs - 1, '1'))(row), `m${NOW + 5_000}`)
    assert.equal(repeatedBy(at(5_000 + LIMITS.repeatMs, '1'))(row), null)
    assert.equal(repeatedBy(at(5_100, '2'))(row), null)
  })

  it('is still known when others came in between', () => {
    const row = rowOf(start, at(100, '1'), at(200, '2'), at(300, '3'))
    assert.equal(repeatedBy(at(400, '1'))(row), `m${NOW + 100}`)
    assert.equal(repeatedBy({ ...start, at: NOW + 400 })(row), `m${NOW}`)
  })

  it('is nobody else’s: another session knows none of it', () => {
    const row = rowOf(start, at(100, '1'))
    assert.equal(repeatedBy({ ...at(200, '1'), session: 'other' })(row), null)
    assert.deepEqual(readHop(row, { ...at(200, '1'), session: 'other' }).said, [])
  })

  it('begins a session anew when it is dialled again later', () =>
    assert.equal(readHop(rowOf(start), { ...start, at: NOW + 30_000 }).opens, true))

  it('is remembered no longer, and no more of them, than is named', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5_000), fc.string({ maxLength: 5 })), { maxLength: 40 }),
        (typed) => {
          let now = NOW
          let row = readHop(standing('', NOW, ''), start).heard
          for (const [ms, text] of typed) {
            now += ms
            row = readHop(standing(row, now), hop(keyed(text), now)).heard
          }
          const kept: { at: number }[] = JSON.parse(row)
          assert.ok(kept.length <= LIMITS.recentHops)
          assert.ok(kept.every((one) => now - one.at < LIMITS.repeatMs || one.at === now))
        },
      ),
    ))
})
