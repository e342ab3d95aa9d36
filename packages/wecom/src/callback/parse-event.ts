import { findChild, parseXml, readChildText, type XmlElement } from './parse-xml.ts';

/** What every message has. */
interface EventHeader {
  /** WeCom's Event, e.g. `change_contact`; of a message that is no event its MsgType, e.g. `text`. */
  readonly event: string;
  /** WeCom's ChangeType, e.g. `update_user`. */
  readonly changeType: string | null;
  /** WeCom's CreateTime. */
  readonly occurredAt: Date | null;
}

/**
 * A message that came to a callback address. It says what changed, never reliably to what: addresses set or
 * edited after
 * 2022-08-15 get ids alone (document/path/96302), and any order and repetition is possible.
 */
export type WecomEvent = EventHeader &
  (
    | {
        readonly kind: 'memberCreated' | 'memberUpdated' | 'memberDeleted';
        readonly userid: string;
        /** The userid from now on, when that is what changed. */
        readonly newUserid: string | null;
      }
    | {
        readonly kind: 'departmentCreated' | 'departmentUpdated' | 'departmentDeleted';
        readonly departmentId: number;
      }
    | { readonly kind: 'tagUpdated'; readonly tagid: number }
    /** An asynchronous job is over, e.g. an export. */
    | { readonly kind: 'jobFinished'; readonly jobid: string }
    /** A member came into the app's sight or left it. */
    | { readonly kind: 'memberSubscribed' | 'memberUnsubscribed'; readonly userid: string }
    /** WeCom took the app out of use, warns that it will, or gave it back. */
    | { readonly kind: 'appClosed' | 'appReopened' }
    /** Anything else; nothing follows from it. */
    | { readonly kind: 'other' }
  );

type EventBody = WecomEvent extends infer E
  ? E extends WecomEvent
    ? Omit<E, keyof EventHeader>
    : never
  : never;

const OTHER = { kind: 'other' } as const satisfies EventBody;

const MEMBER_KINDS = {
  create_user: 'memberCreated',
  update_user: 'memberUpdated',
  delete_user: 'memberDeleted',
} as const;
const DEPARTMENT_KINDS = {
  create_party: 'departmentCreated',
  update_party: 'departmentUpdated',
  delete_party: 'departmentDeleted',
} as const;

/**
 * Reads the decrypted text of a callback.
 * @throws WecomCallbackError of kind malformed when it is no XML
 */
export function parseEvent(text: string): WecomEvent {
  const root = parseXml(text);
  const event = readChildText(root, 'Event') ?? readChildText(root, 'MsgType') ?? root.name;
  const changeType = readChildText(root, 'ChangeType') ?? null;
  return { event, changeType, occurredAt: readTime(root), ...readBody(root, event, changeType) };
}

function readBody(root: XmlElement, event: string, changeType: string | null): EventBody {
  switch (event) {
    case 'change_contact':
      return readContactChange(root, changeType ?? '');
    case 'batch_job_result': {
      const batch = findChild(root, 'BatchJob');
      const jobid = batch && readChildText(batch, 'JobId');
      return jobid === undefined ? OTHER : { kind: 'jobFinished', jobid };
    }
    case 'subscribe':
      return readSubscription(root, 'memberSubscribed');
    case 'unsubscribe':
      return readSubscription(root, 'memberUnsubscribed');
    case 'close_inactive_agent':
      return { kind: 'appClosed' };
    case 'reopen_inactive_agent':
      return { kind: 'appReopened' };
    default:
      return OTHER;
  }
}

function readContactChange(root: XmlElement, changeType: string): EventBody {
  if (isKeyOf(MEMBER_KINDS, changeType)) {
    const userid = readChildText(root, 'UserID');
    if (userid === undefined) return OTHER;
    return { kind: MEMBER_KINDS[changeType], userid, newUserid: readChildText(root, 'NewUserID') ?? null };
  }
  if (isKeyOf(DEPARTMENT_KINDS, changeType)) {
    const departmentId = readId(root, 'Id');
    return departmentId === undefined ? OTHER : { kind: DEPARTMENT_KINDS[changeType], departmentId };
  }
  const tagid = changeType === 'update_tag' ? readId(root, 'TagId') : undefined;
  return tagid === undefined ? OTHER : { kind: 'tagUpdated', tagid };
}

function readSubscription(root: XmlElement, kind: 'memberSubscribed' | 'memberUnsubscribed'): EventBody {
  const userid = readChildText(root, 'FromUserName');
  return userid === undefined ? OTHER : { kind, userid };
}

const isKeyOf = <T extends object>(table: T, key: string): key is keyof T & string =>
  Object.hasOwn(table, key);

function readId(root: XmlElement, name: string): number | undefined {
  const text = readChildText(root, name) ?? '';
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  return id > 0 && Number.isSafeInteger(id) ? id : undefined;
}

/** Seconds since 1970; beyond the year 9999 is no time. */
function readTime(root: XmlElement): Date | null {
  const text = readChildText(root, 'CreateTime') ?? '';
  return /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1000) : null;
}
