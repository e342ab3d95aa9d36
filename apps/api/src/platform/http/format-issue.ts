import { ruleTexts } from '@orgmirror/contracts';
import type * as z from 'zod';
import { en, zhCN } from 'zod/locales';
import type { Locale } from './locale.ts';

/** Zod's own messages by language. */
export const zodTexts = { zh: zhCN().localeError, en: en().localeError };

const chineseRules = new Map<string, string>(Object.values(ruleTexts).map((rule) => [rule.en, rule.zh]));

/**
 * What is wrong with a value, in the caller's language, which `zodTexts` has been told already: a rule of the
 * contract still to be translated, and of a union what each alternative lacks.
 */
export function formatIssue(issue: z.core.$ZodIssue, locale: Locale): string {
  if (issue.code === 'invalid_union') return formatUnion(issue, locale);
  return (locale === 'zh' && chineseRules.get(issue.message)) || issue.message;
}

/** None of the known kinds of objects. */
function formatOptions(issue: z.core.$ZodIssueInvalidUnion, locale: Locale): string {
  if (!('options' in issue) || issue.options === undefined) return issue.message;
  const worded = zodTexts[locale]({ code: 'invalid_value', values: issue.options, input: issue.input });
  return typeof worded === 'string' ? worded : issue.message;
}

function formatUnion(issue: z.core.$ZodIssueInvalidUnion, locale: Locale): string {
  const formatAlternative = (inner: readonly z.core.$ZodIssue[]) =>
    inner
      .map((each) =>
        [...(each.path.length > 0 ? [each.path.join('.')] : []), formatIssue(each, locale)].join(': '),
      )
      .join(locale === 'zh' ? '，' : ', ');
  if (issue.errors.length === 0) return formatOptions(issue, locale);
  return issue.errors.map(formatAlternative).join(locale === 'zh' ? '；或 ' : '; or ');
}
