import assert from 'node:assert/strict'
import {
  daysBetween,
  MAX_DAYS_AHEAD,
  momentOf,
  readDay,
  reminders,
  tellDay,
} from '../../src/core/base/day.ts'

const ZONES = ['Africa/Kigali', 'Africa/Algiers', 'Europe/Paris', 'America/New_York'] as const
const KIGALI = 'Africa/Kigali'
const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 24 * 3_600_000]
const at = (text: string) => Date.parse(text)

/** A Sunday morning in Kigali. */
const NOW = at('2026-11-22T09:20:30+02:00')
const read = (text: string, now = NOW, zone: string = KIGALI) => readDay(text, { now, zone })?.from ?? null
const told = (text: string, now = NOW) => {
  const from = read(text, now)
  return from === null ? null : new Date(from + 2 * HOUR_MS).toISOString().slice(0, 16)
}

const MEANT: Readonly<Record<string, readonly string[]>> = {
  '2026-11-23T00:00': [
    ...['tomorrow', 'Demain', 'DEMAIN ', 'ejo', 'Ejo hazaza', 'monday', 'Mon', 'mon.', 'lundi', 'lun'],
    ...['ku wa mbere', 'Kuwa mbere', 'mbere', '23/11', '23-11', '23.11', '23 11', '23/11/2026', '23/11/26'],
    ...['2026-11-23', '2026/11/23', '23 nov', '23 Nov.', 'nov 23', 'Nov. 23rd, 2026', '23rd november'],
    ...['le 23 novembre', 'lundi 23 novembre', 'Monday 23/11', '23 ugushyingo', 'tariki ya 23 ugushyingo'],
    ...['ku wa mbere tariki 23/11', '23-nov-2026', '２３/１１', '٢٣/١١', '23nov'],
    ...[
      'kesho',
      'Jumatatu',
      'tarehe 23 Novemba',
      'غدا',
      'غدًا',
      'الاثنين',
      'يوم الإثنين',
      '٢٣ نوفمبر',
      'يوم 23/11',
    ],
    ...['کل', 'پیر', '۲۳ نومبر'],
  ],
  '2026-11-24T00:00': [
    ...['the day after tomorrow', 'après-demain', 'apres demain', 'Après\u2011demain'],
    ...['ejobundi', 'ejo bundi', 'tuesday', 'tues', 'mardi', 'mar', 'kuwa kabiri'],
    ...['kesho kutwa', 'jumanne', 'بعد غد', 'الثلاثاء', 'پرسوں', 'منگل'],
  ],
  '2026-11-25T00:00': ['wed', 'mercredi', 'mer', 'ku wa gatatu', 'jumatano', 'الأربعاء', 'بدھ'],
  '2026-11-26T00:00': ['thu', 'thurs', 'jeudi', 'jeu.', 'kuwa kane', 'alhamisi', 'الخميس', 'جمعرات'],
  '2026-11-27T00:00': ['fri', 'vendredi', 'ven', 'kuwa gatanu', 'ijumaa', 'الجمعة', 'الجمعه', 'جمعہ'],
  '2026-11-28T00:00': ['sat', 'samedi', 'sam', 'kuwa gatandatu', 'jumamosi', 'السبت', 'ہفتہ'],
  '2026-11-23T14:00': [
    'demain 14h',
    'demain à 14 h',
    'tomorrow at 2pm',
    'ejo 2 p.m.',
    'lundi 14 heures',
    '23/11 14:00',
  ],
  '2026-11-23T14:30': [
    'ejo 14:30',
    '23.11 14.30',
    '23/11, 14h30',
    'nov 23 2:30pm',
    '23 11 2026 14h30',
    'غدا الساعة 14:30',
    'کل ۱۴:۳۰',
  ],
  '2026-11-23T00:05': ['tomorrow 0:05', 'tomorrow 12:05am'],
  '2026-11-23T12:00': ['tomorrow 12pm', 'demain 12h'],
  '2026-11-22T09:20': [
    'today',
    "aujourd'hui",
    'Aujourd’hui',
    'auj',
    'uyu munsi',
    'sunday',
    'dim.',
    'ku cyumweru',
    '22/11',
  ],
  '2026-11-22T18:00': ['today 18h', 'dimanche 18h', 'uyu munsi 6pm'],
  '2026-12-01T00:00': ['1/12', '1er décembre', '1 ukuboza', 'dec 1', '01.12.2026'],
  '2027-01-05T00:00': ['5/1', '5 january', '5 mutarama', '5 janv.', '2027-01-05'],
  '2027-02-20T00:00': ['20/02', '20 février', '20 gashyantare', '20 feb 2027'],
}

/** What is no day, no such day, past, too far, or may be two days. */
const NEVER = [
  ...[
    '',
    ' ',
    'soon',
    'yesterday',
    'hier',
    'ejo hashize',
    '14h',
    '14:30',
    '22',
    '2211',
    'next monday',
    'saa 2',
  ],
  ...[
    '31/02',
    '30 feb',
    '31 nov',
    '00/12',
    '0/0',
    '29/02/2027',
    '2026-13-01',
    '2026-11-31',
    '11/23',
    '12/25/2026',
  ],
  ...['21/11', '22/11/2025', '2025-12-01', '1 nov', 'today 9h', 'today 09:19', 'sunday 8h'],
  ...['21/02', '21 feb 2027', '1 june', '22/11/2027', '22/11/22'],
  ...[
    'mar 24',
    'kan 3',
    '5 jui',
    '5 ju',
    'gat',
    'monday 24/11',
    'mardi 23 novembre',
    'tomorrow 24:00',
    'ejo 14:60',
  ],
  ...[
    'demain 25h',
    'demain 13pm',
    'demain 0am',
    'demain matin',
    '23/11-2026',
    '23/11 14',
    'ejo saa 2',
    '23/11 x',
  ],
  'tomorrow '.repeat(20),
]

describe('a day that people say', () => {
  for (const [day, texts] of Object.entries(MEANT))
    it(`is ${day} as ${texts.slice(0, 4).join(', ')} …`, () => {
      assert.deepEqual(
        texts.map((text) => [text, told(text)]),
        texts.map((text) => [text, day]),
      )
    })

  it('is never guessed', () => {
    assert.deepEqual(
      NEVER.map((text) => [text, told(text)]),
      NEVER.map((text) => [text, null]),
    )
  })

  it('has months in three languages', () => {
    const months = [
      ...[
        'january janvier mutarama',
        'february fevrier gashyantare',
        'march mars werurwe',
        'april avril mata',
      ],
      ...['may mai gicurasi', 'june juin kamena', 'july juillet nyakanga', 'august aout kanama'],
      ...['september septembre nzeri', 'october octobre ukwakira', 'november novembre ugushyingo'],
      'december decembre ukuboza',
    ]
    for (const [n, names] of months.entries()) {
      const now = at(`2027-${String(n + 1).padStart(2, '0')}-01T08:00:00Z`)
      for (const name of names.split(' '))
        assert.equal(
          read(`28 ${name}`, now),
          at(`2027-${String(n + 1).padStart(2, '0')}-28T00:00:00+02:00`),
          name,
        )
    }
  })

  it('may be 29 February in a leap year only', () => {
    assert.equal(told('29/02', at('2028-02-01T08:00:00Z')), '2028-02-29T00:00')
    assert.equal(told('29/02', at('2027-02-01T08:00:00Z')), null)
  })

  it('is at most 90 days ahead, and today at the least', () => {
    const days = Array.from({ length: 400 }, (_, n) => n - 200)
    for (const n of days) {
      const day = new Date(NOW + n * DAY_MS).toISOString().slice(0, 10)
      assert.equal(read(day) !== null, n >= 0 && n <= MAX_DAYS_AHEAD, day)
    }
  })

  it('begins now when it has begun, and may be said of the minute that is running', () => {
    assert.equal(read('today'), NOW)
    assert.equal(read('today 9:20'), NOW)
    assert.equal(read('today 9:21'), at('2026-11-22T09:21:00+02:00'))
  })

  it('is today where people are, not where we are', () => {
    const now = at('2026-11-22T23:30:00Z')
    assert.equal(read('today', now), now)
    assert.equal(read('22/11', now), null)
    assert.equal(read('22/11', now, 'America/New_York'), now)
    assert.equal(read('tomorrow', now, 'America/New_York'), at('2026-11-23T00:00:00-05:00'))
    assert.throws(() => read('today', now, 'Africa/Nowhere'), RangeError)
  })

  it('keeps its clock where clocks are changed', () => {
    const before = at('2026-10-24T10:00:00Z')
    assert.equal(read('demain 0:30', before, 'Europe/Paris'), at('2026-10-25T00:30:00+02:00'))
    assert.equal(read('demain 4h', before, 'Europe/Paris'), at('2026-10-25T04:00:00+01:00'))
    assert.equal(read('26/10', before, 'Europe/Paris'), at('2026-10-26T00:00:00+01:00'))
  })

  it('moves a time that is left out forward, and takes the first of two that is still to come', () => {
    const spring = at('2026-03-28T10:00:00Z')
    assert.equal(read('29/03 2:30', spring, 'Europe/Paris'), at('2026-03-29T03:30:00+02:00'))
    assert.equal(
      read('8 march 2:30am', at('2026-03-07T10:00:00Z'), 'America/New_York'),
      at('2026-03-08T03:30:00-04:00'),
    )
    const [first, second] = [at('2026-10-25T02:30:00+02:00'), at('2026-10-25T02:30:00+01:00')]
    assert.equal(read('25/10 2:30', first - DAY_MS, 'Europe/Paris'), first)
    assert.equal(read('25/10 2:30', first + 10 * MINUTE_MS, 'Europe/Paris'), second)
    assert.equal(read('25/10 2:30', second + 10 * MINUTE_MS, 'Europe/Paris'), null)
  })
})

describe('a day that we tell', () => {
  it('is numbers', () => {
    assert.equal(tellDay(at('2026-11-22T05:30:00Z'), KIGALI), '22/11 07:30')
    assert.equal(tellDay(at('2026-01-02T05:03:00Z'), 'America/New_York'), '02/01 00:03')
    assert.throws(() => tellDay(NOW, 'Africa/Nowhere'), RangeError)
  })

  for (const zone of ZONES)
    it(`is read back as itself over 400 days in ${zone}`, function () {
      this.timeout(20_000)
      const begin = at('2026-01-01T00:00:00Z')
      let twice = 0
      for (let day = 0; day < 400; day += 1)
        for (const hours of [0, 1, 6.5, 7.5, 16.75]) {
          const leavesAt = begin + day * DAY_MS + hours * HOUR_MS
          const text = tellDay(leavesAt, zone)
          const from = read(text, leavesAt - (1 + (day % 60)) * DAY_MS, zone) ?? Number.NaN
          // Numbers cannot tell the two hours apart that clocks show twice.
          if (from === leavesAt - HOUR_MS && tellDay(from, zone) === text) twice += 1
          else assert.equal(from, leavesAt, text)
        }
      assert.equal(twice, TWICE[zone])
    })
})

/** Of the moments looked at, those that clocks show a second time; Kigali and Algiers never change theirs. */
const TWICE = { 'Africa/Kigali': 0, 'Africa/Algiers': 0, 'Europe/Paris': 1, 'America/New_York': 1 } as const

describe('reminders', () => {
  it('come at the same local time the day before, and two hours before', () => {
    assert.deepEqual(reminders(at('2026-11-22T07:30:00+02:00'), KIGALI), [
      at('2026-11-21T07:30:00+02:00'),
      at('2026-11-22T05:30:00+02:00'),
    ])
    assert.throws(() => reminders(NOW, 'Africa/Nowhere'), RangeError)
  })

  it('keep the clock, not the hours, where clocks are changed', () => {
    const [spring] = reminders(at('2026-03-29T08:00:00+02:00'), 'Europe/Paris')
    assert.equal(spring, at('2026-03-28T08:00:00+01:00'))
    const [autumn, late] = reminders(at('2026-10-25T03:30:00+01:00'), 'Europe/Paris')
    assert.equal(autumn, at('2026-10-24T03:30:00+02:00'))
    assert.equal(late, at('2026-10-25T02:30:00+02:00'))
    const [leftOut] = reminders(at('2026-03-30T02:30:00+02:00'), 'Europe/Paris')
    assert.equal(leftOut, at('2026-03-29T03:30:00+02:00'))
  })

  for (const zone of ZONES)
    it(`are in order and at the same clock over 400 days in ${zone}`, () => {
      for (let day = 0; day < 400; day += 1) {
        const leavesAt = at('2026-01-01T13:30:00Z') + day * DAY_MS
        const [early, late] = reminders(leavesAt, zone)
        assert.ok(early < late && late < leavesAt)
        assert.equal(leavesAt - late, 2 * HOUR_MS)
        assert.equal(tellDay(early, zone).slice(6), tellDay(leavesAt, zone).slice(6))
      }
    })
})

describe('the days between two moments', () => {
  it('are every day that some of the time lies in', () => {
    const days = daysBetween(at('2026-11-22T23:59:00+02:00'), at('2026-11-24T00:00:00+02:00'), KIGALI)
    assert.deepEqual(days, [
      { date: '2026-11-22', weekday: 7 },
      { date: '2026-11-23', weekday: 1 },
    ])
    assert.deepEqual(daysBetween(NOW, NOW, KIGALI), [])
    assert.throws(() => daysBetween(NOW, NOW + 401 * DAY_MS, KIGALI), RangeError)
  })

  it('have no times that there are not', () => {
    const time = { hour: 7, minute: 30 }
    assert.equal(momentOf({ date: '2026-11-22', weekday: 7 }, time, KIGALI), at('2026-11-22T05:30:00Z'))
    assert.throws(() => momentOf({ date: '2026-02-31', weekday: 7 }, time, KIGALI), RangeError)
    assert.throws(
      () => momentOf({ date: '2026-11-22', weekday: 7 }, { hour: 25, minute: 0 }, KIGALI),
      RangeError,
    )
  })
})
