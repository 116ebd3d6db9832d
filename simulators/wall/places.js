// @ts-check
/** @import { Pin } from './types.js' */

/** Where the person with the smartphone may be standing. @type {readonly Required<Pin>[]} */
export const pins = [
  { name: 'Nyabugogo', latitude: -1.9398, longitude: 30.0446 },
  { name: 'Kimironko', latitude: -1.9496, longitude: 30.1262 },
  { name: 'Remera', latitude: -1.9583, longitude: 30.1187 },
  { name: 'Kacyiru', latitude: -1.9368, longitude: 30.0835 },
]
