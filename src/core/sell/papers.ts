/** Papers without which nobody carries a load for others; each verified, and good until it has arrived. */
export const CARRIER_PAPERS = ['identity'] as const

const DAY_METRES = 450_000

/** Days that a load keeps its vehicle, the day it is loaded among them. @param metres by road */
export const daysOnRoad = (metres: number): number => 1 + Math.floor(metres / DAY_METRES)
