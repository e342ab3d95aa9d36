import type { AuthProvider } from '@orgmirror/contracts';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AuthStepId, AuthSteps } from './auth-steps.tsx';

const drawerWidth = 600;

interface AuthDrawerProps {
  isOpen: boolean;
  /** Null while a new provider is being added. */
  provider: AuthProvider | null;
  /** All of them: enabling this one may replace another. */
  providers: readonly AuthProvider[];
  /** The step to begin with; null: the first that is left. */
  firstStep: AuthStepId | null;
  onCreated: (provider: AuthProvider) => void;
  /** Navigates away from the address of the drawer; the guard asks first when something is unsaved. */
  onClose: () => void;
}

/** One authentication provider, from its name to the moment that members sign in with it. */
export function AuthDrawer({ isOpen, provider, onClose, ...rest }: AuthDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      title={t(provider === null ? 'authentication.drawer.addTitle' : 'authentication.drawer.editTitle')}
      open={isOpen}
      onClose={onClose}
      size={drawerWidth}
      mask={{ closable: false }}
    >
      {isOpen && <AuthSteps key={provider?.id} provider={provider} {...rest} />}
    </Drawer>
  );
}
