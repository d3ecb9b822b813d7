// Steps as bars, each below the one it follows from.
import type { Drawing } from '../chart';
import { group, names, rect, series, words, type Mark } from './custom';
import { hatch } from './hatch';

export interface Bar extends Mark {
  name: string;
  /** Below the bar, smaller. */
  remark: string;
  value: number | null;
  /** Between what it lies, where it is no single value. */
  band?: { lower: number; upper: number } | null;
  /** At the right end, above the bar. */
  label: string;
}

const ROW = 82;
const THICK = 16;

export const drawBars = (bars: Bar[]): Drawing => ({
  height: () => bars.length * ROW,
  option: (palette) => ({
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { ...names(bars.map(({ name }) => name), { show: false }), inverse: true },
    series: [
      series(
        bars,
        (_, at) => [0, at],
        ({ name, remark, value, band, label }, place, at) => {
          const [x, y] = place.coord([0, at]);
          const [full] = place.size([1, 0]);
          const top = y - THICK / 2;
          return group([
            rect(x, y - ROW / 2, full, ROW, { fill: 'transparent' }),
            words(name, x, y - 21, palette, { fontSize: 13 }),
            words(label, x + full, y - 21, palette, { align: 'right', fontSize: 14, fontWeight: 600 }),
            rect(x, top, full, THICK, { fill: palette.faint }, 4),
            ...(band ? [rect(x, top, full * band.upper, THICK, { fill: palette.participated, opacity: 0.35 }, 4)] : []),
            rect(x, top, full * (value ?? band?.lower ?? 0), THICK, { fill: palette.participated }, 4),
            ...(value === null && !band ? [hatch(x, top, full, THICK, palette.quiet)] : []),
            words(remark, x, y + 20, palette, { fill: palette.quiet, fontSize: 11 }),
          ]);
        },
      ),
    ],
  }),
});
