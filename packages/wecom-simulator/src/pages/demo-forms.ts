import type { Department } from '../corp/corp.ts';
import { html, type Markup } from './html.ts';

interface FormField {
  readonly name: string;
  readonly label: string;
  readonly value?: string | number;
  readonly optional?: true;
}

interface EditForm {
  /** Name of the control action that the form posts to. */
  readonly action: string;
  readonly title: string;
  readonly fields: readonly FormField[];
}

const useridField: FormField = { name: 'userid', label: '成员 UserID' };

function listForms({ id, name, parentid }: Department): EditForm[] {
  const departmentIds: FormField = {
    name: 'departmentIds',
    label: '部门 id，可多个 Department ids',
    value: id,
  };
  return [
    {
      action: 'hire',
      title: '入职 Hire',
      fields: [
        { name: 'name', label: '姓名 Name' },
        { ...useridField, optional: true },
        departmentIds,
        { name: 'position', label: '职务 Position', optional: true },
      ],
    },
    {
      action: 'rename',
      title: '改名 Rename',
      fields: [useridField, { name: 'name', label: '新姓名 New name' }],
    },
    { action: 'move', title: '调动 Move', fields: [useridField, departmentIds] },
    {
      action: 'change-userid',
      title: '改账号 Change userid',
      fields: [useridField, { name: 'newUserid', label: '新 UserID' }],
    },
    { action: 'leave', title: '离职 Leave', fields: [useridField] },
    { action: 'disable', title: '禁用 Disable', fields: [useridField] },
    {
      action: 'new-department',
      title: '新建部门 New department',
      fields: [
        { name: 'name', label: '部门名称 Name' },
        { name: 'parentid', label: '上级部门 id Parent', value: id },
      ],
    },
    {
      action: 'rename-department',
      title: '部门改名 Rename department',
      fields: [
        { name: 'id', label: '部门 id', value: id },
        { name: 'name', label: '新名称 New name', value: name },
      ],
    },
    {
      action: 'move-department',
      title: '移动部门 Move department',
      fields: [
        { name: 'id', label: '部门 id', value: id },
        { name: 'parentid', label: '新的上级部门 id New parent', value: parentid },
      ],
    },
    {
      action: 'delete-department',
      title: '删除空部门 Delete empty department',
      fields: [{ name: 'id', label: '部门 id', value: id }],
    },
    {
      action: 'set-callback',
      title: '接收事件服务器 Event server',
      fields: [
        { name: 'source', label: 'contacts（通讯录同步）或 app', value: 'contacts' },
        { name: 'url', label: 'URL' },
        { name: 'token', label: 'Token' },
        { name: 'encodingAesKey', label: 'EncodingAESKey' },
      ],
    },
  ];
}

function presentField({ name, label, value, optional }: FormField): Markup {
  const input = optional
    ? html`<input type="text" name="${name}" value="${value ?? ''}">`
    : html`<input type="text" name="${name}" value="${value ?? ''}" required>`;
  return html`<label>${label}${optional ? '（选填 optional）' : ''}${input}</label>`;
}

/**
 * The forms that change the corp, filled in for the chosen department; they post to the edit API and work
 * without scripts.
 */
export function presentEditForms(department: Department): Markup {
  const forms = listForms(department).map(
    ({ action, title, fields }) => html`<form class="card" method="post" action="/simulator/${action}">
<h2>${title}</h2><input type="hidden" name="department" value="${department.id}">
${fields.map(presentField)}<button>${title}</button></form>`,
  );
  return html`<div class="forms">${forms}</div>`;
}
