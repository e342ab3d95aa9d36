import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { type Column, DataTable } from './data-table.tsx';

interface Person {
  id: string;
  name: string;
}

const people: Person[] = [
  { id: '1', name: '王芳' },
  { id: '2', name: '李雷' },
];

describe('a table', () => {
  it('renders rows again only when they or the columns change, so that a page is quick to type into', () => {
    const renderName = vi.fn(({ name }: Person) => name);
    const columns: Column<Person>[] = [{ key: 'name', title: '姓名', render: renderName }];
    const table = (rows: Person[], isStale: boolean, shown = columns) => (
      <DataTable label="成员" columns={shown} rows={rows} rowKey={({ id }) => id} isStale={isStale} />
    );
    const { rerender } = render(table(people, false));
    expect(renderName).toHaveBeenCalledTimes(2);
    rerender(table(people, true));
    expect(screen.getByRole('table')).toHaveAttribute('aria-busy', 'true');
    expect(renderName).toHaveBeenCalledTimes(2);
    rerender(table([people[0]!, { id: '2', name: '韩梅' }], false));
    expect(screen.getByText('韩梅')).toBeInTheDocument();
    expect(renderName).toHaveBeenCalledTimes(3);
    rerender(table(people, false, [...columns]));
    expect(renderName).toHaveBeenCalledTimes(5);
  });
});
