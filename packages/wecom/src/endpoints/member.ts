import { z } from 'zod';
import {
  createObjectReader,
  type FieldReader,
  isJsonObject,
  readInteger,
  readList,
  readString,
} from '../field-readers.ts';
import { requiredUserid } from './fields.ts';

/** A custom field of a member; private editions send `value` directly and no `type`. */
export interface WecomExtAttr {
  /** 0 text, 1 web page, 2 mini program; absent in private editions. */
  readonly type?: number;
  readonly name: string;
  readonly value?: string;
  readonly text?: { readonly value?: string };
  readonly web?: { readonly url?: string; readonly title?: string };
}

/**
 * A member as user/get and user/list return it (document/path/96255 and 96260). A field that is absent was
 * not visible to this app, which is not the same as an empty one: since 2022-06-20 new apps get no avatar,
 * gender, mobile, email, biz_mail, qr_code or address. Unlisted fields are kept as they came.
 */
export interface WecomMember {
  /** Unique without regard to case; kept in the case WeCom gave. */
  readonly userid: string;
  readonly name?: string;
  /** Departments of the member, only visible ones; `order` and `is_leader_in_dept` align with it by index. */
  readonly department?: readonly number[];
  /** 0 … 2^32-1 each, larger comes earlier; may be empty although `department` is not. */
  readonly order?: readonly number[];
  readonly position?: string;
  readonly mobile?: string;
  /** "1" male, "2" female, "0" undefined or not visible. */
  readonly gender?: string;
  readonly email?: string;
  readonly biz_mail?: string;
  /** 1 or 0 each; may be empty although `department` is not. */
  readonly is_leader_in_dept?: readonly number[];
  readonly direct_leader?: readonly string[];
  readonly avatar?: string;
  readonly thumb_avatar?: string;
  readonly telephone?: string;
  readonly alias?: string;
  readonly address?: string;
  readonly open_userid?: string;
  /** May be absent or lie outside the visible range. */
  readonly main_department?: number;
  readonly extattr?: { readonly attrs: readonly WecomExtAttr[] };
  /** 1 activated, 2 disabled, 4 not activated, 5 left the company; others are passed on. */
  readonly status?: number;
  readonly qr_code?: string;
  readonly external_position?: string;
  readonly external_profile?: Readonly<Record<string, unknown>>;
  /** Private editions only. */
  readonly english_name?: string;
  /** Private editions only: 0 or 1. */
  readonly hide_mobile?: number;
  /** Private editions only: 0 or 1. */
  readonly enable?: number;
}

/** What every member must have; the rest is read field by field. */
export const memberAnswer = z.looseObject({ userid: requiredUserid });

const ignore = (): void => undefined;

/** Reads an object made of the fields in `readers`; anything else reads as not visible. */
function readObject<T extends object>(
  readers: Parameters<typeof createObjectReader<T>>[0],
  isComplete: (value: T) => boolean = () => true,
): FieldReader<T> {
  const read = createObjectReader<T>(readers);
  return (value) => {
    if (!isJsonObject(value)) return undefined;
    const object = read(value, ignore);
    return isComplete(object) ? object : undefined;
  };
}

const readExtAttr = readObject<WecomExtAttr>(
  {
    type: readInteger,
    name: readString,
    value: readString,
    text: readObject({ value: readString }),
    web: readObject({ url: readString, title: readString }),
  },
  (attr) => attr.name !== undefined,
);

/** Reads a member whose userid `memberAnswer` has proven. */
export const readMember = createObjectReader<WecomMember>({
  userid: readString,
  name: readString,
  department: readList(readInteger),
  order: readList(readInteger),
  position: readString,
  mobile: readString,
  gender: readString,
  email: readString,
  biz_mail: readString,
  is_leader_in_dept: readList(readInteger),
  direct_leader: readList(readString),
  avatar: readString,
  thumb_avatar: readString,
  telephone: readString,
  alias: readString,
  address: readString,
  open_userid: readString,
  main_department: readInteger,
  extattr: readObject({ attrs: readList(readExtAttr) }, (extattr) => extattr.attrs !== undefined),
  status: readInteger,
  qr_code: readString,
  external_position: readString,
  external_profile: (value) => (isJsonObject(value) ? value : undefined),
  english_name: readString,
  hide_mobile: readInteger,
  enable: readInteger,
});
