import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import { type KeyboardEvent, memo, type ReactNode } from 'react';
import { type ColumnResize, ResizeHandle } from './resize-handle.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly render: (row: Row) => ReactNode;
  /** Names the value where columns become cards; `title` does when it is a text. */
  readonly label?: string;
  /** Stands before the title, beside the button that sorts. */
  readonly lead?: ReactNode;
  /** CSS width. */
  readonly width?: string;
  /** CSS width below which the table scrolls instead. */
  readonly minWidth?: string;
  readonly isNumeric?: boolean;
  /** The head is a button that sorts; `direction` is undefined while another column does. */
  /** Of columns that keep their widths: pixels, and a handle at the edge of the head that changes them. */
  readonly resize?: ColumnResize;
  /** Of columns that keep their widths: stays in sight at the left; pinned columns come first. */
  readonly isPinned?: boolean;
  readonly sort?: { readonly direction: 'ascending' | 'descending' | undefined; readonly onSort: () => void };
}

interface DataTableProps<Row> {
  /** Accessible name. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Pointer shortcut for a link or button that the row already holds, so that keyboards miss nothing. */
  onRowClick?: (row: Row) => void;
  /** Which rows can be clicked; all of them unless given. */
  isRowLink?: (row: Row) => boolean;
  isRowSelected?: (row: Row) => boolean;
  /** Columns keep their widths, pinned ones stay in sight; what does not fit ends in an ellipsis. */
  isFixed?: boolean;
  /** Rows as low as they can be. */
  isCompact?: boolean;
  /** The rows are of the previous filter or page. */
  isStale?: boolean;
}

/** A plain HTML table with a sticky header: a page has at most 200 rows, so no virtual list is needed. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, onRowClick, isRowLink, isRowSelected } = props;
  const { isFixed = false, isCompact = false, isStale = false } = props;
  const look = ['om-table', isFixed && 'om-table-fixed', isCompact && 'om-table-compact'];
  const pinnedAt = listPinnedOffsets(columns);
  const isLink = (row: Row) => onRowClick !== undefined && (isRowLink?.(row) ?? true);
  return (
    <div className={isStale ? 'om-table-box om-table-stale' : 'om-table-box'}>
      <table className={look.filter(Boolean).join(' ')} aria-label={label} aria-busy={isStale}>
        <thead>
          <tr>
            {columns.map(({ key, title, label, lead, width, minWidth, isNumeric, sort, resize }, index) => (
              <th
                key={key}
                scope="col"
                style={{ width: resize?.width ?? width, minWidth, left: pinnedAt[index] }}
                className={classOf(isNumeric, pinnedAt[index])}
                aria-sort={sort?.direction}
                // Else the handle would be part of the name.
                aria-label={resize && (typeof title === 'string' ? title : label)}
              >
                {lead}
                {sort === undefined ? title : <SortButton {...sort}>{title}</SortButton>}
                {resize && <ResizeHandle {...resize} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={moveBetweenRows}>
          {rows.map((row) => (
            <TableRow
              key={rowKey(row)}
              row={row}
              columns={columns}
              onClick={isLink(row) ? onRowClick : undefined}
              isSelected={isRowSelected?.(row) ?? false}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TableRowProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  onClick: ((row: Row) => void) | undefined;
  isSelected: boolean;
}

function PlainTableRow<Row>({ row, columns, onClick, isSelected }: TableRowProps<Row>) {
  const pinnedAt = listPinnedOffsets(columns);
  return (
    <tr
      className={[onClick && 'om-row-link', isSelected && 'om-row-selected'].filter(Boolean).join(' ')}
      onClick={(event) => {
        if (!isOnControl(event.target)) onClick?.(row);
      }}
    >
      {columns.map(({ key, title, label, render, isNumeric }, index) => (
        <td
          key={key}
          style={{ left: pinnedAt[index] }}
          className={classOf(isNumeric, pinnedAt[index])}
          data-label={label ?? (typeof title === 'string' ? title : undefined)}
        >
          {render(row)}
        </td>
      ))}
    </tr>
  );
}

/** Renders again only with its row or with the columns: a page that keeps its columns is quick to type into. */
const TableRow = memo(PlainTableRow) as typeof PlainTableRow; // memo forgets what kind of row it is

const classOf = (isNumeric: boolean | undefined, pinnedAt: number | undefined): string | undefined =>
  [isNumeric && 'om-numeric', pinnedAt !== undefined && 'om-pinned'].filter(Boolean).join(' ') || undefined;

/** How far from the left each pinned column stays; undefined for the others. */
function listPinnedOffsets(columns: readonly Column<never>[]): (number | undefined)[] {
  let offset = 0;
  return columns.map(({ isPinned, resize }) => {
    if (!isPinned) return undefined;
    const own = offset;
    offset += resize?.width ?? 0;
    return own;
  });
}

/** Screen readers take the direction from `aria-sort` of the head. */
function SortButton({
  direction,
  onSort,
  children,
}: NonNullable<Column<never>['sort']> & { children: ReactNode }) {
  return (
    <button type="button" className="om-sort-button" onClick={onSort}>
      {children}
      {direction === 'descending' ? (
        <CaretDownOutlined aria-hidden="true" />
      ) : (
        <CaretUpOutlined aria-hidden="true" className={direction === undefined ? 'om-unsorted' : undefined} />
      )}
    </button>
  );
}

const steps: Readonly<Record<string, 'nextElementSibling' | 'previousElementSibling'>> = {
  ArrowDown: 'nextElementSibling',
  ArrowUp: 'previousElementSibling',
};

/** Up and down lead to the same control of the next row that has one. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const step = steps[event.key];
  const from = event.target instanceof HTMLElement ? event.target : null;
  const row = from?.closest('tr');
  if (step === undefined || !from || !row || event.altKey || event.ctrlKey || event.metaKey) return;
  const position = listControls(row).indexOf(from);
  if (position < 0) return; // e.g. in a menu that a row opened
  event.preventDefault(); // the page would scroll
  for (let next = row[step]; next !== null; next = next[step]) {
    const controls = listControls(next);
    const control = controls[Math.min(position, controls.length - 1)];
    if (!control) continue;
    control.focus();
    return;
  }
}

const listControls = (row: Element) => [
  ...row.querySelectorAll<HTMLElement>('a, button, input[type="checkbox"]'),
];

const isOnControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a, button, input, label') !== null;
