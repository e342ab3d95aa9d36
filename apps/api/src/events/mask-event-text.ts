import { replaceXmlTexts } from '@orgmirror/wecom';
import { maskValue, type SensitiveFieldName } from '../directory/sensitive/sensitive-fields.ts';

/** Elements of events that hold what the directory keeps encrypted. */
const directoryFields: Readonly<Record<string, SensitiveFieldName>> = {
  Mobile: 'mobile',
  Email: 'email',
  BizMail: 'bizMail',
  Address: 'address',
};
/** Contact data of a member, fields defined by the enterprise, and messages to the app. */
const hidden = new Set(['Telephone', 'Value', 'Url', 'Content', 'Latitude', 'Longitude', 'Label', 'PicUrl']);

/**
 * An event's text as it is kept: sensitive values are masked before it is stored, since nothing ever reads
 * them: an event is a hint, what it says is read again.
 */
export const maskEventText = (text: string): string =>
  replaceXmlTexts(text, (name, value) => {
    const field = Object.hasOwn(directoryFields, name) ? directoryFields[name] : undefined;
    if (field !== undefined) return maskValue(field, value);
    return hidden.has(name) && value !== '' ? '***' : undefined;
  });
