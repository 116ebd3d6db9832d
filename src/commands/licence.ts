/**
 * Drivers' licences where no register answers for them, from a terminal:
 *
 *   npm run licence                                              who gets no jobs, or none a month from now
 *   npm run licence -- file rura-2026-11.csv "Alice U."          a regulator's list: licence,status,until
 *   npm run licence -- show LAG-D-0001 2027-03-31 "Alice U." "saw the card"
 *
 * The day is the last on which it is valid. All that was shown is kept, with who vouched for it. Where there is a
 * register, its word is the last: it is asked again a day later.
 */
import { readFile, stat } from 'node:fs/promises'
import { localTime } from '../core/base/calendar.ts'
import { systemClock } from '../core/base/clock.ts'
import { maskPhone } from '../core/base/phone.ts'
import type { Licences, Wanting } from '../core/move/licences.ts'
import { endOf, MOST_BYTES, readLicences } from '../integrations/licence/file.ts'
import { createLicences } from '../integrations/postgres/licences.ts'
import type { Command, Terminal } from './command.ts'

const SOON_MS = 30 * 24 * 3_600_000
const SHOWN = 100
const USAGE = `usage: npm run licence
       npm run licence -- file <list.csv> <your name>
       npm run licence -- show <licence> <YYYY-MM-DD> <your name> <why>`

type Desk = { readonly licences: Licences; readonly zone: string; readonly print: Terminal['print'] }

export const licence: Command = {
  async perform({ config, db, print }, words) {
    const desk = { licences: createLicences(db), zone: config.TIME_ZONE, print }
    const [verb = '', ...rest] = words.map((word) => word.trim())
    if (words.length === 0) return list(desk)
    const [first = '', second = '', third = '', fourth = ''] = rest
    if (verb === 'file' && first && second && rest.length === 2) return file(desk, first, second)
    if (verb === 'show' && first && third && fourth && rest.length === 4)
      return show(desk, first, second, { by: third, why: fourth })
    print(USAGE)
    return 2
  },
}

async function list({ licences, zone, print }: Desk): Promise<number> {
  const all = await licences.wanting(systemClock.now() + SOON_MS, SHOWN)
  const lineOf = ({ name, phone, licence: number, status, until }: Wanting) =>
    `  ${number.padEnd(20)} ${status.padEnd(10)} ${until === null ? '' : `until ${dayOf(zone, until)} `}${name} ${maskPhone(phone)}`
  print(
    `${all.length < SHOWN ? all.length : `${SHOWN} or more`} get no jobs, or soon none`,
    ...all.map(lineOf),
  )
  return 0
}

/** The last day on which it was valid. */
const dayOf = (zone: string, until: number): string => localTime(zone, 'yyyy-LL-dd')(until - 1)

async function file({ licences, zone, print }: Desk, path: string, by: string): Promise<number> {
  if ((await stat(path)).size > MOST_BYTES) throw new Error(`${path} has more than ${MOST_BYTES} bytes`)
  const at = systemClock.now()
  let [taken, strange, unread] = [0, 0, 0]
  for (const line of readLicences(await readFile(path, 'utf8'), zone)) {
    if ('why' in line) {
      unread += 1
      print(`  line ${line.line}: ${line.why}`)
    } else if (await licences.show(line.licence, line.shown, { how: 'file', by, why: path, at })) taken += 1
    else strange += 1
  }
  print(`${taken} licences of our drivers, ${strange} of others, ${unread} lines not read`)
  return unread === 0 ? 0 : 1
}

async function show(
  { licences, zone, print }: Desk,
  number: string,
  day: string,
  word: { readonly by: string; readonly why: string },
): Promise<number> {
  const until = endOf(day, zone)
  const at = systemClock.now()
  if (until === null || until <= at) {
    print(`${day} is no day from today on, written as 2027-03-31`)
    return 1
  }
  const isOurs = await licences.show(number, { status: 'valid', until }, { how: 'hand', ...word, at })
  print(isOurs ? `${number} is valid until ${day}` : `no driver has licence ${number}`)
  return isOurs ? 0 : 1
}
