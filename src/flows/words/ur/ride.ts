import type { ride as en } from '../en/ride.ts'
import type { Same } from '../same.ts'

export const ride: Same<typeof en> = {
  menuRide: 'بائیک',
  rideFrom: 'آپ کہاں ہیں؟ چنیں یا جگہ یا سٹاپ نمبر لکھیں۔',
  rideTo: 'کہاں جانا ہے؟ چنیں یا جگہ یا سٹاپ نمبر لکھیں۔',
  rideAgain: 'پھر {from} -> {to}',
  rideSummary: 'بائیک {from} -> {to}',
  rideInCash: 'ہاں، نقد',
  rideDraft: 'بائیک کا سفر',
  booked: 'سفر {code}: {driver}، نمبر {plate}، فون {phone}۔ شروع کا کوڈ {start}۔',
  onTheWay: 'سفر {code}: {driver} کے ساتھ {to} کے راستے میں۔',
  rating: 'آپ پہنچ گئے۔ {driver} کیسا تھا؟ 5 بہترین ہے۔',
  riderFound:
    'ڈرائیور {driver}، {plate}، {minutes} منٹ دور۔ فون پر {price} منظور کریں۔ سفر {code}۔ منسوخ {code}',
  receipt:
    'ادا {price}، سفر {code}، {from} سے {to}۔ {driver} {plate}، {phone}۔ کوڈ {start}۔ منسوخ {code}۔ مدد {help}',
  cashTrip:
    'سفر {code}: {driver} کو {price} نقد دیں۔ {phone}، {plate}۔ کوڈ {start}۔ منسوخ {code}۔ مدد {help}',
  driverHere: 'ڈرائیور {driver} انتظار میں ہے، نمبر {plate}۔ شروع کا کوڈ {start} دیں۔',
  goPickUp: 'کام {code}: {from} جائیں۔ گاہک {phone}۔ {pay} پہنچ کر جواب دیں: پہنچا {code}',
  atPickUp: 'کام {code}: گاہک سے شروع کا کوڈ لیں اور جواب دیں: شروع {code} اور کوڈ۔',
  arrivedVerb: 'میں پہنچ گیا',
  startVerb: 'شروع کا کوڈ',
  doneVerb: 'ہم پہنچ گئے',
  riding: 'کام {code}: گاہک کو {to} لے جائیں۔ پہنچ کر جواب دیں: مکمل {code}',
  rideBy: 'بائیک یا گاڑی؟',
  byMoto: 'موٹر سائیکل سے',
  byCar: 'گاڑی سے',
  carSummary: 'گاڑی {from} -> {to}',
  carHolding: 'گاڑی ڈھونڈ رہے ہیں۔ SMS آئے گا۔',
  carNobody: 'معذرت، گاڑی نہیں ملی۔ کچھ ادا نہیں کرنا۔ بعد میں کوشش کریں۔',
  carNobodyPaid: 'معذرت، سفر {code} کی گاڑی نہیں ملی۔ {price} واپس آئیں گے۔',
  carLeft: 'آپ کا ڈرائیور نہیں آ سکتا۔ دوسرا ڈھونڈ رہے ہیں۔',
  driverWaits:
    'ڈرائیور {driver} پہنچ گیا، نمبر {plate}۔ شروع کا کوڈ {start}۔ {free} منٹ مفت، پھر {rate} نقد۔',
  waited: 'سفر {code}: {driver} نے {waited} منٹ انتظار کیا: {waiting}۔ {due} نقد دیں۔ مدد {help}',
  priceFirst: 'آغاز',
  priceDistance: 'فاصلہ',
  priceFar: 'لمبا راستہ',
  priceWeight: 'وزن',
  priceRounding: 'گول رقم',
  priceUsual: 'ہماری قیمت',
  priceHour: 'وقت',
  priceDemand: 'طلب',
  priceCap: 'قانونی حد',
  priceWaiting: 'انتظار',
}
