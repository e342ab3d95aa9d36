import type { MemberCheckStep } from '@orgmirror/contracts';
import { describeWecomError, isWecomError, WecomApiError } from '@orgmirror/wecom';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Locale } from '../../platform/http/locale.ts';
import { memberCheckTexts } from './check-member-texts.ts';

type StepId = MemberCheckStep['id'];
export type StepOutcome = Omit<MemberCheckStep, 'id'>;

export type CheckRunner = ReturnType<typeof createCheckRunner>;

/** Every step of the check of one member, in order. */
const stepIds: readonly StepId[] = ['read', 'scope', 'match', 'plan', 'apply'];

/** Runs the steps of a check in order; what fails at WeCom fails its step, and the rest is skipped. */
export function createCheckRunner(locale: Locale) {
  const steps: MemberCheckStep[] = [];
  return {
    /** @returns the step's value, undefined when it failed */
    run: async <T>(id: StepId, work: () => Promise<[T, StepOutcome]>): Promise<T | undefined> => {
      try {
        const [value, outcome] = await work();
        steps.push({ id, ...outcome });
        return outcome.status === 'failed' ? undefined : value;
      } catch (error) {
        steps.push({ id, ...describeFailure(error, locale) });
        return undefined;
      }
    },
    /** All five steps: those not taken are skipped. */
    finish: (): MemberCheckStep[] => [
      ...steps,
      ...stepIds
        .slice(steps.length)
        .map((id) => ({ id, status: 'skipped' as const, detail: memberCheckTexts[locale].skipped })),
    ],
  };
}

/** WeCom's refusals and a disabled app in words; anything else is thrown on. */
function describeFailure(error: unknown, locale: Locale): StepOutcome {
  if (error instanceof AppError && error.code === 'wecom.app_disabled')
    return { status: 'failed', detail: memberCheckTexts[locale].appDisabled };
  if (!isWecomError(error)) throw error;
  const { sentence, remedy } = describeWecomError(error, locale);
  return {
    status: 'failed',
    ...(error instanceof WecomApiError && { errcode: error.errcode }),
    detail: `${sentence} ${remedy}`,
  };
}
