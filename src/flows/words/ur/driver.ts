import type { driver as en } from '../en/driver.ts'
import type { Same } from '../same.ts'

export const driver: Same<typeof en> = {
  wrongCode: 'کوڈ درست نہیں۔',
  menuShiftOn: 'کام شروع',
  menuShiftOff: 'کام بند',
  menuJob: 'میرا کام',
  noSuchJob: 'کام {code} آپ کا نہیں یا کسی اور نے لے لیا۔',
  onShift: 'آپ کام پر ہیں۔ کام SMS سے آئیں گے۔',
  offShift: 'آپ نے کام بند کیا۔ آرام کریں۔',
  notDriver: 'یہ نمبر رجسٹرڈ ڈرائیور کا نہیں۔',
  offer: 'کام {code}: {from} -> {to}، {price}۔ جواب دیں: ہاں {code} یا نہیں {code}',
  offerGone: 'کام {code} دوسرے ڈرائیور کو ملا۔',
  notTaken: 'کام {code} آپ کو نہیں مل سکتا: کیا لائسنس درست ہے؟ {help}۔',
  jobTaken: 'کام {code} آپ کا ہے۔ رکیں: گاہک ادائیگی کر رہا ہے۔',
  jobDeclined: 'ٹھیک ہے۔ اگلا کام آئے گا۔',
  paidAlready: 'فون سے ادا ہو چکا۔',
  takeCash: '{price} نقد لیں۔',
  dropVerb: 'میں نہیں آ سکتا',
  jobClaimed: 'کام {code}: گاہک سے پوچھ رہے ہیں۔ وہ مانے یا 2 دن اعتراض نہ کرے تو {price} آپ کے۔',
  jobDone: 'کام {code} مکمل: {price}۔ شکریہ۔',
  jobCancelled: 'کام {code} منسوخ۔ آپ فارغ ہیں۔',
  jobLocked: 'کئی غلط کوڈ۔ کام {code}: {help} پر کال کریں۔',
  jobRedirected: 'کام {code}: نئی منزل {to}۔ فون سے ادا ہو چکا۔',
  jobRedirectedCash: 'کام {code}: نئی منزل {to}۔ کل {price} نقد لیں۔',
  takeWaited: '{minutes} منٹ انتظار ہوا: {price} نقد لیں۔',
  jobRate: 'کام {code} مکمل: {price}۔ گاہک کیسا تھا، 1 سے 5؟',
}
