import type { Clock } from '../../core/base/clock.ts'
import type { Ids } from '../../core/base/id.ts'
import type { DriverClaims } from '../../core/move/drivers.ts'
import { motoMinutes, roadMetres } from '../../core/move/places.ts'
import type { Draft } from '../../core/run/draft.ts'
import { type Errand, type Handlers, write } from '../../core/run/handler.ts'
import type { Ledgered } from '../../core/run/store.ts'
import { type TrackingContext, trackingContext, trackingEffects } from './model.ts'

type Tx = Ledgered & { readonly drivers: DriverClaims }

/** A driver who has not been seen for this long is not offered anything. */
const SEEN_WITHIN_MS = 12 * 3_600_000

/** What a journey does to drivers, each in the transaction that records it. */
export function trackingHandlers({ clock, ids }: { readonly clock: Clock; readonly ids: Ids }): Handlers<Tx> {
  return {
    seekDriver: write(
      'booking',
      trackingEffects.seekDriver,
      async ({ line, near, except }, errand, tx: Tx, draft) => {
        const journey = await journeyOf(draft, errand)
        if (journey?.state !== 'seeking') return undefined
        await tx.drivers.release(journey.context.id)
        const seenSince = clock.now() - SEEN_WITHIN_MS
        const driver = await tx.drivers.offerNearest({
          line,
          near,
          except,
          seenSince,
          journey: journey.context.id,
        })
        if (!driver) return { type: 'NOBODY' }
        const { id, phone, name, plate } = driver
        const codes = { startCode: ids.digits(4), returnCode: ids.digits(4) }
        const minutes = motoMinutes(roadMetres(driver, near))
        return { type: 'OFFERED', driver: { id, phone, name, plate, minutes, ...codes } }
      },
    ),
    takeDriver: write('booking', trackingEffects.takeDriver, async ({ driver }, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      const isStillTheirs =
        journey !== null &&
        journey.context.driver?.phone === driver &&
        journey.state !== 'failed' &&
        journey.state !== 'done'
      if (isStillTheirs && !(await tx.drivers.take(journey.context.id, driver)))
        throw new Error("an accepted offer was not the driver's")
      return undefined
    }),
    releaseDriver: write('booking', trackingEffects.releaseDriver, async (_, errand, tx: Tx) => {
      if (errand.about) await tx.drivers.release(errand.about.id)
      return undefined
    }),
  }
}

async function journeyOf(
  draft: Draft,
  { about }: Errand,
): Promise<{ readonly state: string; readonly context: TrackingContext } | null> {
  const journey = about && (await draft.get(about))
  return journey ? { state: journey.state, context: trackingContext.parse(journey.context) } : null
}
