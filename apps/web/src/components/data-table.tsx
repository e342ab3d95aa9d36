import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly render: (row: Row) => ReactNode;
  /** Names the value where columns become cards; `title` does when it is a text. */
  readonly label?: string;
  /** CSS width. */
  readonly width?: string;
  /** CSS width below which the table scrolls instead. */
  readonly minWidth?: string;
  readonly isNumeric?: boolean;
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
  /** Columns keep their widths, the first one stays in sight; what does not fit ends in an ellipsis. */
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
  const isLink = (row: Row) => onRowClick !== undefined && (isRowLink?.(row) ?? true);
  return (
    <div className={isStale ? 'om-table-box om-table-stale' : 'om-table-box'}>
      <table className={look.filter(Boolean).join(' ')} aria-label={label} aria-busy={isStale}>
        <thead>
          <tr>
            {columns.map(({ key, title, width, minWidth, isNumeric }) => (
              <th
                key={key}
                scope="col"
                style={{ width, minWidth }}
                className={isNumeric ? 'om-numeric' : undefined}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={[isLink(row) && 'om-row-link', isRowSelected?.(row) && 'om-row-selected']
                .filter(Boolean)
                .join(' ')}
              onClick={(event) => {
                if (isLink(row) && !isOnControl(event.target)) onRowClick?.(row);
              }}
            >
              {columns.map(({ key, title, label, render, isNumeric }) => (
                <td
                  key={key}
                  className={isNumeric ? 'om-numeric' : undefined}
                  data-label={label ?? (typeof title === 'string' ? title : undefined)}
                >
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isOnControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a, button, input, label') !== null;
