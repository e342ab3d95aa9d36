import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const icons = {
  running: LoadingOutlined,
  passed: CheckCircleFilled,
  failed: CloseCircleFilled,
  warning: ExclamationCircleFilled,
  skipped: MinusCircleOutlined,
} as const;

interface CheckRowProps {
  name: string;
  status: keyof typeof icons;
  errcode?: number | undefined;
  children?: ReactNode;
}

/** One step of a check: how it went, in icon and words, and what came of it. */
export function CheckRow({ name, status, errcode, children }: CheckRowProps) {
  const { t } = useTranslation();
  const Icon = icons[status];
  return (
    <li className={`om-check om-check-${status}`}>
      <Icon aria-hidden="true" />
      <div>
        <div className="om-check-title">
          {name}
          <span className="om-check-status">{t(`common.checkStatus.${status}`)}</span>
          {errcode !== undefined && <code>{errcode}</code>}
        </div>
        {children}
      </div>
    </li>
  );
}
