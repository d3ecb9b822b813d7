// Values with their intervals on one axis, each beside what it is compared with.
import type { Drawing } from '../chart';
import type { Palette } from '../theme';
import { dot, group, names, rect, rowLabels, series, words, type Mark, type Place, type Shape } from './custom';
import { hatch } from './hatch';

export interface Range extends Mark {
  name: string;
  /** Below the name, or beside it where rows are low. */
  remark: string;
  value: number | null;
  interval: { lower: number; upper: number } | null;
  /** Between what it lies, where it is no single value. */
  band?: { lower: number; upper: number } | null;
  /** What it is compared with: a tick. */
  beside: number | null;
  /** At the right: the value, or why there is none. */
  label: string;
  /** Below the label, smaller, where rows are high: at length, and where there is little room. */
  aside?: string[];
}

export interface Ranges {
  ranges: Range[];
  from: number;
  to: number;
  ticks: (value: number) => string;
  /** In pixels, where there is room; and at the right where there is little. */
  margins: { left: number; right: number; narrow?: number };
  row: number;
}

export const drawRanges = (drawn: Ranges): Drawing => {
  const { ranges, from, to, ticks, margins, row } = drawn;
  const between = row > 32 ? '\n' : '  ';
  return {
    height: () => ranges.length * row + 26,
    option: (palette, width) => {
      const left = Math.min(margins.left, width * 0.42);
      const narrow = width < 480;
      const right = (narrow && margins.narrow) || margins.right;
      return {
        grid: { left, right, top: 2, bottom: 24 },
        xAxis: {
          type: 'value',
          min: from,
          max: to,
          interval: (to - from) / (narrow ? 2 : 4),
          axisLabel: { color: palette.quiet, formatter: ticks },
          splitLine: { lineStyle: { color: palette.line } },
        },
        yAxis: {
          ...names(ranges.map(({ name }) => name), {
            ...rowLabels(left, palette),
            formatter: (name: string, at: number) => `{name|${name}}${between}{remark|${ranges[at]!.remark}}`,
          }),
          inverse: true,
        },
        series: [series(ranges, (_, at) => [from, at], (range, place, at) => draw(range, place, at, { from, to, row, right, narrow }, palette))],
      };
    },
  };
};

interface Room extends Pick<Ranges, 'from' | 'to' | 'row'> {
  /** Of the labels, in pixels. */
  right: number;
  narrow: boolean;
}

function draw(range: Range, place: Place, at: number, { from, to, row, right, narrow }: Room, palette: Palette): Shape {
  const x = (value: number) => place.coord([value, at])[0];
  const [start, y] = place.coord([from, at]);
  const end = x(to);
  const edge = end + right;
  const { value, interval, band, beside, label, aside } = range;
  // All of the row answers to being pressed or pointed at.
  const under = rect(start, y - row / 2, end - start, row, { fill: 'transparent' });
  if (value === null && !band) {
    return group([
      under,
      hatch(start, y - 7, end - start, 14, palette.line),
      words(label, (start + end) / 2, y, palette, { align: 'center', backgroundColor: palette.card, padding: [2, 6] }),
    ]);
  }
  const width = (lower: number, upper: number) => Math.max(1, x(upper) - x(lower));
  return group([
    under,
    ...(interval
      ? [rect(x(interval.lower), y - 3.5, width(interval.lower, interval.upper), 7, { fill: palette.participated, opacity: 0.35 }, 3.5)]
      : []),
    ...(band ? [bracket(x(band.lower), y, width(band.lower, band.upper), palette)] : []),
    ...(beside === null ? [] : [rect(x(beside) - 1, y - 8, 2, 16, { fill: palette.quiet })]),
    ...(value === null ? [] : [dot(x(value), y, 5, palette.contributed, palette.card)]),
    words(label, edge, aside ? y - 8 : y, palette, { align: 'right', fontSize: 13, fontWeight: 600 }),
    ...(aside ? [words(aside.at(narrow ? -1 : 0)!, edge, y + 9, palette, { fill: palette.quiet, align: 'right', fontSize: 11 })] : []),
  ]);
}

/** From one number to another, both marked: what lies between is as likely anywhere. */
function bracket(left: number, y: number, width: number, palette: Palette): Shape {
  const ends = { fill: palette.contributed };
  return group([
    rect(left, y - 3.5, width, 7, { fill: palette.participated, opacity: 0.35 }),
    rect(left - 1, y - 6, 2, 12, ends, 1),
    rect(left + width - 1, y - 6, 2, 12, ends, 1),
  ]);
}
