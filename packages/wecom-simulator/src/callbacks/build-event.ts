import type { CorpChange, Department, Member, Tag } from '../corp/corp.ts';

/**
 * `ids`: what addresses set or edited after 2022-08-15 get, ids alone, and nothing of changes that leave the
 * departments as they are. `full`: what older ones get, every field that changed.
 */
export type EventShape = 'ids' | 'full';

type Fields = readonly (readonly [name: string, value: string | number])[];

const cdata = (value: string | number): string => `<![CDATA[${String(value).replaceAll(']]>', ']] >')}]]>`;
const write = (name: string, value: string | number): string =>
  `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`;

/** The decrypted text of an event: the common header and these elements. */
export function buildEventText(
  header: { readonly toUserName: string; readonly fromUserName?: string; readonly createTime: number },
  event: string,
  inside: string,
): string {
  const { toUserName, fromUserName = 'sys', createTime } = header;
  return `<xml>${write('ToUserName', toUserName)}${write('FromUserName', fromUserName)}${write('CreateTime', createTime)}${write('MsgType', 'event')}${write('Event', event)}${inside}</xml>`;
}

/** What the event `change_contact` says of a change; undefined when WeCom sends none for it. */
export function describeChange(change: CorpChange, shape: EventShape): string | undefined {
  const described = describe(change, shape);
  if (described === undefined) return undefined;
  const [changeType, fields] = described;
  return write('ChangeType', changeType) + fields.map(([name, value]) => write(name, value)).join('');
}

function describe(change: CorpChange, shape: EventShape): [string, Fields] | undefined {
  if (change.kind === 'member') return describeMember(change.before, change.after, shape);
  if (change.kind === 'department') return describeDepartment(change.before, change.after, shape);
  return describeTag(change.before, change.after);
}

function describeMember(
  before: Member | undefined,
  after: Member | undefined,
  shape: EventShape,
): [string, Fields] | undefined {
  if (after === undefined) return before && ['delete_user', [['UserID', before.userid]]];
  const fields = listMemberFields(after);
  if (before === undefined) {
    const kept = fields.filter(([name]) => shape === 'full' || name === 'Department');
    return ['create_user', [['UserID', after.userid], ...kept]];
  }
  const known = new Map(listMemberFields(before));
  const changed = fields.filter(
    ([name, value]) => known.get(name) !== value && (shape === 'full' || name === 'Department'),
  );
  const renamed: Fields = before.userid === after.userid ? [] : [['NewUserID', after.userid]];
  if (changed.length + renamed.length === 0) return undefined;
  return ['update_user', [['UserID', before.userid], ...renamed, ...changed]];
}

const listMemberFields = (member: Member): Fields => [
  ['Name', member.name],
  ['Department', member.memberships.map(({ departmentId }) => departmentId).join(',')],
  ['MainDepartment', member.mainDepartmentId],
  ['IsLeaderInDept', member.memberships.map(({ isLeader }) => (isLeader ? 1 : 0)).join(',')],
  ['DirectLeader', member.directLeaders.join(',')],
  ['Position', member.position],
  ['Status', member.status],
];

function describeDepartment(
  before: Department | undefined,
  after: Department | undefined,
  shape: EventShape,
): [string, Fields] | undefined {
  if (after === undefined) return before && ['delete_party', [['Id', before.id]]];
  const isFull = shape === 'full';
  if (before === undefined)
    return [
      'create_party',
      [
        ['Id', after.id],
        ...(isFull ? ([['Name', after.name]] as const) : []),
        ['ParentId', String(after.parentid)],
        ...(isFull ? ([['Order', after.order]] as const) : []),
      ],
    ];
  const isMoved = before.parentid !== after.parentid;
  const isRenamed = before.name !== after.name;
  if (!isMoved && !(isFull && isRenamed)) return undefined;
  return [
    'update_party',
    [
      ['Id', after.id],
      ...(isFull && isRenamed ? ([['Name', after.name]] as const) : []),
      ...(isMoved ? ([['ParentId', String(after.parentid)]] as const) : []),
    ],
  ];
}

function describeTag(before: Tag | undefined, after: Tag | undefined): [string, Fields] | undefined {
  const tagid = after?.tagid ?? before?.tagid;
  if (tagid === undefined) return undefined;
  const beyond = <T>(some: readonly T[] = [], others: readonly T[] = []) =>
    some.filter((item) => !others.includes(item)).join(',');
  const lists: Fields = [
    ['AddUserItems', beyond(after?.userids, before?.userids)],
    ['DelUserItems', beyond(before?.userids, after?.userids)],
    ['AddPartyItems', beyond(after?.partyIds, before?.partyIds)],
    ['DelPartyItems', beyond(before?.partyIds, after?.partyIds)],
  ];
  const named = lists.filter(([, value]) => value !== '');
  return named.length === 0 ? undefined : ['update_tag', [['TagId', tagid], ...named]];
}
