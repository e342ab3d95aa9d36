import type { WecomEvent as WecomEventRow } from '@orgmirror/contracts';
import type { WecomEvent } from '@orgmirror/wecom';

/** Longer texts are no ids of WeCom's, and would only fill the index. */
const maxTextLength = 256;
const cut = (text: string): string => text.slice(0, maxTextLength);

/** The columns of an event's row beside its text. */
export interface NewEventColumns {
  event: string;
  changeType: string | null;
  object: string | null;
  newObject: string | null;
  status: WecomEventRow['status'];
  occurredAt: Date | null;
}

/** What an event is about, and whether anything is to be done because of it. */
export function describeEvent(event: WecomEvent): NewEventColumns {
  const { object, newObject = null, status } = describeObject(event);
  return {
    event: cut(event.event),
    changeType: event.changeType === null ? null : cut(event.changeType),
    object: object === null ? null : cut(object),
    newObject: newObject === null ? null : cut(newObject),
    status,
    occurredAt: event.occurredAt,
  };
}

function describeObject(event: WecomEvent): {
  object: string | null;
  newObject?: string | null;
  status: WecomEventRow['status'];
} {
  switch (event.kind) {
    case 'memberCreated':
    case 'memberUpdated':
    case 'memberDeleted':
      return { object: event.userid, newObject: event.newUserid, status: 'waiting' };
    case 'memberSubscribed':
    case 'memberUnsubscribed':
      return { object: event.userid, status: 'waiting' };
    case 'departmentCreated':
    case 'departmentUpdated':
    case 'departmentDeleted':
      return { object: String(event.departmentId), status: 'waiting' };
    case 'tagUpdated':
      return { object: String(event.tagid), status: 'waiting' };
    case 'jobFinished': // the row itself is what the waiting export looks for
      return { object: event.jobid, status: 'processed' };
    case 'appClosed': // shown as a warning
    case 'appReopened':
      return { object: null, status: 'processed' };
    case 'other':
      return { object: null, status: 'ignored' };
  }
}
