import { type Attribute, type AttributeImport, attribute, attributeImport } from '@orgmirror/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { chooseOption } from '../../../test/choose-option.ts';
import { adminUser } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const employeeNo = attribute.parse({
  key: 'employee_no',
  nameZh: '工号',
  nameEn: 'Employee no.',
  type: 'text',
  choices: [],
  members: 1_198,
} satisfies Attribute);

const judged = (change: Partial<AttributeImport> = {}): AttributeImport =>
  attributeImport.parse({
    id: '0199f1c2-b2c4-7d1a-8e5f-3a4b5c6d7e8f',
    fileName: '工号.csv',
    status: 'judged',
    columns: ['employee_no'],
    counts: { set: 3, cleared: 1, unchanged: 2, refused: 1, valuesCleared: 1 },
    refused: [{ line: 4, wecomUserId: 'nobody', reason: 'unknownMember', attribute: null, given: null }],
    fingerprint: 'f1',
    createdAt: '2026-11-02T06:12:00.000Z',
    appliedAt: null,
    expiresAt: '2026-11-03T06:12:00.000Z',
    ...change,
  });

const open = async (path = '/system/attributes') => {
  answer('get', '/attributes', { items: [employeeNo] });
  return renderConsole(path);
};

describe('the extra attributes', () => {
  it('are explained while there are none, with the first step', async () => {
    const user = await renderConsole('/system/attributes');
    await user.click(await screen.findByRole('button', { name: '添加属性' }));
    const dialog = await screen.findByRole('dialog', { name: '添加属性' });
    let sent: unknown;
    answerWith('post', '/attributes', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(employeeNo, { status: 201 });
    });
    await user.type(within(dialog).getByLabelText('中文名称'), '职级');
    await user.type(within(dialog).getByLabelText('英文名称'), 'Grade');
    await user.type(within(dialog).getByLabelText('标识'), 'grade');
    await chooseOption(user, await within(dialog).findByLabelText('类型'), '单选');
    await user.type(within(dialog).getByLabelText('可选值'), 'P1{Enter}P2');
    await user.click(within(dialog).getByRole('button', { name: '保存' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent).toEqual({
      key: 'grade',
      nameZh: '职级',
      nameEn: 'Grade',
      type: 'choice',
      choices: ['P1', 'P2'],
    });
  });

  it('are deleted once the number of values is told', async () => {
    const user = await open();
    const row = await screen.findByRole('row', { name: /工号/ });
    await user.click(within(row).getByRole('button', { name: '删除' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('1,198 名成员的值将一并删除');
    let path = '';
    answerWith('delete', '/attributes/:key', ({ request }) => {
      path = new URL(request.url).pathname;
      return new HttpResponse(null, { status: 204 });
    });
    await user.click(within(dialog).getByRole('button', { name: '删除' }));
    await waitFor(() => expect(path).toBe('/api/v1/attributes/employee_no'));
  });

  it('are filled in by a file: tried first, then applied by a button that names its effect', async () => {
    const user = await open();
    let type: string | null = null;
    answerWith('post', '/attribute-imports', ({ request }) => {
      type = request.headers.get('content-type');
      return HttpResponse.json(judged(), { status: 201 });
    });
    const file = new File(['userid,employee_no\nann,1'], '工号.csv', { type: 'application/vnd.ms-excel' });
    await user.upload(await screen.findByLabelText('上传文件', { selector: 'input' }), file);
    expect(await screen.findByText('试运行结果：工号.csv')).toBeVisible();
    expect(type).toBe('text/csv');
    expect(screen.getByText('空单元格将清除 1 个现有值')).toBeVisible();
    expect(screen.getByRole('row', { name: /nobody/ })).toHaveTextContent('组织架构中没有此账号');
    let body: unknown;
    answerWith('post', '/attribute-imports/:id/apply', async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(judged({ status: 'applied', appliedAt: '2026-11-02T06:13:00.000Z' }));
    });
    await user.click(screen.getByRole('button', { name: '应用到 4 名成员' }));
    expect(await screen.findByText('已更新 4 名成员')).toBeVisible();
    expect(body).toEqual({ fingerprint: 'f1' });
    await waitFor(() => expect(screen.queryByRole('button', { name: /应用到/ })).toBeNull());
  });

  it('say why a file cannot be read, and why a dry run no longer holds', async () => {
    answer('get', '/attribute-imports/:id', judged());
    const user = await open(`/system/attributes?import=${judged().id}`);
    answerProblem('post', '/attribute-imports/:id/apply', { code: 'attribute.import_stale', status: 409 });
    await user.click(await screen.findByRole('button', { name: '应用到 4 名成员' }));
    expect(await screen.findByText('title of attribute.import_stale')).toBeVisible();
    answerProblem('post', '/attribute-imports', { code: 'attribute.file_unreadable', status: 422 });
    const input = screen.getByLabelText('上传文件', { selector: 'input' });
    await user.upload(input, new File(['junk'], 'a.xlsx'));
    expect(await screen.findByText('title of attribute.file_unreadable')).toBeVisible();
  });

  it('are read by an auditor, who changes nothing', async () => {
    answer('get', '/attributes', { items: [employeeNo] });
    await renderConsole('/system/attributes', { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByRole('row', { name: /工号/ })).toBeVisible();
    expect(screen.queryByRole('button', { name: '上传文件' })).toBeNull();
    expect(screen.queryByRole('button', { name: '添加属性' })).toBeNull();
  });
});
