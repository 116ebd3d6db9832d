import type { Route } from '../route.ts'
import { paperRoutes, vehicleRoutes } from './fleet.ts'
import { earningRoutes } from './money.ts'
import type { OfficeParts } from './office.ts'
import { memberRoutes, officeList } from './people.ts'
import { departureRoutes, priceRoutes } from './timetable.ts'

/** What partners see and change: what is theirs, and nothing else. */
export const partnerRoutes = (parts: OfficeParts): readonly Route[] => [
  officeList(parts),
  ...priceRoutes(parts),
  ...departureRoutes(parts),
  ...vehicleRoutes(parts),
  ...paperRoutes(parts),
  ...earningRoutes(parts),
  ...memberRoutes(parts),
]
