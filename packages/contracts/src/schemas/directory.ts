import * as z from 'zod';
import { instant, role } from '../common.ts';
import { errorCodes } from '../error-codes.ts';
import { subjectNames } from './sync-runs.ts';

const departmentStep = z.object({ id: z.number().int(), name: z.string() });

/** One department with its counts. */
export const department = z
  .object({
    /** WeCom's department id. */
    id: z.number().int(),
    /** Null for a top department of the visible forest. */
    parentId: z.number().int().nullable(),
    name: z.string(),
    /** Null: not visible to the app. */
    nameEn: z.string().nullable(),
    /** Larger values come first. */
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
  .meta({ id: 'Department', description: 'One department with its counts.' });
/** Value of {@link department}. */
export type Department = z.infer<typeof department>;

/** A {@link Department} with its child departments. */
export type DepartmentTreeNode = Department & { children: DepartmentTreeNode[] };

/** One node of the department tree; recursive. */
export const departmentTreeNode: z.ZodType<DepartmentTreeNode> = department
  .extend({
    get children() {
      return z.array(departmentTreeNode);
    },
  })
  .meta({ id: 'DepartmentTreeNode', description: 'One node of the department tree; recursive.' });

/** The whole tree as columns, which is a third of its size: row by row as one reads it from the top. */
export const departmentOutline = z
  .object({
    /** Another one whenever a department or its counts are. */
    revision: z.string(),
    ids: z.array(z.number().int()),
    /** How many departments are above: the parent is the last row before it that has one less. */
    depths: z.array(z.number().int()),
    names: z.array(z.string()),
    /** Null: not visible to the app. */
    namesEn: z.array(z.string().nullable()),
    leaderUserIds: z.array(z.array(z.string())),
    memberCounts: z.array(z.number().int()),
    totalMemberCounts: z.array(z.number().int()),
  })
  .meta({
    id: 'DepartmentOutline',
    description:
      'The department tree as columns of the same length, one row a department, each followed by those below it.',
  });
/** Value of {@link departmentOutline}. */
export type DepartmentOutline = z.infer<typeof departmentOutline>;

/** All account statuses of a member in WeCom; `unknown` is a value that the vendor has not documented. */
export const memberStatuses = ['activated', 'disabled', 'notActivated', 'left', 'unknown'] as const;

/** Account status of a member in WeCom. */
export const memberStatus = z
  .enum(memberStatuses)
  .meta({ id: 'MemberStatus', description: 'Account status of a member in WeCom.' });
/** Value of {@link memberStatus}. */
export type MemberStatus = z.infer<typeof memberStatus>;

/** Columns that a list of members can be sorted by. */
export const memberSorts = ['name', 'userId', 'department', 'status', 'updatedAt'] as const;
/** Column that a list of members is sorted by. */
export const memberSort = z.enum(memberSorts);
/** Value of {@link memberSort}. */
export type MemberSort = z.infer<typeof memberSort>;

/** Direction of a sort. */
export const sortOrder = z.enum(['asc', 'desc']);
/** Value of {@link sortOrder}. */
export type SortOrder = z.infer<typeof sortOrder>;

/** A department that a member belongs to, with the place of the member in it. */
export const memberDepartment = z.object({
  id: z.number().int(),
  name: z.string(),
  path: z.array(departmentStep),
  isLeader: z.boolean(),
  isMain: z.boolean(),
  sortOrder: z.number().int(),
});

/** A member as lists show it. Null means "not visible to the app", an empty string means empty. */
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
    /** The run that recorded the removal. */
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
    /** When a sync last changed the member. */
    updatedAt: instant,
    /** Values of the enterprise’s own attributes by key; none for colleagues. */
    attributeValues: z.record(z.string(), z.string()),
  })
  .meta({
    id: 'MemberSummary',
    description:
      'A member as lists show it. Null means "not visible to the app", an empty string means empty.',
  });
/** Value of {@link memberSummary}. */
export type MemberSummary = z.infer<typeof memberSummary>;

/** How many members one request may change. */
export const maxBulkMembers = 200;

/** What became of one member of several. */
export const memberAccessResult = z
  .object({
    /** As it was sent. */
    wecomUserId: z.string(),
    outcome: z.enum(['changed', 'unchanged', 'refused']),
    /** Why the member was refused. */
    code: z.enum(errorCodes).optional(),
  })
  .meta({ id: 'MemberAccessResult', description: 'What became of one member of several.' });

/** One applied change of a member or of a membership. */
export const memberHistoryItem = z.object({
  runId: z.string(),
  at: instant,
  entity: z.enum(['member', 'membership']),
  kind: z.enum(['create', 'update', 'remove', 'restore']),
  name: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});

/** One extended attribute (扩展属性) of a member; `title` is the label of a link. */
export const extendedAttribute = z.object({
  name: z.string(),
  type: z.enum(['text', 'web', 'miniProgram']),
  value: z.string(),
  title: z.string().optional(),
});

/** Fields that WeCom gives to a new app only if the member authorizes them at sign-in, one by one. */
export const authorisableFields = [
  'avatar',
  'gender',
  'mobile',
  'email',
  'bizMail',
  'qrCode',
  'address',
] as const;

/** Everything about a member that the caller may see, sensitive values masked. */
export const memberDetail = memberSummary
  .extend({
    englishName: z.string().nullable(),
    telephone: z.string().nullable(),
    externalPosition: z.string().nullable(),
    externalProfile: z.unknown(),
    bizMailMasked: z.string().nullable(),
    addressMasked: z.string().nullable(),
    qrCodeSet: z.boolean().nullable(),
    /** Source of each known sensitive field: read by a sync, or given by the member at sign-in. */
    sensitiveFields: z.array(
      z.object({
        field: z.enum(authorisableFields),
        source: z.enum(['contacts', 'authorised']),
        at: instant,
      }),
    ),
    /**
     * Set for a member who came back: when they had left, and the role that ended then. Only the userid is certain to
     * be the same. Null for everybody else, and once somebody has decided on their role.
     */
    returned: z.object({ leftAt: instant, role }).nullable(),
    /** Null: not visible to the app. */
    extendedAttributes: z.array(extendedAttribute).nullable(),
    /** The enterprise’s own attributes that exist, with the value or null. */
    attributes: z.array(
      z.object({
        key: z.string(),
        nameZh: z.string(),
        nameEn: z.string(),
        value: z.string().nullable(),
      }),
    ),
    directLeaders: z.array(z.object({ wecomUserId: z.string(), name: z.string().nullable() })),
    createdAt: instant,
    history: z.array(memberHistoryItem),
    /** The names of what `history` mentions by id. */
    historyNames: subjectNames,
  })
  .meta({
    id: 'MemberDetail',
    description: 'Everything about a member that the caller may see, sensitive values masked.',
  });
/** Value of {@link memberDetail}. */
export type MemberDetail = z.infer<typeof memberDetail>;

/** Result of one step of a member check. */
export const memberCheckStep = z
  .object({
    id: z.enum(['read', 'scope', 'match', 'plan', 'apply']),
    status: z.enum(['passed', 'failed', 'skipped', 'warning']),
    /** Error code of WeCom, if it refused the call. */
    errcode: z.number().int().optional(),
    detail: z.string(),
    left: z
      .object({ leftAt: instant.nullable(), leftRunId: z.string().nullable() })
      .optional()
      .describe('Of `read`, about a member who left before: when, and the run that recorded it.'),
  })
  .meta({ id: 'MemberCheckStep', description: 'Result of one step of a member check.' });
/** Value of {@link memberCheckStep}. */
export type MemberCheckStep = z.infer<typeof memberCheckStep>;

/** Sensitive fields that an admin can reveal. */
export const revealableFields = ['mobile', 'email', 'bizMail', 'address', 'qrCode'] as const;
