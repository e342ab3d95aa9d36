import { App, Button, Form, Input, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { CheckMemberResult } from './check-member-result.tsx';
import { useCheckMember } from './use-check-member.ts';

interface CheckMemberDialogProps {
  /** Whom to check at once; '' asks for the userid first. */
  wecomUserId: string;
  onClose: () => void;
}

/** 同步单个成员: one person is read from WeCom and compared, in five steps; what differs can be applied. */
export function CheckMemberDialog({ wecomUserId, onClose }: CheckMemberDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ wecomUserId: string }>();
  const check = useCheckMember();
  const { mutate, data, isPending, isError, error, variables } = check;
  useEffect(() => {
    if (wecomUserId !== '') mutate({ wecomUserId, apply: false });
  }, [mutate, wecomUserId]);

  const canApply = data !== undefined && data.changes.length > 0 && data.runId === null && !isPending;
  const apply = () =>
    variables &&
    mutate({ ...variables, apply: true }, { onSuccess: () => message.success(t('org.check.applied')) });
  return (
    <Modal
      open
      title={t('org.check.title')}
      onCancel={onClose}
      width={640}
      footer={
        <>
          <Button onClick={onClose}>{t('common.action.close')}</Button>
          {canApply && (
            <Button type="primary" onClick={apply}>
              {t('org.check.apply')}
            </Button>
          )}
        </>
      }
    >
      <p className="om-quiet">{t('org.check.intro')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ wecomUserId }}
        onFinish={(values) => mutate({ wecomUserId: values.wecomUserId.trim(), apply: false })}
      >
        <div className="om-check-form">
          <Form.Item
            name="wecomUserId"
            label={t('org.check.userId')}
            extra={t('org.check.userIdHelp')}
            rules={[{ required: true, whitespace: true, message: t('org.check.required') }]}
          >
            <Input autoFocus={wecomUserId === ''} autoComplete="off" spellCheck={false} maxLength={200} />
          </Form.Item>
          <Button htmlType="submit" type={data === undefined ? 'primary' : 'default'} loading={isPending}>
            {t(data === undefined ? 'org.check.run' : 'org.check.again')}
          </Button>
        </div>
      </Form>
      {isError && <ProblemNotice error={error} />}
      {(isPending || data !== undefined) && <CheckMemberResult isRunning={isPending} result={data} />}
    </Modal>
  );
}
