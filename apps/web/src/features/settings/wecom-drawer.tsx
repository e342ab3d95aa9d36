import type { WecomSettings } from '@orgmirror/contracts';
import { Button, Drawer, Form } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../components/unsaved-guard.tsx';
import { PendingPlan } from '../../entities/runs/pending-plan.tsx';
import { getProblemCode } from '../../lib/http/problem-error.ts';
import { ConnectionChecks } from './connection/connection-checks.tsx';
import { useTestConnection } from './connection/use-test-connection.ts';
import { useSaveFlow } from './use-save-flow.tsx';
import { WecomFields, type WecomFormValues } from './wecom-fields.tsx';

const drawerWidth = 560;

interface WecomDrawerProps {
  settings: WecomSettings;
  isOpen: boolean;
  /** Navigates away from the address of the drawer; the guard asks first when something is unsaved. */
  onClose: () => void;
}

/** How antd's form rejects. */
interface InvalidForm {
  errorFields: { name: keyof WecomFormValues }[];
}

const readForm = (settings: WecomSettings): WecomFormValues => ({
  corpId: settings.corpId ?? '',
  agentId: settings.agentId === null ? '' : String(settings.agentId),
  secret: '',
});

/** 企业微信配置: three values, a test that saves nothing, and a save that tests. */
export function WecomDrawer({ settings, isOpen, onClose }: WecomDrawerProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<WecomFormValues>();
  const [base, setBase] = useState(settings); // what the form was filled from; its version goes with the save
  const connection = useTestConnection();

  const isDirty = () => {
    const entered = { ...readForm(base), ...form.getFieldsValue() };
    return Object.entries(readForm(base)).some(
      ([name, value]) => entered[name as keyof WecomFormValues].trim() !== value,
    );
  };

  const fill = (from: WecomSettings) => {
    setBase(from);
    form.setFieldsValue(readForm(from));
  };
  const flow = useSaveFlow({ form, base, onSaved: fill, onLatest: fill });
  // biome-ignore lint/correctness/useExhaustiveDependencies: filled once per opening, not while typing
  useEffect(() => {
    if (!isOpen) return;
    fill(settings);
    connection.reset();
    flow.reset();
  }, [isOpen]);

  /** What was entered; null when the form shows what is wrong, with the cursor in the first such field. */
  const validate = () =>
    form.validateFields().catch(({ errorFields: [first] }: InvalidForm) => {
      if (first) form.focusField(first.name);
      return null;
    });
  const runTest = async () => {
    const values = await validate();
    if (values) connection.mutate(buildTestBody(values));
  };
  const confirm = async () => {
    const values = await validate();
    if (values === null || !(await flow.save(values))) return;
    const test = await connection.mutateAsync({}).catch(() => null); // shown from the mutation's own state
    if (flow.reportTest(test?.ok ?? false)) onClose();
  };

  return (
    <Drawer
      title={t('settings.drawer.title')}
      open={isOpen}
      onClose={onClose}
      size={drawerWidth}
      mask={{ closable: false }}
      footer={
        <div className="om-drawer-foot">
          <Button onClick={runTest} loading={connection.isPending} disabled={flow.isSaving}>
            {t('settings.card.test')}
          </Button>
          <span className="om-small-print">{t('settings.check.intro')}</span>
          <span className="om-pager-gap" />
          <Button onClick={onClose}>{t('common.action.cancel')}</Button>
          <Button type="primary" onClick={confirm} loading={flow.isSaving} disabled={connection.isPending}>
            {t('common.action.confirm')}
          </Button>
        </div>
      }
    >
      {isOpen && <UnsavedGuard isDirty={isDirty} />}
      {flow.error !== null && <ProblemNotice error={flow.error} />}
      <Form<WecomFormValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={readForm(settings)}
        onFinish={confirm}
      >
        <WecomFields settings={base} />
        <Form.Item noStyle shouldUpdate>
          {() => isOpen && isDirty() && <PendingPlan replacedBy="settings" />}
        </Form.Item>
      </Form>
      {connection.isError && getProblemCode(connection.error) !== undefined && (
        <ProblemNotice error={connection.error} onRetry={runTest} />
      )}
      {(connection.isPending || connection.data !== undefined) && (
        <ConnectionChecks isRunning={connection.isPending} test={connection.data} onRetry={runTest} />
      )}
    </Drawer>
  );
}

/** An empty secret is left out, so that the saved one is tried. */
const buildTestBody = ({ corpId, agentId, secret }: WecomFormValues) => ({
  corpId: corpId.trim(),
  agentId: agentId.trim(),
  ...(secret.trim() !== '' && { secret: secret.trim() }),
});
