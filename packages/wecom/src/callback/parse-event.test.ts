import { describe, expect, it } from 'vitest';
import { callbackVectors } from '../../test/callback-vectors.ts';
import { parseEvent } from './parse-event.ts';
import { replaceXmlTexts } from './parse-xml.ts';

const build = (inside: string) =>
  `<xml><ToUserName>w</ToUserName><FromUserName>sys</FromUserName><CreateTime>1660532400</CreateTime><MsgType>event</MsgType>${inside}</xml>`;
const buildChange = (changeType: string, inside: string) =>
  build(`<Event>change_contact</Event><ChangeType>${changeType}</ChangeType>${inside}`);

describe('the documented events', () => {
  it.each<[string, object]>([
    ['create_user_full', { kind: 'memberCreated', userid: 'zhangsan', newUserid: null }],
    ['create_user_minimal_post_2022', { kind: 'memberCreated', userid: 'zhangsan' }],
    ['update_user_rename', { kind: 'memberUpdated', userid: 'zhangsan', newUserid: 'zhangsan001' }],
    ['update_user_partial_real', { kind: 'memberUpdated', userid: 'lisi', newUserid: null }],
    ['delete_user', { kind: 'memberDeleted', userid: 'zhangsan' }],
    ['create_party', { kind: 'departmentCreated', departmentId: 2 }],
    ['create_party_minimal_post_2022', { kind: 'departmentCreated', departmentId: 2 }],
    ['update_party', { kind: 'departmentUpdated', departmentId: 2 }],
    ['delete_party', { kind: 'departmentDeleted', departmentId: 2 }],
    ['update_tag', { kind: 'tagUpdated', tagid: 1 }],
    ['batch_job_result_export', { kind: 'jobFinished', event: 'batch_job_result', changeType: null }],
    ['subscribe', { kind: 'memberSubscribed', userid: 'zhangsan', changeType: null }],
    ['unsubscribe', { kind: 'memberUnsubscribed', userid: 'zhangsan' }],
  ])('%s', (name, expected) => {
    const event = parseEvent(callbackVectors.callback_plaintexts[name] ?? '');
    expect(event).toMatchObject(expected);
    expect(event.occurredAt?.getUTCFullYear()).toBeGreaterThan(2013);
  });

  it('are all among the vectors', () => {
    const { callback_plaintexts, crypto } = callbackVectors;
    expect(Object.keys(callback_plaintexts)).toHaveLength(13);
    for (const { plaintext, kind } of crypto) if (kind === 'POST') parseEvent(plaintext);
  });

  it('keep the header', () => {
    expect(parseEvent(buildChange('delete_user', '<UserID>a</UserID>'))).toEqual({
      kind: 'memberDeleted',
      event: 'change_contact',
      changeType: 'delete_user',
      occurredAt: new Date('2022-08-15T03:00:00Z'),
      userid: 'a',
      newUserid: null,
    });
  });

  it.each([
    ['close_inactive_agent', 'appClosed'],
    ['reopen_inactive_agent', 'appReopened'],
    ['inactive_alert', 'other'],
    ['enter_agent', 'other'],
    ['LOCATION', 'other'],
  ])('%s is read as %s', (event, kind) => {
    expect(parseEvent(build(`<Event><![CDATA[${event}]]></Event>`))).toMatchObject({ event, kind });
  });
});

describe('the values', () => {
  it.each(['<UserID>00123</UserID>', '<UserID><![CDATA[00123]]></UserID>', '<UserID>\n 00123\n</UserID>'])(
    'are texts, plain or CDATA: %j',
    (inside) => {
      expect(parseEvent(buildChange('update_user', inside))).toMatchObject({ userid: '00123' });
    },
  );

  it('know XML’s own entities', () => {
    const event = parseEvent(buildChange('update_user', '<UserID>a&amp;b&#x40;c&lt;</UserID>'));
    expect(event).toMatchObject({ userid: 'a&b@c<' });
  });

  it.each(['', '0', '-1', '1.5', '1e3', 'abc', '9007199254740993', '99999999999999999999', '１'])(
    'that are no id of a department make it an event like any other: %j',
    (id) => {
      expect(parseEvent(buildChange('update_party', `<Id>${id}</Id>`)).kind).toBe('other');
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'CREATE_USER', ''])(
    'that are no change make it an event like any other: %j',
    (changeType) => {
      expect(parseEvent(buildChange(changeType, '<UserID>a</UserID><Id>1</Id>')).kind).toBe('other');
    },
  );

  it('that are no time are none', () => {
    const text = buildChange('delete_user', '<UserID>a</UserID>').replace('1660532400', 'yesterday');
    expect(parseEvent(text).occurredAt).toBeNull();
  });

  it('of a message that is no event are told by its type', () => {
    const text = '<xml><MsgType>text</MsgType><Content>hi</Content></xml>';
    expect(parseEvent(text)).toMatchObject({ kind: 'other', event: 'text', changeType: null });
  });
});

describe('replacing texts', () => {
  const hide = (name: string, text: string) => (name === 'Mobile' ? `(${text.length})` : undefined);

  it('leaves everything else as it came', () => {
    const text = callbackVectors.callback_plaintexts.create_user_full ?? '';
    expect(replaceXmlTexts(text, () => undefined)).toBe(text);
    expect(replaceXmlTexts(text, hide)).toBe(
      text.replace('<Mobile>13800000000</Mobile>', '<Mobile><![CDATA[(11)]]></Mobile>'),
    );
  });

  it.each<[string, string]>([
    ['<x>😀\r\n<Mobile>138</Mobile>😀</x>', '<x>😀\r\n<Mobile><![CDATA[(3)]]></Mobile>😀</x>'],
    ['<x><Mobile></Mobile><Mobile/></x>', '<x><Mobile></Mobile><Mobile/></x>'],
    ['<x><Mobile><![CDATA[1</Mobile>2]]></Mobile ></x>', '<x><Mobile><![CDATA[(11)]]></Mobile ></x>'],
    ['<x><Mobile>1<!-- </Mobile> -->2</Mobile></x>', '<x><Mobile><![CDATA[(2)]]></Mobile></x>'],
    ['<x><Mobile><Value>1</Value></Mobile></x>', '<x><Mobile><Value>1</Value></Mobile></x>'],
  ])('finds the content of %j', (text, expected) => {
    expect(replaceXmlTexts(text, hide)).toBe(expected);
  });
});
