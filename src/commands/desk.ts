/**
 * What waits for a person, and what a person says to it, from a terminal:
 *
 *   npm run desk                                          ends with 1 while something waits, for cron
 *   npm run desk -- ask py_018f                           the provider is asked once more
 *   npm run desk -- approve py_018f "Eric N."             a refund above REFUND_LIMIT_MINOR; never by who asked for it
 *   npm run desk -- reject py_018f "Eric N." "the ride was as agreed"
 *   npm run desk -- refund py_018f 500 "Alice U."         of an earned fare, at our cost; all of it without an amount
 *   npm run desk -- paid py_018f "Alice U." "cash at the office"
 *   npm run desk -- paidout po_018f yes "Alice U."        as the provider told us by telephone; `no` ends one that is held
 *   npm run desk -- approve po_018f "Eric N."             held: whoever gets it was asked in another way
 *   npm run desk -- divide es_018f 300000 "Alice U." "two sacks were wet"     to the carrier; the rest goes back
 *   npm run desk -- unlock tr_018f "Alice U."             wrong codes too often: the driver may try again
 *   npm run desk -- arrived tr_018f no "Alice U." "the receiver never saw it"
 *   npm run desk -- seek tr_018f "Alice U."               packed, and nobody was found to bring it: once more
 *   npm run desk -- giveup tr_018f "Alice U." "nobody goes there"    what was paid goes back, the goods to their shelves
 *   npm run desk -- stars +250788000001                   how drivers found somebody, who is not told
 *   npm run desk -- recycled +250788000001 "Alice U."    somebody else has the number now: all of before is put away
 *   npm run desk -- returned +250788000001 "Alice U." "knew the code of the last journey"    it was theirs all the time
 *   npm run desk -- retry ob_018f "Alice U."
 *   npm run desk -- drop ob_018f "Alice U." "told the customer"
 *
 * A running worker does what is decided here.
 */
import { systemClock } from '../core/base/clock.ts'
import { formatMoney } from '../core/base/money.ts'
import { maskPhone } from '../core/base/phone.ts'
import type { PutAside, Waiting, WaitingRoom } from '../core/pay/waiting.ts'
import type { Run } from '../core/run/run.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { createWaitingRoom } from '../integrations/postgres/waiting.ts'
import * as says from '../rulings.ts'
import type { Command, Terminal } from './command.ts'
import { openCounter } from './counter.ts'
import { recycled, returned, stars } from './people.ts'

const SHOWN = 100
const SHOWN_WHY = 120
const USAGE = `usage: npm run desk
       npm run desk -- ask <id> [<name>]
       npm run desk -- approve <id> <name>
       npm run desk -- reject <id> <name> <why>
       npm run desk -- refund <id> [amountMinor] <name>
       npm run desk -- paid <id> <name> <how>
       npm run desk -- paidout <id> yes|no <name>
       npm run desk -- divide <id> <payeeMinor> <name> <why>
       npm run desk -- unlock <id> <name>
       npm run desk -- arrived <id> yes|no <name> <why>
       npm run desk -- seek <id> <name>
       npm run desk -- giveup <id> <name> <why>
       npm run desk -- stars <phone>
       npm run desk -- recycled <phone> <name>
       npm run desk -- returned <phone> <name> <why>
       npm run desk -- retry <errand> <name>
       npm run desk -- drop <errand> <name> <why>`

type Desk = { readonly run: Run; readonly room: WaitingRoom; readonly db: Db }
type Action = {
  /** Words after the id; one that is left out or blank is no decision. */
  readonly words: readonly number[]
  perform(desk: Desk, id: string, words: readonly string[]): Promise<says.Ruling>
}

const onErrand =
  (act: (run: Run, errand: PutAside, words: readonly string[]) => Promise<says.Ruling>): Action['perform'] =>
  async ({ run, room }, id, words) => {
    const errand = await room.errand(id)
    return errand ? act(run, errand, words) : { isDone: false, text: `no errand ${id} is put aside` }
  }

const yesOrNo =
  (
    act: (run: Run, id: string, isYes: boolean, words: readonly string[]) => Promise<says.Ruling>,
  ): Action['perform'] =>
  async ({ run }, id, [answer = '', ...words]) =>
    answer === 'yes' || answer === 'no'
      ? act(run, id, answer === 'yes', words)
      : { isDone: false, text: 'say yes or no' }

const ACTIONS: Readonly<Record<string, Action>> = {
  ask: { words: [0, 1], perform: ({ run }, id, [by = 'desk']) => says.ask(run, id, by) },
  approve: { words: [1], perform: ({ run }, id, [by = '']) => says.approve(run, id, by) },
  reject: { words: [2], perform: ({ run }, id, [by = '', why = '']) => says.reject(run, id, by, why) },
  refund: {
    words: [1, 2],
    perform: ({ run, room }, id, words) =>
      says.refund(run, room, id, words.at(-1) ?? '', words.length === 2 ? Number(words[0]) : undefined),
  },
  paid: { words: [2], perform: ({ run }, id, [by = '', how = '']) => says.handed(run, id, by, how) },
  paidout: {
    words: [2],
    perform: yesOrNo((run, id, wasPaid, [by = '']) => says.paidOut(run, id, by, wasPaid)),
  },
  divide: {
    words: [3],
    perform: ({ run }, id, [payeeMinor = '', by = '', why = '']) =>
      says.divide(run, id, Number(payeeMinor), by, why),
  },
  unlock: { words: [1], perform: ({ run }, id, [by = '']) => says.unlock(run, id, by) },
  arrived: {
    words: [3],
    perform: yesOrNo((run, id, hasArrived, [by = '', why = '']) =>
      says.arrived(run, id, by, hasArrived, why),
    ),
  },
  seek: { words: [1], perform: ({ run }, id, [by = '']) => says.seek(run, id, by) },
  giveup: { words: [2], perform: ({ run }, id, [by = '', why = '']) => says.giveUp(run, id, by, why) },
  stars: { words: [0], perform: ({ db }, said) => stars(db, said) },
  recycled: { words: [1], perform: ({ db }, said, words) => recycled(db, said, words) },
  returned: { words: [2], perform: ({ db }, said, words) => returned(db, said, words) },
  retry: { words: [1], perform: onErrand((run, errand, [by = '']) => says.retry(run, errand, by)) },
  drop: {
    words: [2],
    perform: onErrand((run, errand, [by = '', why = '']) => says.drop(run, errand, by, why)),
  },
}

/** What waits, and what a person says to it. */
export const desk: Command = {
  async perform({ config, db, print }, words) {
    const { run } = openCounter(config, db)
    const room = createWaitingRoom(db)
    if (words.length === 0) return show(room, print)
    const [verb = '', id = '', ...rest] = words.map((word) => word.trim())
    const action = Object.hasOwn(ACTIONS, verb) ? ACTIONS[verb] : undefined
    if (!action || id === '' || !action.words.includes(rest.length) || rest.includes('')) {
      print(USAGE)
      return 2
    }
    const { isDone, text } = await action.perform({ run, room, db }, id, rest)
    print(text)
    return isDone ? 0 : 1
  },
}

async function show(room: WaitingRoom, print: Terminal['print']): Promise<number> {
  const [waiting, errands] = [await room.waiting(SHOWN), await room.putAside(SHOWN)]
  const now = systemClock.now()
  print(
    `${counted(waiting)} payments, payouts, escrows and journeys wait for a person`,
    ...waiting.map((one) => lineOf(one, now)),
    `${counted(errands)} errands are put aside`,
    ...errands.map((one) => errandLine(one, now)),
  )
  return waiting.length + errands.length > 0 ? 1 : 0
}

const counted = ({ length }: readonly unknown[]): string =>
  length < SHOWN ? String(length) : `${SHOWN} or more`

const HOUR_MS = 3_600_000
/** `3 h`, or `5 d` when it is long ago. */
const age = (since: number, now: number): string => {
  const hours = Math.floor((now - since) / HOUR_MS)
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}

const lineOf = ({ id, flow, state, phone, money, by, since }: Waiting, now: number): string =>
  [
    `  ${id}`,
    `${flow} ${state}`,
    maskPhone(phone),
    formatMoney(money),
    age(since, now),
    ...(by === null ? [] : [`asked for by ${by}`]),
  ].join('  ')

const errandLine = ({ id, type, about, why, since }: PutAside, now: number): string =>
  [`  ${id}`, type, about?.id ?? '-', age(since, now), why.slice(0, SHOWN_WHY)].join('  ')
