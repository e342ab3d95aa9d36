import type { Attribute } from '@orgmirror/contracts';
import { useCallback } from 'react';
import { useLoadedLanguage } from '../../i18n/language.ts';

/** Names an attribute in the language that is shown. */
export function useAttributeName(): (attribute: Pick<Attribute, 'nameZh' | 'nameEn'>) => string {
  const { code } = useLoadedLanguage();
  return useCallback(({ nameZh, nameEn }) => (code === 'zh-CN' ? nameZh : nameEn), [code]);
}
