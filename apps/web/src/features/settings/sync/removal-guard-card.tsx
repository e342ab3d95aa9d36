import type { RemovalGuard } from '@orgmirror/contracts';
import { removalGuardFloor } from '@orgmirror/contracts/removal-guard';
import { useQuery } from '@tanstack/react-query';
import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../../../entities/overview/overview-query.ts';
import { PendingPlan } from '../../../entities/runs/pending-plan.tsx';

const limitNames = ['maxCount', 'maxPercent', 'windowHours'] as const;

/** Limits of the server. Not passed to the inputs, which would replace typed numbers. */
const ranges = {
  maxCount: { min: 0, max: 1_000_000 },
  maxPercent: { min: 0, max: 100 },
  windowHours: { min: 1, max: 720 },
} as const;

/** 移除保护: the limits above which removals are held for approval. */
export function RemovalGuardCard({ entered, saved }: { entered: RemovalGuard; saved: RemovalGuard }) {
  const { t } = useTranslation();
  const buildRules = (name: keyof RemovalGuard) => [
    { required: true, message: t('settings.guard.required') },
    { type: 'number' as const, ...ranges[name], message: t('settings.guard.range', ranges[name]) },
  ];
  return (
    <article className="om-card" aria-labelledby="om-guard-title">
      <div className="om-card-head">
        <h2 id="om-guard-title">{t('settings.guard.title')}</h2>
      </div>
      <div className="om-card-body">
        <p className="om-guard-intro">{t('settings.guard.intro')}</p>
        <div className="om-field-row">
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
        </div>
        {isInRange(entered) && <GuardEffect guard={entered} />}
        {limitNames.some((name) => entered[name] !== saved[name]) && <PendingPlan replacedBy="settings" />}
      </div>
    </article>
  );
}

/** The rule by the members and departments that are here. */
function GuardEffect({ guard }: { guard: RemovalGuard }) {
  const { t } = useTranslation();
  const people = useQuery({ ...overviewQuery, refetchInterval: false }).data?.people;
  if (people === undefined) return null;
  const { present, departments } = people;
  const members = (count: number) => t('settings.guard.members', { count });
  const inDepartments = (count: number) => t('settings.guard.departments', { count });
  return (
    <p className="om-guard-effect">
      {present + departments === 0
        ? t('settings.guard.nobody')
        : t('settings.guard.effect', {
            members: members(present),
            departments: inDepartments(departments),
            hours: guard.windowHours,
            memberLimit: members(computeLimit(guard, present)),
            departmentLimit: inDepartments(computeLimit(guard, departments)),
          })}
    </p>
  );
}

/** Whether the server would accept the input; an emptied field holds null. */
const isInRange = (entered: RemovalGuard): boolean =>
  limitNames.every((name) => {
    const value: number | null = entered[name];
    return value !== null && value >= ranges[name].min && value <= ranges[name].max;
  });

/** How many of as many may go: the guard's rule as the contract states it. */
const computeLimit = ({ maxCount, maxPercent }: RemovalGuard, present: number): number =>
  Math.min(maxCount, Math.max(removalGuardFloor, Math.floor((present * maxPercent) / 100)));
