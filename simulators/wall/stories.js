// @ts-check
/** @import { Pin, Story } from './types.js' */

// Numbers of carriers, clerks and conductors are those of the demo seed; the customers' are nobody's.

/** @param {string} name @param {number} latitude @param {number} longitude @returns {Required<Pin>} */
const pin = (name, latitude, longitude) => ({ name, latitude, longitude })

const kigali = [
  pin('Nyabugogo', -1.9398, 30.0446),
  pin('Kimironko', -1.9496, 30.1262),
  pin('Remera', -1.9583, 30.1187),
  pin('Kacyiru', -1.9368, 30.0835),
]

/** What can be played on the wall, each in a minute. @type {readonly [Story, ...Story[]]} */
export const stories = [
  {
    id: 'moto',
    where: 'Kigali',
    what: 'a moto',
    press:
      'Dial, then 1 Ride, two places, 1 Yes. The rider taps YES; approve the payment, and tell the rider the start code.',
    phones: ['+250788000001', '+250788000002', '+250788000003'],
    asked: { phone: '+250788100001', name: 'The rider', does: 'Jobs by SMS' },
    openings: ['RIDE Nyabugogo to Kimironko', 'MOTO Remera kugera Kacyiru'],
    pins: kigali,
  },
  {
    id: 'parcel',
    where: 'Kigali',
    what: 'a parcel',
    press:
      'Dial, then Parcel, two places, +250788000013, 5kg. Pay; the rider collects it, and needs the code that the third phone gets.',
    phones: ['+250788000011', '+250788000012', '+250788000013'],
    asked: { phone: '+250788100001', name: 'The rider', does: 'Parcels by SMS' },
    openings: ['PARCEL Remera to Nyabugogo +250788000013 5kg'],
    pins: kigali,
  },
  {
    id: 'bus',
    where: 'Algiers to Oran',
    what: 'a bus seat',
    press:
      'Dial, then Bus, Alger, Oran, "tomorrow 8:00", the first, 1 seat. Pay by the link in Messages; the conductor texts BOARD and the ticket.',
    phones: ['+213550020001', '+213550020002', '+213550020003'],
    asked: { phone: '+213550010122', name: 'The conductor', does: 'Of the 8:00 from Alger' },
    openings: ['BUS Alger to Oran tomorrow 8:00'],
    pins: [
      pin('Alger', 36.7445, 3.095),
      pin('Blida', 36.47, 2.83),
      pin('Chlef', 36.1653, 1.3345),
      pin('Oran', 35.6971, -0.6308),
    ],
  },
  {
    id: 'load',
    where: 'Karachi to Lahore',
    what: 'a load',
    press:
      'In Messages send the load. A carrier offers: BID and a price. TRACK, take it, pay by the link; the carrier texts LOADED, DELIVERED.',
    phones: ['+923000020001', '+923000020002', '+923000020003'],
    asked: { phone: '+923000010001', name: 'The carrier', does: 'Loads and bids by SMS' },
    openings: ['LOAD 10t cement Karachi to Lahore tomorrow'],
    pins: [
      pin('Karachi', 24.8607, 67.0011),
      pin('Hyderabad', 25.396, 68.3578),
      pin('Multan', 30.1575, 71.5249),
      pin('Lahore', 31.5204, 74.3587),
    ],
  },
  {
    id: 'order',
    where: 'Lagos',
    what: 'restock a shop',
    press:
      'Dial, then Order, goods such as 12x3 41x2. Pay by the link or cash; the depot packs it, a rider brings it.',
    phones: ['+2348030000201', '+2348030000202', '+2348030000203'],
    asked: { phone: '+2348030000101', name: 'Depot and rider', does: 'Packing and jobs by SMS' },
    openings: ['ORDER 12x3 41x2'],
    pins: [
      pin('Ikeja', 6.6018, 3.3515),
      pin('Yaba', 6.5095, 3.3711),
      pin('Mushin', 6.5273, 3.3544),
      pin('Lekki', 6.4478, 3.4723),
    ],
  },
]
