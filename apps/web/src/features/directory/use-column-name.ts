import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { attributesQuery } from '../../entities/attributes/attributes-query.ts';
import { useAttributeName } from '../../entities/attributes/use-attribute-name.ts';
import { useSeesConsole } from '../../entities/session/session.ts';
import { type ColumnKey, isAttributeColumn, toAttributeColumn } from './column-order.ts';

/** Names a column of the list of members; undefined for that of an attribute that is not known (yet). */
export function useColumnName(): (key: ColumnKey) => string | undefined {
  const { t } = useTranslation();
  const { data: attributes } = useQuery({ ...attributesQuery, enabled: useSeesConsole() });
  const nameOf = useAttributeName();
  return useCallback(
    (key) => {
      if (!isAttributeColumn(key)) return t(`org.column.${key}`);
      const attribute = attributes?.find((one) => toAttributeColumn(one.key) === key);
      return attribute && nameOf(attribute);
    },
    [t, attributes, nameOf],
  );
}
