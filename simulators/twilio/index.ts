import type { Route } from '../http.ts'
import type { World } from '../simulator.ts'
import { calls } from './calls.ts'
import { createTexts } from './texts.ts'

/** Twilio: texts and calls, with the phones that use them, under `/twilio/`. */
export function twilio(world: World): Route[] {
  const { box, routes } = createTexts(world)
  return [...routes, ...calls(world, box)]
}
