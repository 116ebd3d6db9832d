import type { Office } from './channels/rest/parts.ts'
import type { Clock } from './core/base/clock.ts'
import type { Run } from './core/run/run.ts'
import { passengerManifest } from './flows/booking/passenger.ts'
import type { Db } from './integrations/postgres/connect.ts'
import { createEarnings } from './integrations/postgres/earnings.ts'
import { createFleet } from './integrations/postgres/fleet.ts'
import { createLedger } from './integrations/postgres/ledger.ts'
import { createPartners } from './integrations/postgres/partners.ts'
import type { Tx } from './integrations/postgres/store.ts'
import { createTimetableDesk } from './integrations/postgres/timetable-desk.ts'
import { statementPdf } from './integrations/settlement/pdf.ts'
import { calledOffFor } from './rulings.ts'

/** What partners see and change, over one database. @param zone where the operator is */
export const createOffice = (db: Db, run: Run<Tx>, clock: Clock, zone: string): Office => ({
  partners: createPartners(db),
  timetable: createTimetableDesk(db, run.parts.flows),
  fleet: createFleet(db),
  manifest: passengerManifest,
  earnings: createEarnings(db),
  ledger: createLedger(db, clock),
  zone,
  printStatement: (statement) => statementPdf(statement, zone),
  tellCalledOff: (departure, journeys, by, why) => calledOffFor(run, departure, journeys, by, why),
})
