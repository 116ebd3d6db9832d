import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Miss } from './misses.ts'

export type Position = { readonly lat: number; readonly lng: number }

/** Somewhere people name: a stage, a landmark, a market. */
export type Place = Position & {
  readonly id: string
  readonly name: string
  /** The sector or district it lies in. */
  readonly area: string
  /** Number painted at the stage; keyed where letters cannot be. */
  readonly stage: number | null
}

/** Which places are meant: a town's stages and landmarks, or towns; of one country, or of any. */
export type Within = { readonly layer: 'stage' | 'city'; readonly country: string | null }
export const STAGES: Within = { layer: 'stage', country: null }
/** Towns, wherever they are. */
export const TOWNS: Within = { layer: 'city', country: null }

/** Where people say they are. */
export interface Places {
  /** Best first, at most `limit`. `sure` when the first is plainly what was meant. */
  find(
    text: string,
    limit: number,
    within: Within,
  ): Promise<{ readonly places: readonly Place[]; readonly sure: boolean }>
  popular(limit: number, within: Within): Promise<readonly Place[]>
  /** The areas that have any, the one with the most asked-for place first. */
  areas(limit: number, within: Within): Promise<readonly string[]>
  inArea(area: string, limit: number, within: Within): Promise<readonly Place[]>
  byId(id: string): Promise<Place | null>
  nearest(position: Position, within: Within): Promise<Place | null>
}

/** What journeys teach of the names of places, in the transaction that ends them. */
export interface PlaceLessons {
  /** Keeps what a person meant; a name that enough people meant one place by is that place's from then on. */
  learn(misses: readonly Miss[], person: Msisdn, at: Instant): Promise<void>
}

/** Where a driver was last seen. */
export type Sighting = Position & { readonly at: Instant }

const EARTH_RADIUS_M = 6_371_000
// Kigali's roads wind around hills: a way by road is about this much longer than the line on the map.
const ROAD_FACTOR = 1.35

/** Metres by road, estimated from the great circle (haversine). */
export function roadMetres(from: Position, to: Position): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const dLat = rad(to.lat - from.lat)
  const dLng = rad(to.lng - from.lng)
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(rad(from.lat)) * Math.cos(rad(to.lat)) * Math.sin(dLng / 2) ** 2
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(h)) * ROAD_FACTOR)
}

const MOTO_METRES_PER_MINUTE = 400

/** Whole minutes a moto needs for the way, at least one. */
export const motoMinutes = (metres: number): number =>
  Math.max(1, Math.round(metres / MOTO_METRES_PER_MINUTE))
