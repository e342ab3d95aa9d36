import type { Attribute } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../components/data-table.tsx';
import { attributesKey } from '../../entities/attributes/attributes-query.ts';
import { useAttributeName } from '../../entities/attributes/use-attribute-name.ts';
import { deleteAttribute } from '../../lib/api/attributes.ts';
import { formatCount } from '../../lib/format.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';

/** The columns of the list of attributes; an admin can change them. */
export function useAttributeColumns(
  isAdmin: boolean,
  onEdit: (attribute: Attribute) => void,
): Column<Attribute>[] {
  const { t } = useTranslation();
  const nameOf = useAttributeName();
  const confirmDelete = useConfirmDelete();
  const columns: Column<Attribute>[] = [
    {
      key: 'name',
      title: t('attributes.column.name'),
      render: (row) => <strong>{nameOf(row)}</strong>,
    },
    { key: 'key', title: t('attributes.column.key'), render: ({ key }) => <code>{key}</code> },
    {
      key: 'type',
      title: t('attributes.column.type'),
      render: ({ type, choices }) => (
        <>
          {t(`attributes.type.${type}`)}
          {choices.length > 0 && <span className="om-quiet"> {choices.join(t('common.listSeparator'))}</span>}
        </>
      ),
    },
    {
      key: 'members',
      title: t('attributes.column.members'),
      isNumeric: true,
      render: ({ members }) => formatCount(members ?? 0),
    },
  ];
  if (!isAdmin) return columns;
  return [
    ...columns,
    {
      key: 'actions',
      title: t('attributes.column.actions'),
      render: (row) => (
        <span className="om-attribute-actions">
          <Button size="small" onClick={() => onEdit(row)}>
            {t('attributes.edit')}
          </Button>
          <Button size="small" onClick={() => confirmDelete(row)}>
            {t('attributes.delete.action')}
          </Button>
        </span>
      ),
    },
  ];
}

function useConfirmDelete(): (attribute: Attribute) => void {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const nameOf = useAttributeName();
  const remove = useMutation({
    mutationFn: ({ key }: Attribute) => deleteAttribute({ params: { key } }),
    onSuccess: (_, attribute) => message.success(t('attributes.delete.done', { name: nameOf(attribute) })),
    onError: (error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
    onSettled: () => client.invalidateQueries({ queryKey: attributesKey }),
  });
  return (attribute) =>
    void modal.confirm({
      title: t('attributes.delete.title', { name: nameOf(attribute) }),
      content: t('attributes.delete.effect', { count: attribute.members ?? 0 }),
      okText: t('attributes.delete.action'),
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => remove.mutate(attribute),
    });
}
