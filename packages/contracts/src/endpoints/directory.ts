import * as z from 'zod';
import { departmentId, instant, pageOf, pageQuery, role } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import { syncChange } from './sync-runs.ts';

const departmentStep = z.object({ id: z.number().int(), name: z.string() });

export const department = z
  .object({
    /** WeCom's department id. */
    id: z.number().int(),
    /** Null for a top department of the visible forest. */
    parentId: z.number().int().nullable(),
    name: z.string(),
    /** Null: not visible to the app. */
    nameEn: z.string().nullable(),
    /** Larger comes first. */
    sortOrder: z.number().int(),
    /** From the top department down to this one. */
    path: z.array(departmentStep),
    leaderUserIds: z.array(z.string()),
    /** Present members directly in it. */
    memberCount: z.number().int(),
    /** Present members in it or below, each counted once. */
    totalMemberCount: z.number().int(),
    hasChildren: z.boolean(),
  })
  .meta({ id: 'Department' });
export type Department = z.infer<typeof department>;

export type DepartmentTreeNode = Department & { children: DepartmentTreeNode[] };
export const departmentTreeNode: z.ZodType<DepartmentTreeNode> = department
  .extend({
    get children() {
      return z.array(departmentTreeNode);
    },
  })
  .meta({ id: 'DepartmentTreeNode' });

export const memberStatuses = ['activated', 'disabled', 'notActivated', 'left', 'unknown'] as const;
export const memberStatus = z.enum(memberStatuses).meta({ id: 'MemberStatus' });
export type MemberStatus = z.infer<typeof memberStatus>;

export const memberDepartment = z.object({
  id: z.number().int(),
  name: z.string(),
  path: z.array(departmentStep),
  isLeader: z.boolean(),
  isMain: z.boolean(),
  sortOrder: z.number().int(),
});

/** In all of these null means "not visible to the app", '' means empty. */
export const memberSummary = z
  .object({
    id: z.string(),
    wecomUserId: z.string(),
    name: z.string(),
    alias: z.string().nullable(),
    position: z.string().nullable(),
    status: memberStatus,
    presence: z.enum(['present', 'left']),
    leftAt: instant.nullable(),
    /** The run that found the member gone. */
    leftRunId: z.string().nullable(),
    mainDepartmentId: z.number().int().nullable(),
    departments: z.array(memberDepartment),
    directLeaderUserIds: z.array(z.string()),
    avatarUrl: z.string().nullable(),
    gender: z.enum(['male', 'female']).nullable(),
    mobileMasked: z.string().nullable(),
    emailMasked: z.string().nullable(),
    role,
    disabledBy: z.enum(['sync', 'admin']).nullable(),
  })
  .meta({ id: 'MemberSummary' });
export type MemberSummary = z.infer<typeof memberSummary>;

export const memberHistoryItem = z.object({
  runId: z.string(),
  at: instant,
  entity: z.enum(['member', 'membership']),
  kind: z.enum(['create', 'update', 'remove', 'restore']),
  name: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});

export const extendedAttribute = z.object({
  name: z.string(),
  type: z.enum(['text', 'web', 'miniProgram']),
  value: z.string(),
  title: z.string().optional(),
});

/** Fields that WeCom gives to a new app only when the member authorises them at sign-in, one by one. */
export const authorisableFields = [
  'avatar',
  'gender',
  'mobile',
  'email',
  'bizMail',
  'qrCode',
  'address',
] as const;

export const memberDetail = memberSummary
  .extend({
    englishName: z.string().nullable(),
    telephone: z.string().nullable(),
    externalPosition: z.string().nullable(),
    externalProfile: z.unknown(),
    bizMailMasked: z.string().nullable(),
    addressMasked: z.string().nullable(),
    qrCodeSet: z.boolean().nullable(),
    /** Where each sensitive field that is known comes from: read by a sync, or given by the member at sign-in. */
    sensitiveFields: z.array(
      z.object({
        field: z.enum(authorisableFields),
        source: z.enum(['contacts', 'authorised']),
        at: instant,
      }),
    ),
    /** Null: not visible to the app. */
    extendedAttributes: z.array(extendedAttribute).nullable(),
    directLeaders: z.array(z.object({ wecomUserId: z.string(), name: z.string().nullable() })),
    createdAt: instant,
    updatedAt: instant,
    history: z.array(memberHistoryItem),
  })
  .meta({ id: 'MemberDetail' });
export type MemberDetail = z.infer<typeof memberDetail>;

export const memberCheckStep = z
  .object({
    id: z.enum(['read', 'scope', 'match', 'plan', 'apply']),
    status: z.enum(['passed', 'failed', 'skipped', 'warning']),
    /** WeCom's, when it refused. */
    errcode: z.number().int().optional(),
    detail: z.string(),
  })
  .meta({ id: 'MemberCheckStep' });
export type MemberCheckStep = z.infer<typeof memberCheckStep>;

const memberParams = z.object({ wecomUserId: z.string().min(1).max(200) });

export const checkMember = defineEndpoint({
  method: 'post',
  path: '/members/:wecomUserId/check',
  summary: 'Read one person from WeCom and say, or do, what would change',
  access: ['admin'],
  params: memberParams,
  body: z.strictObject({ apply: z.boolean().optional() }),
  answer: {
    status: 200,
    schema: z.object({
      steps: z.array(memberCheckStep),
      changes: z.array(syncChange),
      /** The run that recorded the changes, when they were applied. */
      runId: z.string().nullable(),
    }),
  },
  errors: ['settings.incomplete', 'sync.disabled', 'sync.already_running', 'plan.stale'],
});

export const setMemberAccess = defineEndpoint({
  method: 'put',
  path: '/members/:wecomUserId/access',
  summary: "A member's role in this console, and whether they are barred from it",
  access: ['admin'],
  params: memberParams,
  body: z
    .strictObject({ role: role.optional(), disabled: z.boolean().optional() })
    .refine((body) => Object.keys(body).length > 0, ruleTexts.someField.en),
  answer: { status: 200, schema: memberSummary },
  errors: ['resource.not_found', 'access.last_admin'],
});

/** Sensitive fields that a role that may can ask to see in full. */
export const revealableFields = ['mobile', 'email', 'bizMail', 'address', 'qrCode'] as const;

export const revealMember = defineEndpoint({
  method: 'post',
  path: '/members/:wecomUserId/reveal',
  summary: 'One sensitive field in full; the audit log keeps who asked',
  access: ['admin'],
  params: memberParams,
  body: z.strictObject({ field: z.enum(revealableFields) }),
  answer: { status: 200, schema: z.object({ value: z.string() }) },
  errors: ['resource.not_found'],
});

export const listDepartments = defineEndpoint({
  method: 'get',
  path: '/departments',
  summary: 'One level of departments; without parentId the top departments',
  access: 'signedIn',
  query: pageQuery.extend({ parentId: departmentId.optional() }),
  answer: { status: 200, schema: pageOf(department) },
  errors: ['resource.not_found'],
});

export const getDepartmentTree = defineEndpoint({
  method: 'get',
  path: '/departments/tree',
  summary: 'The whole forest of departments',
  access: 'signedIn',
  answer: { status: 200, schema: z.object({ items: z.array(departmentTreeNode) }) },
});

export const listMembers = defineEndpoint({
  method: 'get',
  path: '/members',
  summary: 'Members of a department, or found by name, alias, userid, pinyin or initials',
  access: 'signedIn',
  query: pageQuery.extend({
    departmentId: departmentId.optional(),
    recursive: z.stringbool().default(false),
    q: z.string().trim().max(200).optional(),
    status: memberStatus.optional(),
    presence: z.enum(['present', 'left', 'all']).default('present'),
  }),
  answer: { status: 200, schema: pageOf(memberSummary).extend({ total: z.number().int() }) },
  errors: ['resource.not_found'],
});

export const getMember = defineEndpoint({
  method: 'get',
  path: '/members/:wecomUserId',
  summary: 'One member with extended attributes and history of changes; userid without case',
  access: 'signedIn',
  params: memberParams,
  answer: { status: 200, schema: memberDetail },
  errors: ['resource.not_found'],
});
