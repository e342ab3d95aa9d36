import type { RemovalGuard } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { memberTotalQuery } from '../../../entities/members/member-total-query.ts';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { useSaveSyncSettings } from './use-save-sync-settings.ts';

/** Until members are here, the rule is shown by this many. */
const examplePresent = 1_000;

const limitNames = ['maxCount', 'maxPercent', 'windowHours'] as const;

/** Limits of the server. Not passed to the inputs, which would replace typed numbers. */
const ranges = {
  maxCount: { min: 0, max: 1_000_000 },
  maxPercent: { min: 0, max: 100 },
  windowHours: { min: 1, max: 720 },
} as const;

/** The limits above which removals are held for approval. */
export function RemovalGuardForm({ guard }: { guard: RemovalGuard }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const { data: total = 0 } = useQuery(memberTotalQuery);
  const present = total === 0 ? examplePresent : total;
  const [form] = Form.useForm<RemovalGuard>();
  const save = useSaveSyncSettings();
  const entered = Form.useWatch([], form) ?? guard;
  const isChanged = Object.entries(guard).some(
    ([name, value]) => entered[name as keyof RemovalGuard] !== value,
  );
  const buildRules = (name: keyof RemovalGuard) => [
    { required: true, message: t('settings.guard.required') },
    { type: 'number' as const, ...ranges[name], message: t('settings.guard.range', ranges[name]) },
  ];
  return (
    <article className="om-card" aria-labelledby="om-guard-title">
      <UnsavedGuard isOfPage isDirty={() => isChanged} />
      <div className="om-card-head">
        <h2 id="om-guard-title">{t('settings.guard.title')}</h2>
      </div>
      <div className="om-card-body">
        <p className="om-guard-intro">{t('settings.guard.intro')}</p>
        {save.isError && <ProblemNotice error={save.error} />}
        <Form<RemovalGuard>
          form={form}
          layout="inline"
          className="om-inline-form"
          initialValues={guard}
          disabled={!isAdmin}
          requiredMark={false}
          onFinish={(removalGuard) =>
            save.mutate({ removalGuard }, { onSuccess: () => message.success(t('settings.guard.saved')) })
          }
        >
          <Form.Item name="maxCount" label={t('settings.guard.maxCount')} rules={buildRules('maxCount')}>
            <InputNumber precision={0} suffix={t('settings.guard.items')} />
          </Form.Item>
          <Form.Item
            name="maxPercent"
            label={t('settings.guard.maxPercent')}
            rules={buildRules('maxPercent')}
          >
            <InputNumber suffix="%" />
          </Form.Item>
          <Form.Item
            name="windowHours"
            label={t('settings.guard.windowHours')}
            rules={buildRules('windowHours')}
          >
            <InputNumber precision={0} suffix={t('settings.guard.hours')} />
          </Form.Item>
          {isAdmin && (
            <Button htmlType="submit" disabled={!isChanged} loading={save.isPending}>
              {t('common.action.save')}
            </Button>
          )}
        </Form>
        {isInRange(entered) && (
          <p className="om-guard-effect">
            {t(total === 0 ? 'settings.guard.example' : 'settings.guard.effect', {
              present,
              hours: entered.windowHours ?? guard.windowHours,
              limit: computeLimit(entered, guard, present),
            })}
          </p>
        )}
      </div>
    </article>
  );
}

/** Whether the server would accept the input. */
const isInRange = (entered: Partial<RemovalGuard>): boolean =>
  limitNames.every((name) => {
    const value = entered[name] ?? ranges[name].min;
    return value >= ranges[name].min && value <= ranges[name].max;
  });

/** The guard's rule for as many members: min(maxCount, max(3, maxPercent %)). */
function computeLimit(entered: Partial<RemovalGuard>, saved: RemovalGuard, present: number): number {
  const maxCount = entered.maxCount ?? saved.maxCount;
  const maxPercent = entered.maxPercent ?? saved.maxPercent;
  return Math.min(maxCount, Math.max(3, Math.floor((present * maxPercent) / 100)));
}
