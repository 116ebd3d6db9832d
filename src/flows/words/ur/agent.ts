import type { agent as en } from '../en/agent.ts'
import type { Same } from '../same.ts'

export const agent: Same<typeof en> = {
  menuServe: 'گاہک کے لیے',
  serveWhom: 'گاہک کا فون نمبر؟',
  serveWhat: '{customer} کے لیے کیا بک کریں؟',
  notAgent: 'یہ نمبر رجسٹرڈ ایجنٹ کا نہیں۔',
  notYourself: 'یہ آپ کا اپنا نمبر ہے۔ اپنے لیے مینیو سے بک کریں۔',
  beingBooked: 'ایجنٹ {agent} آپ کے لیے بکنگ بھر رہا ہے۔ بک کرنے سے پہلے پوچھیں گے۔',
  confirmFor: 'ایجنٹ {agent} کی بکنگ:\n{summary}\n{price}۔ ہاں {code}؟',
  customerAsked: 'سفر {code} پر {customer} کی منظوری مانگ رہے ہیں۔ SMS آئے گا۔ منسوخ {code}',
  customerAgreed: 'سفر {code}: {customer} نے ہاں کی۔',
  customerDeclined: 'سفر {code}: {customer} نے نہیں کی۔ کچھ بک نہیں ہوا۔',
  customerSilent: 'سفر {code}: {customer} نے جواب نہیں دیا۔ کچھ بک نہیں ہوا۔',
  customerSpared: 'اس گاہک سے ابھی نہیں پوچھ سکتے۔ کچھ بک نہیں ہوا۔ وہ خود بک کر سکتا ہے۔',
  agentFlooding: 'بہت سے گاہکوں نے جواب نہیں دیا۔ ایک گھنٹے بعد کوشش کریں۔',
  agentEarned: 'سفر {code} مکمل: {price} آپ کے۔',
}
