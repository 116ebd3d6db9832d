/**
 * What leaves by a timetable, from a terminal:
 *
 *   npm run departures                                       what leaves next, and how full it is
 *   npm run departures -- call-off rw-kigali-huye-20261123-0600 "Alice U." "the road is closed"
 *
 * Whoever has seats on what is called off is told by a running worker, and paid back. Said again, it reaches whoever
 * it did not reach before.
 */
import { systemClock } from '../core/base/clock.ts'
import { tellDay } from '../core/base/day.ts'
import type { Run } from '../core/run/run.ts'
import type { DepartureDesk, Load } from '../core/sell/seats.ts'
import { createDepartureDesk } from '../integrations/postgres/departures.ts'
import type { Command, Terminal } from './command.ts'
import { openCounter } from './counter.ts'
import { calledOff } from './rulings.ts'

const SHOWN = 50
const USAGE = `usage: npm run departures
       npm run departures -- call-off <id> <name> <why>`

export const departures: Command = {
  async perform({ config, db, print }, words) {
    const board = createDepartureDesk(db)
    const [verb = '', id = '', by = '', why = '', ...rest] = words.map((word) => word.trim())
    if (words.length === 0) {
      const next = await board.next(systemClock.now(), SHOWN)
      print(`${next.length < SHOWN ? next.length : `${SHOWN} or more`} leave next`, ...next.map(lineOf))
      return 0
    }
    if (verb !== 'call-off' || id === '' || by === '' || why === '' || rest.length > 0) {
      print(USAGE)
      return 2
    }
    return callOff({ board, run: openCounter(config, db).run, print }, id, { by, why })
  },
}

const lineOf = ({ id, from, to, leavesAt, zone, plate, seats, sold, held }: Load): string =>
  `  ${id}  ${tellDay(leavesAt, zone)}  ${from} -> ${to}  ${plate}  ${seats} seats: ${sold} bookings, ${held} unpaid`

type Board = { readonly board: DepartureDesk; readonly run: Run; readonly print: Terminal['print'] }

async function callOff(
  { board, run, print }: Board,
  id: string,
  word: { readonly by: string; readonly why: string },
): Promise<number> {
  const journeys = await board.callOff(id)
  if (journeys === null) {
    print(`nothing is called ${id}`)
    return 1
  }
  let told = 0
  for (const journey of journeys) {
    const { isDone } = await calledOff(run, journey, word.by, word.why)
    if (isDone) told += 1
  }
  print(`${id} is called off: ${told} of ${journeys.length} bookings are paid back or closed`)
  return 0
}
