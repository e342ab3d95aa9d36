import type { MemberSummary } from '@orgmirror/contracts';
import {
  type MemberExportColumn,
  memberExportColumns,
  memberExportColumnTexts,
} from '@orgmirror/contracts/export-texts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { attributesQuery } from '../../entities/attributes/attributes-query.ts';
import { useAttributeName } from '../../entities/attributes/use-attribute-name.ts';
import { type ExportRequest, useStartExport } from '../../entities/exports/use-start-export.ts';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useLoadedLanguage } from '../../i18n/language.ts';
import { formatCount } from '../../lib/format.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { membersQuery } from './members-query.ts';
import { hasFilters, type OrgParams } from './org-params.ts';

const scopes = ['selected', 'filtered', 'all'] as const;
const formats = ['xlsx', 'csv'] as const;
type Scope = (typeof scopes)[number];
type MemberRequest = Extract<ExportRequest, { list: 'members' }>;

interface ExportDialogProps {
  params: OrgParams;
  /** Members that are ticked, who are then exported unless another choice is made. */
  selected: readonly MemberSummary[];
  onClose: () => void;
}

/** 导出成员: whom, which columns, which format; the server writes the file meanwhile. */
export function ExportDialog({ params, selected, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const lang = useLoadedLanguage().code === 'zh-CN' ? 'zh' : 'en';
  const isAdmin = useIsAdmin();
  const { data: page } = useQuery(membersQuery(params));
  const offered = scopes.filter(
    (one) =>
      one === 'all' ||
      (one === 'selected' ? selected.length > 0 : params.departmentId !== null || hasFilters(params)),
  );
  const [scope, setScope] = useState<Scope>(offered[0] ?? 'all');
  const [format, setFormat] = useState<MemberRequest['format']>('xlsx');
  const [columns, setColumns] = useState<readonly MemberExportColumn[]>(memberExportColumns);
  const { data: attributes = [] } = useQuery(attributesQuery);
  const nameOf = useAttributeName();
  const [attributeKeys, setAttributeKeys] = useState<readonly string[]>([]);
  const [isRevealed, setRevealed] = useState(false);
  const start = useStartExport({ onStarted: onClose });
  const counts = { selected: selected.length, filtered: page?.total, all: undefined };
  const submit = () =>
    start.mutate({
      list: 'members',
      format,
      columns: memberExportColumns.filter((column) => columns.includes(column)),
      attributes: [...attributeKeys],
      reveal: isRevealed,
      ...(scope === 'selected' && { userIds: selected.map(({ wecomUserId }) => wecomUserId) }),
      ...(scope === 'filtered' && { filter: toExportFilter(params) }),
    });
  return (
    <Modal
      open
      title={t('exports.dialog.title')}
      onCancel={onClose}
      width={560}
      okText={t('exports.dialog.start')}
      okButtonProps={{ disabled: columns.length === 0, loading: start.isPending }}
      cancelText={t('common.action.cancel')}
      onOk={submit}
    >
      {start.isError && <ProblemNotice error={start.error} />}
      <fieldset className="om-export-choice">
        <legend>{t('exports.dialog.whom')}</legend>
        <Radio.Group value={scope} onChange={({ target }) => setScope(target.value)}>
          {offered.map((one) => (
            <Radio key={one} value={one}>
              {t(`exports.of.${one}`)}
              {counts[one] !== undefined && ` (${formatCount(counts[one])})`}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <fieldset className="om-export-choice">
        <legend>{t('exports.dialog.format')}</legend>
        <Radio.Group value={format} onChange={({ target }) => setFormat(target.value)}>
          {formats.map((one) => (
            <Radio key={one} value={one}>
              {t(`exports.format.${one}`)}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <fieldset className="om-export-choice">
        <legend>{t('exports.dialog.columns')}</legend>
        <Checkbox.Group
          value={[...columns]}
          onChange={(chosen) => setColumns(chosen)}
          options={memberExportColumns.map((column) => ({
            value: column,
            label: memberExportColumnTexts[column][lang],
          }))}
        />
      </fieldset>
      {attributes.length > 0 && (
        <fieldset className="om-export-choice">
          <legend>{t('members.attributes.title')}</legend>
          <Checkbox.Group
            value={[...attributeKeys]}
            onChange={setAttributeKeys}
            options={attributes.map((attribute) => ({ value: attribute.key, label: nameOf(attribute) }))}
          />
        </fieldset>
      )}
      {isAdmin && (
        <Checkbox checked={isRevealed} onChange={({ target }) => setRevealed(target.checked)}>
          {t('exports.dialog.reveal')}
        </Checkbox>
      )}
      <p className="om-small-print">{t('exports.dialog.note')}</p>
    </Modal>
  );
}

const toExportFilter = ({
  departmentId,
  isRecursive,
  q,
  status,
  presence,
}: OrgParams): NonNullable<MemberRequest['filter']> => ({
  ...(departmentId !== null && { departmentId, recursive: isRecursive }),
  ...(q.trim() !== '' && { q: q.trim() }),
  ...(status !== 'all' && { status }),
  presence,
});
