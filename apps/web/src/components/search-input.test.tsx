import { act, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode, useState } from 'react';
import { createMemoryRouter, Link, RouterProvider, useSearchParams } from 'react-router-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SearchInput } from './search-input.tsx';

/** How long the address takes to come back; a busy page has been seen to take this long. */
const echoMs = 120;

/** A page whose address follows late what the box reports. */
function Page({ reports, echoMs }: { reports: string[]; echoMs: number }) {
  const [value, setValue] = useState('');
  const follow = (text: string) => {
    reports.push(text);
    setTimeout(() => setValue(text), echoMs);
  };
  return (
    <>
      <SearchInput label="search" value={value} onSettled={follow} />
      <button type="button" onClick={() => setValue('')}>
        clear
      </button>
    </>
  );
}

function open(echo = echoMs) {
  const reports: string[] = [];
  const router = createMemoryRouter([{ path: '/', element: <Page reports={reports} echoMs={echo} /> }]);
  render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  );
  return { reports, box: screen.getByRole<HTMLInputElement>('textbox', { name: 'search' }) };
}

const advance = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a search box', () => {
  for (const msPerKey of [40, 150, 310, 340, 400, 600])
    for (const echo of [0, echoMs, 500])
      it(`keeps every letter at ${msPerKey} ms a key while the address comes ${echo} ms later`, async () => {
        const { reports, box } = open(echo);
        for (const letter of 'zhangweimin') {
          fireEvent.change(box, { target: { value: `${box.value}${letter}` } });
          await advance(msPerKey);
        }
        expect(box).toHaveValue('zhangweimin');
        await advance(1_000);
        expect(box).toHaveValue('zhangweimin');
        expect(reports.at(-1)).toBe('zhangweimin');
        expect(new Set(reports).size).toBe(reports.length);
      });

  it('searches for nothing that is still being composed', async () => {
    const { reports, box } = open();
    fireEvent.compositionStart(box);
    for (const text of ['z', 'zh', 'zha', 'zhan', 'zhang']) {
      fireEvent.change(box, { target: { value: text } });
      await advance(450);
    }
    expect(reports).toEqual([]);
    fireEvent.change(box, { target: { value: '张' } });
    fireEvent.compositionEnd(box);
    expect(box).toHaveValue('张');
    await advance(299);
    expect(reports).toEqual([]);
    await advance(1);
    expect(reports).toEqual(['张']);
    expect(box).toHaveValue('张');
  });

  it('keeps what is composed while an earlier search comes back', async () => {
    const { reports, box } = open();
    fireEvent.change(box, { target: { value: '张' } });
    await advance(310);
    fireEvent.compositionStart(box);
    fireEvent.change(box, { target: { value: '张wei' } });
    await advance(1_000);
    expect(box).toHaveValue('张wei');
    expect(reports).toEqual(['张']);
  });

  it('searches at once on Enter, once', async () => {
    const { reports, box } = open();
    fireEvent.change(box, { target: { value: ' wang ' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(reports).toEqual(['wang']);
    await advance(1_000);
    expect(reports).toEqual(['wang']);
    expect(box).toHaveValue(' wang ');
  });

  it('follows the address when something else changes it', async () => {
    const { box } = open();
    fireEvent.change(box, { target: { value: 'wang' } });
    await advance(1_000);
    fireEvent.click(screen.getByRole('button', { name: 'clear' }));
    expect(box).toHaveValue('');
  });
});

/** A page whose search stands in the address, with a link to another one. */
function PageInAddress() {
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <SearchInput label="search" value={search.get('q') ?? ''} onSettled={(q) => setSearch({ q })} />
      <Link to="/other">other</Link>
    </>
  );
}

const OtherPage = () => <h1>the other page</h1>;

it('does not call off the way to a page that has yet to load', async () => {
  const loaded = Promise.withResolvers<void>();
  const loadOther = async () => {
    await loaded.promise;
    return { Component: OtherPage };
  };
  const router = createMemoryRouter([
    { path: '/', Component: PageInAddress },
    { path: '/other', lazy: loadOther },
  ]);
  render(<RouterProvider router={router} />);
  fireEvent.change(screen.getByRole('textbox', { name: 'search' }), { target: { value: 'lin' } });
  fireEvent.click(screen.getByRole('link', { name: 'other' }));
  await advance(1_000);
  loaded.resolve();
  await advance(0);
  expect(screen.getByRole('heading', { name: 'the other page' })).toBeInTheDocument();
});
