import { z } from 'zod';
import type { Member } from '../corp/corp.ts';
import {
  changeUserid,
  createDepartment,
  deleteDepartment,
  hireMember,
  moveMember,
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
} from '../corp/edit-corp.ts';
import {
  type ControlAction,
  defineAction,
  flagField,
  numberField,
  numbersField,
  textField,
} from './action.ts';

const statusField = z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(5)]);
const optionalNumber = numberField.optional();

const rawDepartment = z.strictObject({
  id: z.number(),
  name: z.string(),
  name_en: z.string().exactOptional(),
  parentid: z.number(),
  order: z.number(),
  leaders: z.array(z.string()).default([]),
  wireOverride: z.record(z.string(), z.unknown()).exactOptional(),
});

const rawMember = z.strictObject({
  userid: textField,
  name: z.string(),
  memberships: z.array(
    z.strictObject({ departmentId: z.number(), order: z.number(), isLeader: z.boolean() }),
  ),
  mainDepartmentId: z.number(),
  position: z.string().default(''),
  status: statusField.default(1),
  directLeaders: z.array(z.string()).default([]),
  extras: z.custom<NonNullable<Member['extras']>>((value) => typeof value === 'object').exactOptional(),
});

/**
 * The edit API of the corp: checked edits as an admin of the WeCom console makes them, and two raw ones for
 * broken corps.
 */
export const corpActions: Readonly<Record<string, ControlAction>> = {
  hire: defineAction(
    z.strictObject({
      name: textField,
      departmentIds: numbersField,
      userid: textField.optional(),
      mainDepartmentId: optionalNumber,
      position: textField.optional(),
      status: statusField.optional(),
    }),
    ({ corp }, fields) => hireMember(corp, fields),
  ),
  rename: defineAction(z.strictObject({ userid: textField, name: textField }), ({ corp }, { userid, name }) =>
    updateMember(corp, userid, { name }),
  ),
  'set-position': defineAction(
    z.strictObject({ userid: textField, position: z.string() }),
    ({ corp }, { userid, position }) => updateMember(corp, userid, { position }),
  ),
  move: defineAction(
    z.strictObject({ userid: textField, departmentIds: numbersField, mainDepartmentId: optionalNumber }),
    ({ corp }, { userid, departmentIds, mainDepartmentId }) =>
      moveMember(corp, userid, departmentIds, mainDepartmentId),
  ),
  'change-userid': defineAction(
    z.strictObject({ userid: textField, newUserid: textField }),
    ({ corp }, { userid, newUserid }) => changeUserid(corp, userid, newUserid),
  ),
  leave: defineAction(z.strictObject({ userid: textField }), ({ corp }, { userid }) =>
    removeMember(corp, userid),
  ),
  disable: defineAction(
    z.strictObject({ userid: textField, disabled: flagField.default(true) }),
    ({ corp }, { userid, disabled }) => updateMember(corp, userid, { status: disabled ? 2 : 1 }),
  ),
  'set-leader': defineAction(
    z.strictObject({ userid: textField, departmentId: numberField, isLeader: flagField }),
    ({ corp }, { userid, departmentId, isLeader }) =>
      setDepartmentLeader(corp, userid, departmentId, isLeader),
  ),
  'new-department': defineAction(
    z.strictObject({ name: textField, parentid: numberField, order: optionalNumber, id: optionalNumber }),
    ({ corp }, fields) => createDepartment(corp, fields),
  ),
  'rename-department': defineAction(
    z.strictObject({ id: numberField, name: textField }),
    ({ corp }, { id, name }) => updateDepartment(corp, id, { name }),
  ),
  'move-department': defineAction(
    z.strictObject({ id: numberField, parentid: optionalNumber, order: optionalNumber }),
    ({ corp }, { id, parentid, order }) => updateDepartment(corp, id, { parentid, order }),
  ),
  'delete-department': defineAction(z.strictObject({ id: numberField }), ({ corp }, { id }) =>
    deleteDepartment(corp, id),
  ),
  'put-raw-department': defineAction(rawDepartment, ({ corp }, department) => corp.putDepartment(department)),
  'put-raw-member': defineAction(rawMember, ({ corp }, member) => corp.putMember(member)),
};
