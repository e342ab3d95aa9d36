import {
  type AnswerOf,
  type AuthProvider,
  authProvider,
  type CallbackEndpoint,
  type CallbackSource,
  type ConnectionTest,
  type Consent,
  callbackEndpoint,
  connectionTest,
  type DepartmentOutline,
  departmentOutline,
  type ExportJob,
  endpoints,
  type Me,
  type MemberDetail,
  me,
  memberDetail,
  memberSummary,
  type Overview,
  overview as overviewSchema,
  type Preferences,
  type SessionSummary,
  type SignedInUser,
  type SyncRun,
  sessionSummary,
  syncChange,
  syncRun,
  type WecomEvent,
  type WecomSettings,
  wecomEvent,
  wecomSettings,
} from '@orgmirror/contracts';

// Everything here is parsed by the contract's own schemas, so that a fixture cannot drift from what the
// server sends.

export const adminUser: SignedInUser = { id: 'u1', displayName: 'admin', role: 'admin', kind: 'local' };

export const passedTest: ConnectionTest = connectionTest.parse({
  ok: true,
  checks: ['credentials', 'agent', 'departments', 'members'].map((id) => ({
    id,
    status: 'passed',
    message: `${id} ok`,
  })),
  agent: { name: '组织镜像', visibleDepartmentIds: [1] },
  fields: { returned: ['name', 'position'], notReturned: ['mobile', 'avatar'] },
});

export const egressIpRefusedTest: ConnectionTest = connectionTest.parse({
  ok: false,
  checks: [
    { id: 'credentials', status: 'passed', message: '密钥有效' },
    {
      id: 'agent',
      status: 'failed',
      errcode: 60020,
      egressIp: '203.0.113.7',
      message: '本服务器的 IP 不可信',
      remedy: '添加到企业可信 IP',
    },
    { id: 'departments', status: 'skipped', message: '未检查' },
    { id: 'members', status: 'skipped', message: '未检查' },
  ],
});

export const callbackEndpointFixture = (
  source: CallbackSource,
  change: Partial<CallbackEndpoint> = {},
): CallbackEndpoint =>
  callbackEndpoint.parse({
    url: `https://orgmirror.example.com/api/v1/wecom/callback/${source}`,
    configured: false,
    verifiedAt: null,
    lastEventAt: null,
    waiting: 0,
    failed: 0,
    rejected: 0,
    lastRejectedAt: null,
    lastRejection: null,
    ...change,
  });

/** What the latest calls were when the test was the only one. */
const connectionOf = (test: WecomSettings['lastTest']): WecomSettings['connection'] => {
  if (test === null) return { lastSuccess: null, lastFailure: null };
  const call = { at: test.at, by: 'test' as const, runId: null };
  if (test.ok) return { lastSuccess: call, lastFailure: null };
  const {
    message: title = '',
    remedy: detail = '',
    errcode,
    egressIp,
  } = test.checks.find(({ status }) => status === 'failed') ?? {};
  return {
    lastSuccess: null,
    lastFailure: { ...call, title, detail, ...(errcode && { errcode }), ...(egressIp && { egressIp }) },
  };
};

export const wecomSettingsFixture = (change: Partial<WecomSettings> = {}): WecomSettings =>
  wecomSettings.parse({
    corpId: 'ww1a2b3c4d5e6f7a8b',
    agentId: 1000002,
    secretSet: true,
    secretUpdatedAt: '2026-11-01T02:03:04.000Z',
    syncEnabled: true,
    qrSignInEnabled: false,
    schedule: { kind: 'off' },
    timeZone: 'Asia/Shanghai',
    scheduleState: { nextRunsAt: [], paused: null, backOff: null },
    retentionDays: 180,
    removalGuard: { maxCount: 50, maxPercent: 5, windowHours: 24 },
    lastTest: null,
    connection: connectionOf(change.lastTest ?? null),
    callback: {
      app: callbackEndpointFixture('app'),
      contacts: callbackEndpointFixture('contacts'),
      agentWarning: null,
    },
    version: 3,
    ...change,
  });

type OutlineRow = [depth: number, id: number, name: string, rest?: { nameEn?: string; leaders?: string[] }];

/** Departments as the server sends them, each followed by those below it; one member in each. */
export function outlineFixture(rows: readonly OutlineRow[], revision = '1:1'): DepartmentOutline {
  const countBelow = (row: number): number => {
    const next = rows.findIndex(([depth], other) => other > row && depth <= rows[row]![0]);
    return (next < 0 ? rows.length : next) - row;
  };
  return departmentOutline.parse({
    revision,
    ids: rows.map(([, id]) => id),
    depths: rows.map(([depth]) => depth),
    names: rows.map(([, , name]) => name),
    namesEn: rows.map(([, , , rest]) => rest?.nameEn ?? null),
    leaderUserIds: rows.map(([, , , rest]) => rest?.leaders ?? []),
    memberCounts: rows.map(() => 1),
    totalMemberCounts: rows.map((_, row) => countBelow(row)),
  });
}

const root = { id: 1, name: '星河科技' };
const lab = { id: 2, name: '研发中心' };

export const departmentRows: readonly OutlineRow[] = [
  [0, 1, '星河科技'],
  [1, 2, '研发中心'],
  [2, 3, '前端组'],
  [2, 4, '后端组'],
  [1, 5, '销售部', { nameEn: 'Sales' }],
];

export const membersFixture = [
  memberSummary.parse({
    id: 'm1',
    wecomUserId: 'WangFang',
    name: '王芳',
    alias: 'Fanny',
    position: '前端工程师',
    status: 'activated',
    presence: 'present',
    leftAt: null,
    leftRunId: null,
    mainDepartmentId: 3,
    departments: [
      {
        id: 3,
        name: '前端组',
        path: [root, lab, { id: 3, name: '前端组' }],
        isLeader: true,
        isMain: true,
        sortOrder: 1,
      },
      {
        id: 5,
        name: '销售部',
        path: [root, { id: 5, name: '销售部' }],
        isLeader: false,
        isMain: false,
        sortOrder: 1,
      },
    ],
    directLeaderUserIds: [],
    avatarUrl: null,
    gender: null,
    mobileMasked: null,
    emailMasked: '',
    role: 'member',
    disabledBy: null,
    attributeValues: {},
    updatedAt: '2026-11-20T08:00:07.000Z',
  }),
];

export const runId = '0f8fad5b-d9cb-469f-a165-70867728950e';

const zeroCounts = {
  departments: { create: 0, update: 0, move: 0, remove: 0, restore: 0 },
  members: { create: 0, update: 0, remove: 0, restore: 0 },
  memberships: { create: 0, update: 0, remove: 0 },
};

export const runFixture = (change: Partial<SyncRun> = {}): SyncRun =>
  syncRun.parse({
    id: runId,
    mode: 'apply',
    trigger: 'manual',
    scope: 'full',
    drift: null,
    source: 'departments',
    undoOf: null,
    undoneBy: null,
    heldUntil: null,
    waitingSince: null,
    decidedBy: null,
    decidedAt: null,
    subjects: { held: 0, leave: 0, join: 0, move: 0, update: 0, department: 0 },
    status: 'succeeded',
    progress: { departmentsTotal: 5, departmentsRead: 5, membersRead: 12, apiCalls: 9 },
    complete: true,
    manifest: {
      departmentsAsked: 5,
      departmentsAnswered: 5,
      departmentsFailed: [],
      othersFailed: [],
      membersSeen: 12,
      apiCalls: 9,
      retries: 0,
      waits: 0,
    },
    counts: zeroCounts,
    held: { departments: 0, members: 0 },
    heldReasons: [],
    warnings: [],
    error: null,
    planFingerprint: 'fp-1',
    startedBy: 'admin',
    startedAt: '2026-11-20T08:00:00.000Z',
    finishedAt: '2026-11-20T08:00:07.000Z',
    ...change,
  });

/** A run that ended although two of 41 departments could not be read. */
export const partialRun = (change: Partial<SyncRun> = {}): SyncRun =>
  runFixture({
    complete: false,
    manifest: {
      departmentsAsked: 41,
      departmentsAnswered: 39,
      departmentsFailed: [
        { id: 3, code: 'wecom.unreachable', message: '无法连接到企业微信接口地址。' },
        { id: 4, code: 'wecom.unreachable', message: '无法连接到企业微信接口地址。' },
      ],
      othersFailed: [],
      membersSeen: 102,
      apiCalls: 109,
      retries: 4,
      waits: 4,
    },
    ...change,
  });

const noSubjects = { held: 0, leave: 0, join: 0, move: 0, update: 0, department: 0 };

/** How many members and departments a run of the fixtures changes. */
export const subjectCounts = (change: Partial<NonNullable<SyncRun['subjects']>>) => ({
  ...noSubjects,
  ...change,
});

/** A run that holds seven removals. */
export const heldRun = runFixture({
  status: 'awaitingApproval',
  finishedAt: null,
  counts: { ...zeroCounts, members: { create: 0, update: 2, remove: 6, restore: 0 } },
  subjects: subjectCounts({ held: 7, update: 2 }),
  waitingSince: '2026-11-20T08:00:07.000Z',
  held: { members: 6, departments: 1 },
  heldReasons: [{ code: 'guard.members_over_limit', count: 6, limit: 3 }],
});

export const changesFixture = [
  syncChange.parse({
    entity: 'member',
    key: 'wangfang',
    name: '王芳',
    kind: 'update',
    before: { position: '前端工程师', status: 4 },
    after: { position: '前端负责人', status: 1 },
    held: false,
  }),
  syncChange.parse({
    entity: 'member',
    key: 'liwei',
    name: '李伟',
    kind: 'remove',
    before: { presence: 'present' },
    after: { presence: 'left' },
    held: true,
  }),
];

/** What the changes of the fixtures do: 王芳 gets a position, 李伟 is held. */
export const subjectsFixture: AnswerOf<typeof endpoints.listSyncSubjects> =
  endpoints.listSyncSubjects.answer.schema.parse({
    items: [
      {
        entity: 'member',
        id: 'WangFang',
        name: '王芳',
        avatarUrl: null,
        stored: true,
        section: 'update',
        outcome: 'applied',
        changes: [changesFixture[0]],
      },
      {
        entity: 'member',
        id: 'LiWei',
        name: '李伟',
        avatarUrl: null,
        stored: true,
        section: 'held',
        outcome: 'held',
        changes: [
          {
            entity: 'membership',
            key: 'liwei/3',
            name: '李伟 · 前端组',
            kind: 'remove',
            before: { departmentId: 3, isMain: true, sortOrder: 1, isLeader: false, userId: 'LiWei' },
            after: null,
            held: true,
          },
          changesFixture[1],
        ],
      },
    ],
    nextCursor: null,
    names: { departments: { '3': '前端组' }, members: { wangfang: '王芳', liwei: '李伟' } },
  });

/** 王芳 with everything that her drawer shows. */
export const memberDetailFixture = (change: Partial<MemberDetail> = {}): MemberDetail =>
  memberDetail.parse({
    ...membersFixture[0],
    englishName: null,
    telephone: '',
    externalPosition: null,
    externalProfile: null,
    bizMailMasked: null,
    addressMasked: null,
    qrCodeSet: null,
    sensitiveFields: [],
    returned: null,
    extendedAttributes: null,
    directLeaders: [],
    attributes: [],
    createdAt: '2026-11-01T02:03:04.000Z',
    updatedAt: '2026-11-20T08:00:07.000Z',
    history: [],
    historyNames: { departments: {}, members: {} },
    ...change,
  });

/** A check of 王芳 that finds one change. */
export const checkFixture: AnswerOf<typeof endpoints.checkMember> = endpoints.checkMember.answer.schema.parse(
  {
    steps: [
      { id: 'read', status: 'passed', detail: '已读取。' },
      { id: 'scope', status: 'passed', detail: '成员在可见范围内。' },
      { id: 'match', status: 'passed', detail: '与本系统的王芳匹配。' },
      { id: 'plan', status: 'warning', detail: '有 1 项变更。' },
      { id: 'apply', status: 'skipped', detail: '尚未应用。' },
    ],
    changes: [changesFixture[0]],
    names: { departments: {}, members: {} },
    runId: null,
  },
);

/** The one authentication of an enterprise. */
export const authProviderFixture = (change: Partial<AuthProvider> = {}): AuthProvider =>
  authProvider.parse({
    id: '6f1c7a52-2f4e-4d0b-9d8e-0a4c6f1b2d3e',
    kind: 'wecom-oauth2',
    name: '企业微信登录',
    description: '',
    enabled: true,
    scope: 'snsapi_base',
    returnOrigin: null,
    authorizeUrl:
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww1a2b3c4d5e6f7a8b#wechat_redirect',
    redirectUri: 'https://org.example.com:8443/api/v1/sign-in/wecom/callback',
    trustedDomain: 'org.example.com:8443',
    verificationFileName: null,
    createdAt: '2026-11-20T08:00:00.000Z',
    updatedAt: '2026-11-20T08:00:00.000Z',
    ...change,
  });

/** 王芳 as herself. */
export const wangFang: SignedInUser = {
  id: 'm1',
  displayName: '王芳',
  role: 'member',
  kind: 'member',
  wecomUserId: 'WangFang',
};

const unasked: Consent = { decision: null, decidedAt: null, available: true, fields: [] };

/** What 我的 shows 王芳, who has not been asked for consent yet. */
export const meFixture = (authorisation: Partial<Consent> = {}): Me =>
  me.parse({
    user: wangFang,
    member: memberDetailFixture({ directLeaders: [{ wecomUserId: 'lina', name: '李娜' }] }),
    authorisation: { ...unasked, ...authorisation },
  });

export const sessionFixture = (change: Partial<SessionSummary> = {}): SessionSummary =>
  sessionSummary.parse({
    id: '1a4e8c52-7b5d-4f3a-8c9e-2d6f1a3b5c7d',
    current: false,
    createdAt: '2026-11-20T08:00:00.000Z',
    lastSeenAt: '2026-11-24T08:00:00.000Z',
    expiresAt: '2026-12-20T08:00:00.000Z',
    ip: '203.0.113.20',
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8 wxwork/5.0',
    ...change,
  });

/** 王芳's userid was changed; the run of the fixtures took it up. */
export const eventFixture = (change: Partial<WecomEvent> = {}): WecomEvent =>
  wecomEvent.parse({
    id: '9b2d4f6a-1c3e-4a5b-8d7f-0e1a2b3c4d5e',
    source: 'contacts',
    event: 'change_contact',
    changeType: 'update_user',
    object: 'WangFang',
    objectName: '王芳',
    newObject: 'wang.fang',
    status: 'processed',
    attempts: 1,
    error: null,
    runId,
    occurredAt: '2026-11-24T08:00:00.000Z',
    receivedAt: '2026-11-24T08:00:01.000Z',
    processedAt: '2026-11-24T08:00:03.000Z',
    ...change,
  });

const overviewAt = '2026-11-26T08:00:00.000Z';
const noChanges = { joined: 0, left: 0, moved: 0, updated: 0, departments: 0 };

/** All is well in an enterprise that was synced a while ago. */
export const overviewFixture = (change: Partial<Overview> = {}): Overview =>
  overviewSchema.parse({
    verdict: 'healthy',
    concerns: [],
    sync: {
      lastFullSync: { runId, at: overviewAt },
      nextSyncAt: overviewAt,
      differences: [],
      needsPerson: null,
      drift: { departments: 0, members: 2, memberships: 1 },
      active: null,
    },
    decisions: [],
    rights: [{ id: 'contacts', state: 'working', since: overviewAt, lastUsedAt: overviewAt }],
    people: {
      present: 606,
      activated: 590,
      notActivated: 12,
      disabled: 4,
      unknown: 0,
      left: 68,
      departments: 111,
      largest: [{ departmentId: 3, name: '前端组', totalMemberCount: 131 }],
    },
    activity: {
      timeZone: 'Asia/Shanghai',
      days: [
        { day: '2026-11-25', ...noChanges },
        { day: '2026-11-26', ...noChanges, joined: 3, moved: 2 },
      ],
      weeks: [
        { weekOf: '2026-11-16', joined: 0, left: 4 },
        { weekOf: '2026-11-23', joined: 3, left: 0 },
      ],
    },
    signIns: [{ id: 's1', at: overviewAt, actor: 'admin', way: 'local', result: 'succeeded', ip: null }],
    versions: { server: '0.1.0', node: '24.21.0', databaseKind: 'postgres', database: '18.4' },
    ...change,
  });

export const exportFixture = (changes: Partial<ExportJob> = {}): ExportJob => ({
  id: '0199f1c2-9d10-7c3e-a2b4-5d6e7f8091a2',
  list: 'members',
  runId: null,
  scope: 'filtered',
  format: 'xlsx',
  revealed: false,
  status: 'running',
  rows: 1_000,
  total: 4_000,
  size: null,
  createdAt: '2026-11-02T06:12:00.000Z',
  finishedAt: null,
  expiresAt: '2026-11-03T06:12:00.000Z',
  problem: null,
  ...changes,
});

/** What a user has stored who wants the rows of lists as low as they can be. */
export const compactPreferences: Preferences = {
  memberList: { columns: [], density: 'compact' },
  memberViews: null,
  recentTargets: null,
};
