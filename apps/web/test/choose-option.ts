import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';

/** Opens a select and chooses the option that reads so. What is chosen is the select's accessible description. */
export async function chooseOption(user: UserEvent, select: HTMLElement, label: string): Promise<void> {
  await user.click(select);
  await user.click(await screen.findByRole('option', { name: label }));
}
