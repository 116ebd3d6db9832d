import { agents } from './agents.ts'
import { cards } from './cards.ts'
import type { Command } from './command.ts'
import { credit } from './credit.ts'
import { departures } from './departures.ts'
import { desk } from './desk.ts'
import { licence } from './licence.ts'
import { reconcile } from './reconcile.ts'
import { runs } from './runs.ts'
import { settle } from './settle.ts'
import { verify } from './verify.ts'

/** Every command, by the name it is called by. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  agents,
  cards,
  credit,
  departures,
  desk,
  licence,
  reconcile,
  runs,
  settle,
  verify,
}
