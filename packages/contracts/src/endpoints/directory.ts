import * as z from 'zod';
import { departmentId, pageOf, pageQuery, role } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import {
  department,
  departmentOutline,
  departmentTreeNode,
  maxBulkMembers,
  memberAccessResult,
  memberCheckStep,
  memberDetail,
  memberSort,
  memberStatus,
  memberSummary,
  revealableFields,
  sortOrder,
} from '../schemas/directory.ts';
import { subjectNames, syncChange } from '../schemas/sync-runs.ts';

const memberParams = z.object({
  wecomUserId: z.string().min(1).max(200).describe('The userid of WeCom; compared without case.'),
});

/** `POST /members/:wecomUserId/check`: compare one member with WeCom. */
export const checkMember = defineEndpoint({
  method: 'post',
  path: '/members/:wecomUserId/check',
  summary: 'Compare one member with WeCom',
  description:
    'Reads the member from WeCom and answers the steps and the changes that a sync would make; with `apply: true` it applies them as a run. Whom WeCom denies by name is removed when no list of their departments names them either, through the removal guard.',
  access: ['admin'],
  params: memberParams,
  body: z.strictObject({ apply: z.boolean().optional() }),
  answer: {
    status: 200,
    schema: z.object({
      steps: z.array(memberCheckStep),
      changes: z.array(syncChange),
      /** The names of what `changes` mention by id. */
      names: subjectNames,
      /** The run that applied the changes; null when they were not applied. */
      runId: z.string().nullable(),
    }),
  },
  errors: ['settings.incomplete', 'sync.disabled', 'sync.already_running', 'plan.stale'],
});

/** `PUT /members/:wecomUserId/access`: set the role of a member, or block the member. */
export const setMemberAccess = defineEndpoint({
  method: 'put',
  path: '/members/:wecomUserId/access',
  summary: 'Set the role of a member, or block the member',
  description:
    'A blocked member cannot sign in to the console and loses all sessions. The last admin keeps the role: `access.last_admin`.',
  access: ['admin'],
  params: memberParams,
  body: z
    .strictObject({ role: role.optional(), disabled: z.boolean().optional() })
    .refine((body) => Object.keys(body).length > 0, ruleTexts.someField.en),
  answer: { status: 200, schema: memberSummary },
  errors: ['resource.not_found', 'access.last_admin'],
});

/** `POST /members/access`: set the role of several members, or block them. */
export const setMembersAccess = defineEndpoint({
  method: 'post',
  path: '/members/access',
  summary: 'Set the role of several members, or block them',
  description:
    'As `PUT /members/{wecomUserId}/access` for each of them, one after the other, each with its own entry in the audit log. A member who cannot be changed stays as they are, with the code of the error; the others are changed.',
  access: ['admin'],
  body: z
    .strictObject({
      userIds: z.array(memberParams.shape.wecomUserId).min(1).max(maxBulkMembers),
      role: role.optional(),
      disabled: z.boolean().optional(),
    })
    .refine((body) => body.role !== undefined || body.disabled !== undefined, ruleTexts.someField.en),
  answer: { status: 200, schema: z.object({ results: z.array(memberAccessResult) }) },
});

/** `POST /members/:wecomUserId/reveal`: reveal one sensitive field of a member. */
export const revealMember = defineEndpoint({
  method: 'post',
  path: '/members/:wecomUserId/reveal',
  summary: 'Reveal one sensitive field of a member',
  description:
    'Answers the full value. Each call is recorded in the audit log. A user may make 100 in 10 minutes.',
  access: ['admin'],
  rateClass: 'reveal',
  params: memberParams,
  body: z.strictObject({ field: z.enum(revealableFields) }),
  answer: { status: 200, schema: z.object({ value: z.string() }) },
  errors: ['resource.not_found'],
});

/** `GET /departments`: list one level of departments. */
export const listDepartments = defineEndpoint({
  method: 'get',
  path: '/departments',
  summary: 'List one level of departments',
  description:
    'The children of `parentId`, or the top departments without it; larger `sortOrder` first, then by id.',
  access: 'signedIn',
  query: pageQuery.extend({
    parentId: departmentId.optional().describe('Department whose children to list.'),
  }),
  answer: { status: 200, schema: pageOf(department) },
  errors: ['resource.not_found'],
});

/** `GET /departments/tree`: get the whole department tree. */
export const getDepartmentTree = defineEndpoint({
  method: 'get',
  path: '/departments/tree',
  summary: 'Get the whole department tree',
  description:
    'All visible departments, nested. The top level can hold several departments when the visible scope of the app has gaps.',
  access: 'signedIn',
  answer: { status: 200, schema: z.object({ items: z.array(departmentTreeNode) }) },
});

/** `GET /departments/outline`: get the whole department tree as columns. */
export const getDepartmentOutline = defineEndpoint({
  method: 'get',
  path: '/departments/outline',
  summary: 'Get the whole department tree as columns',
  description:
    'The same departments in the same order as `GET /departments/tree`, without what can be told from their order: paths, parents and whether there are children. 5,000 departments are some 50 KB compressed.',
  access: 'signedIn',
  answer: { status: 200, schema: departmentOutline },
});

/** `GET /departments/search`: find departments by pinyin. */
export const searchDepartments = defineEndpoint({
  method: 'get',
  path: '/departments/search',
  summary: 'Find departments by pinyin',
  description:
    'The ids of all departments whose name, from one of its characters on, begins with `q` in pinyin or initials. Names, English names and ids are in the tree itself.',
  access: 'signedIn',
  query: z.object({ q: z.string().trim().min(1).max(200).describe('Pinyin or initials.') }),
  answer: { status: 200, schema: z.object({ ids: z.array(z.number().int()) }) },
});

/** `GET /members`: list or search members. */
export const listMembers = defineEndpoint({
  method: 'get',
  path: '/members',
  summary: 'List or search members',
  description:
    '`q` matches name, alias, userid, pinyin and initials, for admins and auditors also the values of the enterprise’s own attributes, and for admins a full mobile number (with `+` and its country unless of the mainland), which counts and is recorded as a reveal: first those where one of the first three is `q`, then those where one begins with it, then the rest. `recursive=true` includes the departments below `departmentId`. `total` counts all matches, each member once. `sort` replaces that order: `status` and `department` group the members, each group by name; departments come as in the tree.',
  access: 'signedIn',
  query: pageQuery.extend({
    departmentId: departmentId.optional().describe('Only members of this department.'),
    recursive: z.stringbool().default(false).describe('Include the departments below.'),
    q: z
      .string()
      .trim()
      .max(200)
      .optional()
      .describe('Name, alias, userid, pinyin or initials, or a full mobile number.'),
    status: memberStatus.optional(),
    presence: z
      .enum(['present', 'left', 'all'])
      .default('present')
      .describe('Present members, members who left, or both.'),
    sort: memberSort.optional().describe('Column to sort by.'),
    order: sortOrder.default('asc').describe('Direction of `sort`.'),
  }),
  answer: { status: 200, schema: pageOf(memberSummary).extend({ total: z.number().int() }) },
  errors: ['resource.not_found'],
});

/** `GET /members/:wecomUserId`: get one member. */
export const getMember = defineEndpoint({
  method: 'get',
  path: '/members/:wecomUserId',
  summary: 'Get one member',
  description:
    'With extended attributes and change history. The userid is compared without case. Members can read only themselves.',
  access: 'signedIn',
  params: memberParams,
  answer: { status: 200, schema: memberDetail },
  errors: ['resource.not_found'],
});
