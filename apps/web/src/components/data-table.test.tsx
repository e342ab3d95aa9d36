import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { type Column, DataTable } from './data-table.tsx';

interface Member {
  id: string;
  name: string;
}

const members: Member[] = [
  { id: '1', name: '王芳' },
  { id: '2', name: '李雷' },
];

describe('a table', () => {
  it('renders rows again only when they or the columns change, so that a page is quick to type into', () => {
    const renderName = vi.fn(({ name }: Member) => name);
    const columns: Column<Member>[] = [{ key: 'name', title: '姓名', render: renderName }];
    const table = (rows: Member[], isStale: boolean, shown = columns) => (
      <DataTable label="成员" columns={shown} rows={rows} rowKey={({ id }) => id} isStale={isStale} />
    );
    const { rerender } = render(table(members, false));
    expect(renderName).toHaveBeenCalledTimes(2);
    rerender(table(members, true));
    expect(screen.getByRole('table')).toHaveAttribute('aria-busy', 'true');
    expect(renderName).toHaveBeenCalledTimes(2);
    rerender(table([members[0]!, { id: '2', name: '韩梅' }], false));
    expect(screen.getByText('韩梅')).toBeInTheDocument();
    expect(renderName).toHaveBeenCalledTimes(3);
    rerender(table(members, false, [...columns]));
    expect(renderName).toHaveBeenCalledTimes(5);
  });
});
