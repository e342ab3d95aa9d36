import type * as z from 'zod';
import type { Problem } from '../common.ts';
import type { Administrator, PasswordResetLink } from '../schemas/administrators.ts';
import type { Attribute, AttributeImport } from '../schemas/attributes.ts';
import type { AuditEntry } from '../schemas/audit.ts';
import type { AuthProvider, AuthProviderCheck } from '../schemas/auth-providers.ts';
import type {
  Department,
  DepartmentOutline,
  DepartmentTreeNode,
  MemberCheckStep,
  MemberSummary,
} from '../schemas/directory.ts';
import type { ExportJob } from '../schemas/exports.ts';
import type { Consent, SessionSummary } from '../schemas/me.ts';
import type { Overview } from '../schemas/overview.ts';
import type { SignedInUser } from '../schemas/session.ts';
import type {
  heldReason,
  SubjectSection,
  SyncChange,
  SyncRun,
  SyncRunCounts,
  SyncSubject,
  syncRunWarning,
  UndoEffect,
} from '../schemas/sync-runs.ts';
import type { CallbackEndpoint, EventHealth, WecomEvent } from '../schemas/wecom-events.ts';
import type { ConnectionCheck, RemovalGuard, Schedule } from '../schemas/wecom-settings.ts';
import type { SignInOptions } from '../schemas/wecom-sign-in.ts';
import { department, departmentOutline, member } from './directory-examples.ts';

const runId = '0199f1c2-7a3e-7c41-9d5a-2b8f4e6d1a90';

const counts: SyncRunCounts = {
  departments: { create: 1, update: 0, move: 1, remove: 0, restore: 0 },
  members: { create: 12, update: 3, remove: 2, restore: 0 },
  memberships: { create: 14, update: 1, remove: 3 },
};

const run: SyncRun = {
  id: runId,
  mode: 'apply',
  trigger: 'schedule',
  scope: 'full',
  source: 'departments',
  undoOf: null,
  undoneBy: null,
  status: 'succeeded',
  progress: { departmentsTotal: 86, departmentsRead: 86, membersRead: 1204, apiCalls: 88, work: null },
  complete: true,
  manifest: null,
  counts,
  subjects: { held: 0, leave: 2, join: 12, move: 3, update: 0, department: 2 },
  held: { departments: 0, members: 0 },
  heldReasons: [],
  warnings: [],
  error: null,
  drift: null,
  planFingerprint: '9f2c4e6a1b3d5f70',
  heldUntil: null,
  waitingSince: null,
  decidedBy: null,
  decidedAt: null,
  startedBy: null,
  startedAt: '2026-11-02T18:30:00.000Z',
  finishedAt: '2026-11-02T18:30:41.000Z',
};

interface SchemaExamples {
  Administrator: Administrator;
  Attribute: Attribute;
  AttributeImport: AttributeImport;
  AuditEntry: AuditEntry;
  AuthProvider: AuthProvider;
  AuthProviderCheck: AuthProviderCheck;
  CallbackEndpoint: CallbackEndpoint;
  ConnectionCheck: ConnectionCheck;
  Consent: Consent;
  Department: Department;
  DepartmentOutline: DepartmentOutline;
  DepartmentTreeNode: DepartmentTreeNode;
  ExportJob: ExportJob;
  HeldReason: z.infer<typeof heldReason>;
  MemberCheckStep: MemberCheckStep;
  MemberSummary: MemberSummary;
  Overview: Overview;
  PasswordResetLink: PasswordResetLink;
  Problem: Problem;
  RemovalGuard: RemovalGuard;
  Schedule: Schedule;
  SessionSummary: SessionSummary;
  SignedInUser: SignedInUser;
  SignInOptions: SignInOptions;
  SyncChange: SyncChange;
  SyncRun: SyncRun;
  SubjectSection: SubjectSection;
  SyncRunCounts: SyncRunCounts;
  SyncSubject: SyncSubject;
  SyncRunWarning: z.infer<typeof syncRunWarning>;
  UndoEffect: UndoEffect;
  WecomEvent: WecomEvent;
  EventHealth: EventHealth;
}

/** One example for each schema that a caller meets on its own. */
export const schemaExamples: SchemaExamples = {
  Administrator: {
    kind: 'local',
    id: '0199f1c2-8b4f-7d52-8e6b-3c9a5f7e2ba1',
    displayName: 'zhangwei',
    wecomUserId: null,
    role: 'auditor',
    enabled: true,
    lastSeenAt: '2026-11-02T06:12:09.000Z',
    resetUntil: null,
    createdAt: '2026-03-01T02:00:00.000Z',
  },
  AuditEntry: {
    id: '0199f1c2-8b4f-7d52-8e6b-3c9a5f7e2ba1',
    at: '2026-11-02T06:12:09.000Z',
    actor: 'admin',
    action: 'member.reveal',
    target: 'WangFang',
    targetName: '王芳',
    result: 'succeeded',
    before: null,
    after: { field: 'mobile' },
    ip: '203.0.113.7',
    requestId: '0199f1c2-8b4f-7d52-8e6b-3c9a5f7e2ba0',
    seq: 412,
    hash: '9f2c0f4e6c7d5b1a8e3f2d4c6b7a9081726354f5e6d7c8b9a0f1e2d3c4b5a697',
  },
  AuthProvider: {
    id: '0199f1c2-9c50-7e63-9f7c-4dab608f3cb2',
    kind: 'wecom-oauth2',
    name: 'WeCom',
    description: '',
    enabled: true,
    scope: 'snsapi_base',
    returnOrigin: null,
    authorizeUrl: null,
    redirectUri: 'https://org.example.com/api/v1/sign-in/wecom/callback',
    trustedDomain: 'org.example.com',
    verificationFileName: null,
    createdAt: '2026-11-01T02:03:04.000Z',
    updatedAt: '2026-11-01T02:03:04.000Z',
  },
  AuthProviderCheck: { id: 'trustedDomain', status: 'passed', message: 'The app trusts org.example.com.' },
  CallbackEndpoint: {
    url: 'https://org.example.com/api/v1/wecom/callback/app',
    configured: true,
    verifiedAt: '2026-11-01T02:10:00.000Z',
    lastEventAt: '2026-11-02T05:59:31.000Z',
    waiting: 0,
    failed: 0,
    rejected: 0,
    lastRejectedAt: null,
    lastRejection: null,
  },
  ConnectionCheck: {
    id: 'agent',
    status: 'failed',
    errcode: 60020,
    egressIp: '203.0.113.7',
    message: 'The IP address of this server is not trusted.',
    remedy: 'Enter it as a trusted IP of the app.',
  },
  Consent: {
    decision: 'agreed',
    decidedAt: '2026-11-02T06:00:00.000Z',
    available: true,
    fields: [{ field: 'mobile', value: '138****8000', authorisedAt: '2026-11-02T06:00:00.000Z' }],
  },
  Department: department,
  DepartmentOutline: departmentOutline,
  DepartmentTreeNode: { ...department, children: [] },
  Attribute: {
    key: 'cost_center',
    nameZh: '成本中心',
    nameEn: 'Cost centre',
    type: 'text',
    choices: [],
    members: 1198,
  },
  AttributeImport: {
    id: '0199f1c2-b2c4-7d1a-8e5f-3a4b5c6d7e8f',
    fileName: 'cost-centres.xlsx',
    status: 'judged',
    columns: ['cost_center'],
    counts: { set: 1180, cleared: 3, unchanged: 17, refused: 1, valuesCleared: 3 },
    refused: [{ line: 12, wecomUserId: 'nobody', reason: 'unknownMember', attribute: null, given: null }],
    fingerprint: '9f2c4e6a1b3d5f70',
    createdAt: '2026-11-02T06:12:00.000Z',
    appliedAt: null,
    expiresAt: '2026-11-03T06:12:00.000Z',
  },
  ExportJob: {
    id: '0199f1c2-9d10-7c3e-a2b4-5d6e7f8091a2',
    list: 'members',
    runId: null,
    scope: 'filtered',
    format: 'xlsx',
    revealed: false,
    status: 'running',
    rows: 12_500,
    total: 50_000,
    size: null,
    createdAt: '2026-11-02T06:12:00.000Z',
    finishedAt: null,
    expiresAt: '2026-11-03T06:12:00.000Z',
    problem: null,
  },
  HeldReason: { code: 'guard.members_over_limit', count: 64, limit: 50 },
  MemberCheckStep: { id: 'read', status: 'passed', detail: 'WeCom returned the member.' },
  MemberSummary: member,
  Overview: {
    verdict: 'needsPerson',
    concerns: [
      {
        code: 'held',
        severity: 'warning',
        detail: null,
        runId,
        count: 67,
        at: '2026-11-05T18:30:41.000Z',
      },
    ],
    sync: {
      lastFullSync: { runId, at: '2026-11-02T18:30:41.000Z' },
      nextSyncAt: '2026-11-03T18:30:00.000Z',
      differences: [{ kind: 'held', runId, at: '2026-11-02T18:30:41.000Z' }],
      needsPerson: null,
      drift: { departments: 0, members: 2, memberships: 1 },
      active: null,
    },
    decisions: [
      {
        runId,
        mode: 'apply',
        held: { departments: 0, members: 67 },
        subjects: 184,
        startedBy: null,
        waitingSince: '2026-11-02T18:30:41.000Z',
        heldUntil: '2026-11-05T18:30:41.000Z',
      },
    ],
    rights: [
      {
        id: 'contacts',
        state: 'working',
        since: '2026-03-01T02:00:00.000Z',
        lastUsedAt: '2026-11-02T18:30:41.000Z',
      },
    ],
    people: {
      present: 1204,
      activated: 1180,
      notActivated: 20,
      disabled: 4,
      unknown: 0,
      left: 68,
      departments: 86,
      largest: [{ departmentId: 12, name: '研发中心', totalMemberCount: 131 }],
    },
    activity: {
      timeZone: 'Asia/Shanghai',
      days: [{ day: '2026-11-02', joined: 12, left: 0, moved: 3, updated: 0, departments: 2 }],
      weeks: [{ weekOf: '2026-11-02', joined: 12, left: 0 }],
    },
    signIns: [
      {
        id: '0199f1c2-8b4f-7d52-8e6b-3c9a5f7e2ba1',
        at: '2026-11-02T06:12:09.000Z',
        actor: 'admin',
        way: 'local',
        result: 'succeeded',
        ip: '198.51.100.7',
      },
    ],
    versions: { server: '0.1.0', node: '24.21.0', databaseKind: 'postgres', database: '18.4' },
  },
  PasswordResetLink: {
    url: 'https://orgmirror.example.com/sign-in#reset=q7Jm2Wk9sN4vXcR1aLd8TfYh3BzUeGpO',
    expiresAt: '2026-11-03T06:12:09.000Z',
  },
  Problem: {
    type: 'urn:orgmirror:error:sync.already_running',
    title: 'A sync is already running',
    status: 409,
    detail: 'Wait until it ends, or cancel it first.',
    code: 'sync.already_running',
    requestId: '0199f1c2-ad61-7f74-808d-5ebc719f4dc3',
    runId,
  },
  RemovalGuard: { maxCount: 50, maxPercent: 5, windowHours: 24 },
  Schedule: { kind: 'weekdays', at: '02:30', weekdays: [1, 2, 3, 4, 5] },
  SessionSummary: {
    id: '0199f1c2-be72-7085-919e-6fcd82a05ed4',
    current: true,
    createdAt: '2026-11-02T06:00:00.000Z',
    lastSeenAt: '2026-11-02T06:12:00.000Z',
    expiresAt: '2026-11-09T06:00:00.000Z',
    ip: '203.0.113.7',
    userAgent: 'Mozilla/5.0',
  },
  SignedInUser: { id: '42', displayName: '王芳', role: 'member', kind: 'member', wecomUserId: 'WangFang' },
  SignInOptions: { local: true, wecom: { name: 'WeCom', inApp: true, web: true } },
  SyncChange: {
    entity: 'member',
    key: 'wangfang',
    name: '王芳',
    kind: 'update',
    before: { position: '前端工程师' },
    after: { position: '高级前端工程师' },
    held: false,
  },
  SubjectSection: 'leave',
  SyncSubject: {
    entity: 'member',
    id: 'WangFang',
    name: '王芳',
    avatarUrl: null,
    stored: true,
    section: 'update',
    outcome: 'applied',
    changes: [
      {
        entity: 'member',
        key: 'wangfang',
        name: '王芳',
        kind: 'update',
        before: { position: '前端工程师' },
        after: { position: '高级前端工程师' },
        held: false,
      },
    ],
  },
  SyncRun: run,
  SyncRunCounts: counts,
  SyncRunWarning: { code: 'department.orphan', count: 1, examples: [{ key: '12' }] },
  UndoEffect: {
    removals: { departments: 3, members: 64 },
    restorals: { departments: 0, members: 2 },
    reverts: { departments: 1, members: 39 },
    mustConfirm: true,
    reasons: [{ code: 'guard.members_over_limit', count: 64, limit: 30 }],
  },
  WecomEvent: {
    id: '0199f1c2-cf83-7196-a2af-70de93b16fe5',
    source: 'app',
    event: 'change_contact',
    changeType: 'update_user',
    object: 'WangFang',
    objectName: '王芳',
    newObject: null,
    status: 'processed',
    attempts: 1,
    error: null,
    runId,
    occurredAt: '2026-11-02T05:59:30.000Z',
    receivedAt: '2026-11-02T05:59:31.000Z',
    processedAt: '2026-11-02T05:59:44.000Z',
  },
  EventHealth: { received: 312, waiting: 1, failed: 0, medianDelayMs: 4_200 },
};
