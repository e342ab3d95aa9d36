import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';

export interface Bar {
  key: string;
  /** Says the bar's values, in a tooltip. */
  title: string;
  up: number;
  /** Drawn below the line. */
  down?: number;
}

const height = 100;
const slot = 10;

/** Bars on a line, those of `down` below it. */
function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const maxUp = Math.max(...bars.map(({ up }) => up));
  const maxDown = Math.max(...bars.map(({ down = 0 }) => down));
  const scale = height / Math.max(1, maxUp + maxDown);
  const line = maxUp * scale;
  /** What is there is seen, however small it is beside the largest. */
  const tall = (value: number) => (value === 0 ? 0 : Math.max(2, value * scale));
  return (
    <svg
      className="om-chart"
      viewBox={`0 0 ${bars.length * slot} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bars.map(({ key, title, up, down = 0 }, index) => (
        <g key={key}>
          <title>{title}</title>
          <rect className="om-chart-slot" x={index * slot} y={0} width={slot} height={height} />
          <rect
            className="om-chart-up"
            x={index * slot + 1.5}
            y={line - tall(up)}
            width={slot - 3}
            height={tall(up)}
          />
          <rect
            className="om-chart-down"
            x={index * slot + 1.5}
            y={line}
            width={slot - 3}
            height={tall(down)}
          />
        </g>
      ))}
      <line className="om-chart-line" x1={0} x2={bars.length * slot} y1={line} y2={line} />
    </svg>
  );
}

interface ChartCardProps<Row> {
  id: string;
  title: string;
  /** What the chart shows, in one sentence; null when there is nothing to draw. */
  summary: string | null;
  empty: string;
  note: string;
  bars: readonly Bar[];
  /** Under the first and the last bar. */
  ends: readonly [string, string];
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** A chart with its sentence above and its numbers behind it. */
export function ChartCard<Row>(props: ChartCardProps<Row>) {
  const { t } = useTranslation();
  const { id, title, summary, empty, note, bars, ends, columns, rows, rowKey } = props;
  return (
    <section className="om-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="om-card-body">
        {summary === null ? (
          <p className="om-quiet">{empty}</p>
        ) : (
          <>
            <p>{summary}</p>
            <Bars label={summary} bars={bars} />
            <p className="om-chart-ends om-small-print" aria-hidden="true">
              <span>{ends[0]}</span>
              <span>{ends[1]}</span>
            </p>
            <details className="om-chart-table">
              <summary>{t('overview.chart.showTable')}</summary>
              <DataTable label={title} columns={columns} rows={rows} rowKey={rowKey} isCompact />
              <p className="om-small-print">{note}</p>
            </details>
          </>
        )}
      </div>
    </section>
  );
}
