import i18next from 'i18next';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { changesFixture, runId } from '../../../test/fixtures.ts';
import { answerWith } from '../../../test/server.ts';
import { loadPageTexts, switchLanguage } from '../../i18n/language.ts';
import { exportChanges } from './export-changes.ts';

it('reads every page and writes one row a changed field, defused', async () => {
  const queries: string[] = [];
  answerWith('get', '/sync-runs/:id/changes', ({ request }) => {
    const { searchParams } = new URL(request.url);
    queries.push(searchParams.toString());
    const isFirst = searchParams.get('cursor') === null;
    const moved = {
      entity: 'department',
      key: '12',
      name: '=HYPERLINK("x")',
      kind: 'move',
      before: { parentId: 3 },
      after: { parentId: 99 },
      held: false,
    };
    return HttpResponse.json({
      items: isFirst ? [changesFixture[0]] : [moved],
      nextCursor: isFirst ? 'c2' : null,
    });
  });
  await switchLanguage('zh-CN');
  await loadPageTexts('history');
  const progress: number[] = [];
  const { csv, count } = await exportChanges({
    runId,
    labels: { t: i18next.t, getDepartmentName: (id) => (id === 3 ? '前端组' : undefined) },
    onRead: (read) => progress.push(read),
    signal: new AbortController().signal,
  });
  expect(queries).toEqual(['limit=200', 'limit=200&cursor=c2']);
  expect([count, progress]).toEqual([2, [1, 2]]);
  expect(csv.join('').split('\r\n')).toEqual([
    '\uFEFF对象,类型,名称,编号,字段,原值,新值,待批准',
    '成员,更新,王芳,wangfang,职务,前端工程师,前端负责人,否',
    '成员,更新,王芳,wangfang,状态,未激活,已激活,否',
    `部门,移动,"'=HYPERLINK(""x"")",12,上级部门,前端组,#99,否`,
    '',
  ]);
});
