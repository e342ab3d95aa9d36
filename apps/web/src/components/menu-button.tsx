import { Button, type ButtonProps, Dropdown, type MenuProps } from 'antd';
import { useRef } from 'react';

interface MenuButtonProps extends ButtonProps {
  menu: MenuProps;
}

/**
 * A button with a menu below. When the menu closes, by a choice or by Esc, the focus is back on the button,
 * and dialogs that a choice opens return it there; antd would leave it in the hidden menu.
 */
export function MenuButton({ menu, ...button }: MenuButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <Dropdown
      menu={menu}
      trigger={['click']}
      onOpenChange={(isOpen) => {
        if (!isOpen && isNowhereElse(document.activeElement)) trigger.current?.focus();
      }}
    >
      <Button {...button} ref={trigger} />
    </Dropdown>
  );
}

/** A user who closed the menu by clicking another control keeps the focus there. */
const isNowhereElse = (focused: Element | null): boolean =>
  focused === null || focused === document.body || focused.closest('[role="menu"]') !== null;
