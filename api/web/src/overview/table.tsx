// The table behind each panel: what its twin shows and its file holds.
import type { Suppression } from '../gql/graphql';
import { csv, type Raw } from './csv';
import { useOpen, type Reference } from './reference';
import { useSpeech, type Speech } from './speech';

export interface Cell {
  text: string;
  raw: Raw;
  /** Why it is not shown. */
  hidden?: Suppression;
  /** What stands behind it, and what it is called there. */
  evidence?: { name: string; reference: Reference };
}

export interface Column {
  name: string;
  numeric: boolean;
}

export interface Table {
  columns: Column[];
  rows: Cell[][];
}

export const text = (name: string): Column => ({ name, numeric: false });
export const numeric = (name: string): Column => ({ name, numeric: true });

export const plain = (words: string, raw: Raw = words): Cell => ({ text: words, raw });

/** A number, or that there is none. */
export const number = (value: number | null | undefined, shown: (value: number) => string): Cell =>
  value === null || value === undefined ? plain('–', null) : plain(shown(value), value);

/** Whether there is a figure that is hidden; else there is none. */
export const hides = (why: Suppression): boolean => !['TOO_LITTLE_DATA', 'NOT_IN_GRID', 'WINDOW_OPEN'].includes(why);

/** Why a figure is not shown, in a line. */
export const reason = (why: Suppression, { say }: Speech): string =>
  hides(why) ? say.hiddenWhy(say.suppressed[why]) : say.suppressed[why];

interface Hideable {
  suppressed: Suppression | null;
}

/** Why none of some figures is shown; nothing where one is. */
export const allHidden = (figures: Hideable[]): Suppression[] =>
  figures.some(({ suppressed }) => suppressed === null) ? [] : reasons(figures);

/** Each reason once. */
export const reasons = (figures: Hideable[]): Suppression[] => [...new Set(figures.flatMap(({ suppressed }) => suppressed ?? []))];

/** The cell of a figure that is not shown, in a table and in a file. */
export const withheld = (why: Suppression, speech: Speech): Cell => ({
  text: hides(why) ? speech.say.hidden : '–',
  raw: reason(why, speech),
  hidden: why,
});

/** The same table for a picture, where nothing can be pointed at: why something is hidden stands beside it. */
export function explained({ columns, rows }: Table, { say }: Speech): Table {
  const words = ({ text, hidden }: Cell) => {
    if (!hidden) return text;
    return hides(hidden) ? say.hiddenWhy(say.brief[hidden]) : say.brief[hidden];
  };
  return { columns, rows: rows.map((row) => row.map((cell) => ({ ...cell, text: words(cell) }))) };
}

/** A cell of a file that no drawing shows: that it is hidden is said there alone. */
export const unmarked = ({ text, raw }: Cell): Cell => plain(text, raw);

interface Shown extends Hideable {
  value: number | null;
}

/** The cell of a figure. */
export function figureCell(
  figure: Shown,
  shown: (value: number) => string,
  evidence: Cell['evidence'],
  speech: Speech,
): Cell {
  const cell = figure.suppressed ? withheld(figure.suppressed, speech) : number(figure.value, shown);
  return evidence ? { ...cell, evidence } : cell;
}

interface Range {
  lower: number;
  upper: number;
}

interface SharedFigure extends Shown {
  numerator: number | null;
  denominator: number | null;
  interval: Range | null;
  band: Range | null;
}

/** A share in words: its value, or between which it lies where the number itself would tell too much. */
export const share = ({ value, band }: SharedFigure, { format }: Speech): string | null =>
  value !== null ? format.percent(value) : band && format.percents(band.lower, band.upper);

/** The cell of a share. */
export function shareCell(figure: SharedFigure, evidence: Cell['evidence'], speech: Speech): Cell {
  const told = share(figure, speech);
  const banded = figure.value === null && figure.suppressed === null && told !== null;
  return banded ? { ...plain(told, null), evidence } : figureCell(figure, speech.format.percent, evidence, speech);
}

/** What a share is told with in a table: value, numerator, denominator, and the ends of its interval. */
export const shareColumns = ({ say }: Speech): Column[] =>
  [say.columns.value, say.columns.numerator, say.columns.denominator, say.columns.lower, say.columns.upper].map(numeric);

export function shareCells(figure: SharedFigure, evidence: Cell['evidence'], speech: Speech): Cell[] {
  const { whole, percent } = speech.format;
  return [
    shareCell(figure, evidence, speech),
    number(figure.numerator, whole),
    number(figure.denominator, whole),
    number(figure.interval?.lower, percent),
    number(figure.interval?.upper, percent),
  ];
}

/** The same in a file, where the two numbers that a share lies between stand in columns of their own. */
export const shareFileColumns = (speech: Speech): Column[] => [
  ...shareColumns(speech),
  ...[speech.say.columns.atLeast, speech.say.columns.atMost].map(numeric),
];

export const shareFileCells = (figure: SharedFigure, speech: Speech): Cell[] => [
  ...shareCells(figure, undefined, speech),
  ...bandCells(figure, speech),
];

/** Between which two numbers a share lies, where it is no single one. */
export const bandCells = ({ band }: SharedFigure, { format }: Speech): Cell[] =>
  [band?.lower, band?.upper].map((end) => number(end, format.percent));

/** The definition that a figure was computed by, with its version. */
export const definitionCell = (figure: { definition: { id: string } | null } | null | undefined): Cell =>
  plain(figure?.definition?.id ?? '', figure?.definition?.id ?? null);

/** A table as a file's text, with what the figures are of at the end of each row. */
export const fileOf = ({ columns, rows }: Table, context: [string, Raw][]): string =>
  csv([
    [...columns.map(({ name }) => name), ...context.map(([name]) => name)],
    ...rows.map((row) => [...row.map(({ raw }) => raw), ...context.map(([, raw]) => raw)]),
  ]);

function Value({ cell }: { cell: Cell }) {
  const speech = useSpeech();
  const open = useOpen();
  const shown = cell.hidden ? (
    <span className="withheld" title={reason(cell.hidden, speech)}>
      {cell.text}
      <small> {speech.say.brief[cell.hidden]}</small>
    </span>
  ) : (
    cell.text
  );
  const { evidence } = cell;
  if (!evidence) return shown;
  return (
    <button type="button" className="figure-link" onClick={() => open([evidence], 0)}>
      {shown}
    </button>
  );
}

export function Twin({ table, caption }: { table: Table; caption: string }) {
  const { say } = useSpeech();
  return (
    <div className="twin" tabIndex={0} role="group" aria-label={`${say.panel.scroll}: ${caption}`}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th key={at} scope="col" className={column.numeric ? 'numeric' : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    <Value cell={cell} />
                  </th>
                ) : (
                  <td key={at} className={table.columns[at]?.numeric ? 'numeric' : undefined}>
                    <Value cell={cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
