// Who is active: the three nested sets over the last windows.
import type { ActiveSetsQuery, ActivityLevel, ShareFigureFragment, WindowDatesFragment } from '../../gql/graphql';
import { drawLines, type WindowMark } from '../draw/lines';
import { field, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { Strip } from '../strip';
import {
  definitionCell,
  hides,
  numeric,
  plain,
  reason,
  reasons,
  share as worded,
  shareCell,
  shareFileCells,
  shareFileColumns,
  text,
} from '../table';

type Figures = NonNullable<ActiveSetsQuery['figures']>;
type Window = NonNullable<Figures['activeSets']>[number];

/** The largest first, so that the smaller are drawn over it. */
const SETS = ['consumed', 'participated', 'contributed'] as const;
type SetName = (typeof SETS)[number];
const LEVELS: Record<SetName, ActivityLevel> = {
  consumed: 'CONSUMED',
  participated: 'PARTICIPATED',
  contributed: 'CONTRIBUTED',
};

/** The share of one window, which is asked for as that window's own. */
const behind = (set: SetName, { length, first, last }: WindowDatesFragment, { say, format }: Speech): Named => ({
  name: `${say.levels[LEVELS[set]]} · ${format.span({ first, last })}`,
  reference: field('active', { level: LEVELS[set], window: { length, on: first } }),
});

export function activeSets({ activeSets: windows }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  const latest = windows?.at(-1);
  if (!windows || !latest) return;
  const named = SETS.map((set) => behind(set, latest.window, speech));
  return {
    body: <Strip figures={SETS.map((set, at) => ({ ...told(latest[set], speech), name: say.levels[LEVELS[set]], swatch: set, evidence: named[at]! }))} />,
    drawing: drawLines({
      ticks: windows.map(({ window }) => format.shortDay(window.first)),
      lines: SETS.map((set) => ({
        name: say.levels[LEVELS[set]],
        colour: set,
        points: windows.map((window) => ({
          value: window[set].value,
          band: window[set].band,
          tip: tip(say.levels[LEVELS[set]], window.window, window[set], speech),
          evidence: behind(set, window.window, speech),
        })),
      })),
      marks: windows.map((window) => mark(window, speech)),
      turns: windows.map((window, at) => turn(windows[at - 1], window, speech)),
      percent: format.roundPercent,
    }),
    measured: windows.flatMap((window) => SETS.map((set) => window[set])),
    legend: SETS.map((set) => ({ colour: set, name: say.levels[LEVELS[set]] })),
    figures: named,
    definitions: SETS.map((set) => latest[set].definition),
    table: {
      columns: [text(say.controls.length), text(say.columns.complete), ...SETS.map((set) => numeric(say.levels[LEVELS[set]]))],
      rows: windows.map((window) => [
        plain(format.span(window.window)),
        plain(window.window.complete ? say.columns.yes : say.columns.no),
        ...SETS.map((set) => shareCell(window[set], behind(set, window.window, speech), speech)),
      ]),
    },
    file: {
      columns: [
        ...[say.columns.first, say.columns.last, say.columns.complete, say.columns.level].map(text),
        ...shareFileColumns(speech),
        text(say.columns.definition),
      ],
      rows: windows.flatMap((window) =>
        SETS.map((set) => [
          plain(window.window.first),
          plain(window.window.last),
          plain(window.window.complete ? say.columns.yes : say.columns.no),
          plain(say.levels[LEVELS[set]]),
          ...shareFileCells(window[set], speech),
          definitionCell(window[set]),
        ]),
      ),
    },
  };
}

/** What is said about a window as a whole, where it is not over or something of it is not shown. */
function mark(of: Window, speech: Speech): WindowMark | undefined {
  const { say, format } = speech;
  const why = reasons(SETS.map((set) => of[set]));
  const over = of.window.complete;
  if (over && why.length === 0) return;
  const hidden = why.some(hides) ? say.hidden : why[0] && say.brief[why[0]];
  const tip = [format.span(of.window), ...(over ? [] : [say.incomplete]), ...why.map((one) => reason(one, speech))];
  return { text: over ? (hidden ?? '') : say.incomplete, tip: tip.join('\n') };
}

/** By which definition it is told from a window on, where the one before was told by another. */
function turn(before: Window | undefined, of: Window, { say, format }: Speech): WindowMark | undefined {
  const changed = SETS.flatMap((set) => {
    const [old, own] = [before, of].map((window) => window?.[set].definition?.id);
    return own && old && own !== old ? [own] : [];
  });
  if (changed.length === 0) return;
  return { text: say.activeSets.turned, tip: [format.span(of.window), say.activeSets.turned, ...changed].join('\n') };
}

/** A share as a figure of a strip. */
export function told(share: ShareFigureFragment, speech: Speech) {
  const { say, format } = speech;
  const { suppressed, numerator, denominator } = share;
  const out = numerator === null || denominator === null;
  return {
    value: worded(share, speech),
    suppressed,
    detail: out ? undefined : say.of(format.whole(numerator), format.whole(denominator)),
  };
}

function tip(name: string, window: WindowDatesFragment, share: ShareFigureFragment, speech: Speech): string {
  const { say, format } = speech;
  const { value, numerator, denominator, interval } = share;
  const lines = [`${name} · ${format.span(window)}`];
  if (value !== null && numerator !== null && denominator !== null) {
    lines.push(`${format.percent(value)} · ${say.of(format.whole(numerator), format.whole(denominator))}`);
  }
  if (value === null) lines.push(share.suppressed ? reason(share.suppressed, speech) : (worded(share, speech) ?? '–'));
  if (interval) lines.push(say.headline.interval(format.percents(interval.lower, interval.upper)));
  if (!window.complete) lines.push(say.incomplete);
  return lines.join('\n');
}
