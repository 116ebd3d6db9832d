/**
 * What leaves by a timetable, from a terminal:
 *
 *   npm run departures                                       what leaves next, and how full it is
 *   npm run departures -- delay rw-kigali-huye-20261123-0600 07:15 "Alice U." "a flat tyre"
 *   npm run departures -- call-off rw-kigali-huye-20261123-0600 "Alice U." "the road is closed"
 *
 * A delay is the hour at which it leaves its first stop instead, by the clocks there. Whoever has seats is told.
 * Whoever has seats on what is called off is told by a running worker, and has another or is paid back. Said again, it reaches whoever
 * it did not reach before.
 */
import { systemClock } from '../core/base/clock.ts'
import { readDay, tellDay } from '../core/base/day.ts'
import type { Run } from '../core/run/run.ts'
import type { DepartureDesk, Load } from '../core/sell/seats.ts'
import { createDepartureDesk } from '../integrations/postgres/departures.ts'
import { calledOffFor, delayedFor } from '../rulings.ts'
import type { Command, Terminal } from './command.ts'
import { openCounter } from './counter.ts'

const SHOWN = 50
const USAGE = `usage: npm run departures
       npm run departures -- delay <id> <HH:MM> <name> <why>
       npm run departures -- call-off <id> <name> <why>`

export const departures: Command = {
  async perform({ config, db, print }, words) {
    const board = createDepartureDesk(db)
    const [verb = '', id = '', ...more] = words.map((word) => word.trim())
    const hour = verb === 'delay' ? (more.shift() ?? '') : null
    const [by = '', why = '', ...rest] = more
    if (words.length === 0) {
      const next = await board.next(systemClock.now(), SHOWN)
      print(`${next.length < SHOWN ? next.length : `${SHOWN} or more`} leave next`, ...next.map(lineOf))
      return 0
    }
    if (!['call-off', 'delay'].includes(verb) || id === '' || by === '' || why === '' || rest.length > 0) {
      print(USAGE)
      return 2
    }
    const counter = { board, run: openCounter(config, db).run, print }
    return hour === null ? callOff(counter, id, { by, why }) : delay(counter, id, hour, { by, why })
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
  const told = await calledOffFor(run, id, journeys, word.by, word.why)
  print(`${id} is called off: ${told} of ${journeys.length} bookings are asked, paid back or closed`)
  return 0
}

/** What waits longer is called off. */
const MOST_DELAY_MS = 12 * 3_600_000

async function delay(
  { board, run, print }: Board,
  id: string,
  hour: string,
  word: { readonly by: string; readonly why: string },
): Promise<number> {
  const load = await board.find(id)
  if (load === null) {
    print(`nothing that goes is called ${id}`)
    return 1
  }
  const leavesAt = readDay(hour, { now: load.leavesAt, zone: load.zone })?.from
  if (leavesAt === undefined || leavesAt - load.leavesAt > MOST_DELAY_MS) {
    print(`${hour} is no hour within 12 hours after ${tellDay(load.leavesAt, load.zone)}`)
    return 1
  }
  const journeys = (await board.delay(id, leavesAt)) ?? []
  const told = await delayedFor(run, id, journeys, word.by, word.why)
  print(`${id} leaves ${tellDay(leavesAt, load.zone)}: ${told} of ${journeys.length} bookings are told`)
  return 0
}
