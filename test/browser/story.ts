/** What the gateway with one story says, on each channel: one ride, Nyabugogo to Kimironko. */

/** USSD: the answer to everything typed so far. */
export const SCREENS: Readonly<Record<string, string>> = {
  '': 'CON Welcome to Inzira\n1 Ride a moto\n2 My trips\n3 Help',
  '1': 'CON Where are you?\n1 Nyabugogo\n2 Remera\n3 Kacyiru\nor type a place\n0 Back',
  '1*1': 'CON Where to?\n1 Remera\n2 Kacyiru\n3 Downtown\nor type a place\n0 Back',
  '1*1*Kimironko': 'CON Moto Nyabugogo to Kimironko\nRWF 1,150\n1 Yes\n2 No\n0 Back',
  '1*1*Kimironko*1': 'END Finding a rider. We will text you.',
}
export const BOOKED = '1*1*Kimironko*1'

export const JOB = 'Job 4821: Nyabugogo to Kimironko, RWF 1,150. Reply YES 4821 or NO 4821'
export const COMING =
  'Jean Bosco is coming, 4 min. Moto RF 123 C. Start code 7306. Pay RWF 1,150 on your phone.'
export const RECEIPT = 'Paid RWF 1,150. Thank you! Rate your ride: reply RATE 5'

export const PLACES = {
  type: 'list',
  body: { text: 'Where are you now? Choose, write a place, or send a pin.' },
  action: {
    button: 'Places',
    sections: [
      {
        title: 'Places',
        rows: [
          { id: 'nyabugogo', title: 'Nyabugogo', description: 'Bus park, gate 2' },
          { id: 'remera', title: 'Remera', description: 'Taxi park' },
        ],
      },
    ],
  },
}
export const QUOTE = {
  type: 'button',
  body: { text: 'Moto Nyabugogo to Kimironko, RWF 1,150. Shall we find a rider?' },
  action: {
    buttons: [
      { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
      { type: 'reply', reply: { id: 'no', title: 'No' } },
    ],
  },
}

const digits = (say: string) =>
  `<Response><GetDigits numDigits="1" timeout="20"><Say>${say}</Say></GetDigits></Response>`

/** Voice: a missed call is refused, then the call back asks. */
export const REFUSED = '<Response><Reject/></Response>'
export const ASKED = digits('Welcome to Inzira. For a moto from Nyabugogo to Kimironko, press 1.')
export const THANKED = '<Response><Say>Thank you. We are finding a rider, and will text you.</Say></Response>'
