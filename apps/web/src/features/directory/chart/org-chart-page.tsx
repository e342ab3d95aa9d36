import { DownloadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { MenuButton } from '../../../components/menu-button.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { PageState } from '../../../components/page-state.tsx';
import { QueryContent } from '../../../components/query-content.tsx';
import type { DepartmentForest } from '../../../entities/departments/department-forest.ts';
import { departmentsQuery } from '../../../entities/departments/departments-query.ts';
import { memberQuery } from '../../../entities/members/member-query.ts';
import { downloadBlob } from '../../../lib/download-blob.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { ChartSearch } from './chart-search.tsx';
import { buildSvg, drawPng } from './export-chart.ts';
import { useChart } from './use-chart.ts';
import './chart.css';

/** 架构图: the departments as a picture to zoom, fold and take along. The tree is the same for screen readers. */
export function OrgChartPage() {
  const { t } = useTranslation();
  return (
    <div className="om-org">
      <QueryContent query={useQuery(departmentsQuery)}>
        {(forest) =>
          forest.roots.length === 0 ? (
            <PageState
              isPage
              title={t('org.chart.title')}
              detail={t('org.chart.empty')}
              action={<Link to="/system/org">{t('org.chart.toTree')}</Link>}
            />
          ) : (
            <OrgChart forest={forest} />
          )
        }
      </QueryContent>
    </div>
  );
}

function OrgChart({ forest }: { forest: DepartmentForest }) {
  const { t } = useTranslation();
  const chart = useChart(forest.roots);
  const exports = useChartExport(chart);
  return (
    <>
      <PageHeader
        title={t('org.chart.title')}
        note={<Link to="/system/org">{t('org.chart.toTree')}</Link>}
        extra={
          <MenuButton
            icon={<DownloadOutlined aria-hidden="true" />}
            menu={{
              items: (['svg', 'png'] as const).map((kind) => ({
                key: kind,
                label: t(`org.chart.export.${kind}`),
                onClick: () => void exports[kind](),
              })),
            }}
          >
            {t('org.menu.export')}
          </MenuButton>
        }
      />
      <div className="om-card om-chart-card-box">
        <div className="om-chart-tools">
          <ChartSearch forest={forest} onPick={chart.showDepartment} />
          <Button onClick={() => chart.view.zoom(1.25)}>{t('org.chart.zoomIn')}</Button>
          <Button onClick={() => chart.view.zoom(0.8)}>{t('org.chart.zoomOut')}</Button>
          <Button onClick={chart.view.fit}>{t('org.chart.fit')}</Button>
          <Button onClick={chart.expandAll}>{t('org.chart.expandAll')}</Button>
          <Button onClick={chart.collapseAll}>{t('org.chart.collapseAll')}</Button>
        </div>
        <ChartCanvas chart={chart} />
      </div>
    </>
  );
}

/** Downloads what is unfolded, with the leaders whose names are known by now. */
function useChartExport({ layout }: ReturnType<typeof useChart>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const build = () =>
    buildSvg(layout, ({ totalMemberCount: count, leaderUserIds: [leader] }) => {
      const known = leader === undefined ? undefined : client.getQueryData(memberQuery(leader).queryKey);
      return [known?.name, t('org.chart.members', { count })].filter(Boolean).join(' · ');
    });
  const fileName = t('org.chart.title');
  return {
    svg: async () => downloadBlob(`${fileName}.svg`, new Blob([build()], { type: 'image/svg+xml' })),
    png: async () => {
      const png = await drawPng(build());
      if (png === null) message.error(t('org.chart.export.tooLarge'));
      else downloadBlob(`${fileName}.png`, png);
    },
  };
}
