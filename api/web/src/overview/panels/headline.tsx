// The figures that are looked at first, each with its interval and how it moved.
import type { HeadlineQuery, HeadlinesFragment, ShareFigureFragment } from '../../gql/graphql';
import { field, useOpen, type Named } from '../reference';
import type { Content } from '../panel';
import { useSpeech, type Speech } from '../speech';
import { Told } from '../strip';
import {
  bandCells,
  definitionCell,
  number,
  numeric,
  plain,
  share as told,
  shareCell,
  shareCells,
  shareColumns,
  shareFileCells,
  shareFileColumns,
  text,
  unmarked,
} from '../table';

type Figures = NonNullable<HeadlineQuery['figures']>;

const NAMES = ['accessCoverage', 'activation', 'active', 'habit', 'answeredWithin', 'crossDepartmentShare'] as const;

type Shares = Record<(typeof NAMES)[number], ShareFigureFragment>;

/** All of them; none where one could not be told. */
function sharesOf<Told extends HeadlinesFragment>({ answeredWithin, ...others }: Told) {
  return answeredWithin && { ...others, answeredWithin };
}

export function headline(asked: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  const figures = sharesOf(asked);
  if (!figures) return;
  const named = NAMES.map((name): Named => ({ name: say.headline.figures[name], reference: field(name) }));
  const before = figures.previous && sharesOf(figures.previous);
  return {
    body: (
      <>
        <p className="note context">
          {[
            say.read(format.day(figures.cut.day)),
            ...(before ? [say.comparedWith(format.span(before.window))] : []),
          ].join(' · ')}
          {!figures.anonymous && (
            <>
              <br />
              {say.shownFrom(figures.threshold)}
            </>
          )}
        </p>
        <Cards figures={figures} before={before} named={named} over={figures.window.complete} />
      </>
    ),
    // Each card says why it is empty, and how much people are protected stands above them.
    measured: [],
    figures: named,
    definitions: NAMES.map((name) => figures[name].definition),
    table: {
      columns: [
        text(say.columns.figure),
        ...shareColumns(speech),
        ...(before ? [numeric(say.columns.before), numeric(say.columns.difference)] : []),
      ],
      rows: NAMES.map((name, at) => [
        plain(say.headline.figures[name]),
        ...shareCells(figures[name], named[at], speech),
        ...(before
          ? [
              shareCell(before[name], undefined, speech),
              number(difference(figures[name], before[name]), (points) => format.points(points / 100)),
            ]
          : []),
      ]),
    },
    file: {
      columns: [
        text(say.columns.figure),
        ...shareFileColumns(speech),
        ...(before
          ? [
              ...[say.columns.before, say.columns.beforeAtLeast, say.columns.beforeAtMost, say.columns.difference].map(numeric),
              ...[say.columns.beforeFirst, say.columns.beforeLast].map(text),
            ]
          : []),
        text(say.columns.definition),
      ],
      rows: NAMES.map((name) => [
        plain(say.headline.figures[name]),
        ...shareFileCells(figures[name], speech),
        ...(before
          ? [
              unmarked(shareCell(before[name], undefined, speech)),
              ...bandCells(before[name], speech),
              number(difference(figures[name], before[name]), String),
              plain(before.window.first),
              plain(before.window.last),
            ]
          : []),
        definitionCell(figures[name]),
      ]),
    },
  };
}

/** In points of percentage; nothing where either is hidden. */
const difference = (now: ShareFigureFragment, before: ShareFigureFragment): number | null =>
  now.value === null || before.value === null ? null : (now.value - before.value) * 100;

interface Props {
  figures: Shares;
  before: Shares | null | undefined;
  named: Named[];
  /** Whether the window is over. */
  over: boolean;
}

function Cards({ figures, before, named, over }: Props) {
  const speech = useSpeech();
  const { say, format } = speech;
  const open = useOpen();
  return (
    <ul className="cards">
      {NAMES.map((name, at) => {
        const share = figures[name];
        const { numerator, denominator } = share;
        return (
          <li key={name}>
            <button type="button" className="card" onClick={() => open(named, at)}>
              <span className="card-name">{say.headline.figures[name]}</span>
              <Told
                value={told(share, speech)}
                suppressed={share.suppressed}
              />
              {share.suppressed === null && (
                <span className="card-of">
                  {numerator !== null && denominator !== null && `${say.of(format.whole(numerator), format.whole(denominator))} `}
                  {say.headline.explained[name]}
                </span>
              )}
              <Gauge share={share} before={before?.[name]} />
              {before && share.value !== null && <Moved now={share} before={before[name]} over={over} />}
              <span className="unseen">{say.evidence.title}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The value on a line from nothing to all, with its interval, and a tick where it was before. */
function Gauge({ share, before }: { share: ShareFigureFragment; before: ShareFigureFragment | undefined }) {
  const { say, format } = useSpeech();
  const { value, interval, band } = share;
  const range = interval ?? band;
  const told = interval ? say.headline.interval(format.percents(interval.lower, interval.upper)) : '';
  const was = before?.value ?? null;
  const percent = (part: number) => `${part * 100}%`;
  return (
    <>
      <svg className="gauge" width="100%" height="14" aria-hidden="true">
        <rect className="gauge-track" y="5" width="100%" height="4" rx="2" />
        {range && (
          <rect className="gauge-interval" x={percent(range.lower)} width={percent(range.upper - range.lower)} y="3" height="8" rx="3" />
        )}
        {was !== null && <rect className="gauge-before" x={percent(was)} width="1.5" y="0" height="14" />}
        {value !== null && <circle className="gauge-value" cx={percent(value)} cy="7" r="4" />}
      </svg>
      <span className="card-interval">{told}</span>
    </>
  );
}

/** How it moved since the window before, and out of how many it was then. */
function Moved({ now, before, over }: { now: ShareFigureFragment; before: ShareFigureFragment; over: boolean }) {
  const { say, format } = useSpeech();
  const points = difference(now, before);
  if (points === null) {
    return <span className="moved">{before.suppressed ? say.noBeforeWhy(say.brief[before.suppressed]) : say.noBefore}</span>;
  }
  const shown = Math.round(points * 10);
  // While a window runs, less has been done in it than in one that is over: that is no fall.
  const way = !over || shown === 0 ? 'level' : shown > 0 ? 'up' : 'down';
  return (
    <span className={`moved ${way}`}>
      {format.points(points / 100)}
      {before.value !== null && before.denominator !== null && (
        <small>{say.from(format.percent(before.value), format.whole(before.denominator))}</small>
      )}
    </span>
  );
}
