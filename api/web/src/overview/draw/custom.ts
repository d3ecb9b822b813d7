// What all drawings are made of. They are series of the kind that draws itself: the page so carries one kind of ECharts'
// series instead of five, and each mark is where its drawing says.
import type { Named } from '../reference';
import type { Palette } from '../theme';

/** A mark that says something when it is pointed at, and opens a figure when it is pressed. */
export interface Mark {
  tip: string;
  evidence?: Named;
}

/** The part of ECharts' interface for such series that is used here. */
export interface Place {
  value: (dimension: number) => number;
  coord: (point: [number, number]) => [number, number];
  size: (of: [number, number]) => [number, number];
}

export type Shape = { type: string; [key: string]: unknown };

export const group = (children: Shape[]): Shape => ({ type: 'group', children });

export const rect = (x: number, y: number, width: number, height: number, style: object, r = 0): Shape => ({
  type: 'rect',
  shape: { x, y, width: Math.max(0, width), height, r },
  style,
});

export const dot = (cx: number, cy: number, r: number, fill: string, stroke: string): Shape => ({
  type: 'circle',
  shape: { cx, cy, r },
  style: { fill, stroke, lineWidth: 1.5 },
});

export const words = (text: string, x: number, y: number, palette: Palette, style: object = {}): Shape => ({
  type: 'text',
  silent: true,
  style: { text, x, y, verticalAlign: 'middle', fill: palette.ink, fontFamily: palette.font, fontSize: 12, ...style },
});

/** A series of marks, each drawn at its place. */
export const series = <Item extends Mark>(
  items: Item[],
  at: (item: Item, index: number) => [number, number],
  draw: (item: Item, place: Place, index: number) => Shape,
) => ({
  type: 'custom',
  clip: false,
  emphasis: { disabled: true },
  data: items.map((item, index) => ({ value: at(item, index), tip: item.tip, evidence: item.evidence })),
  renderItem: ({ dataIndex }: { dataIndex: number }, place: Place) => draw(items[dataIndex]!, place, dataIndex),
});

/** An axis of shares, from nothing to all, or to less where that is the most. */
export const shares = (percent: (share: number) => string, palette: Palette, max = 1) => ({
  type: 'value',
  min: 0,
  max,
  interval: max / 5,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: palette.quiet, formatter: percent },
  splitLine: { lineStyle: { color: palette.line } },
});

/** An axis of names, without lines. */
export const names = (all: string[], label: object) => ({
  type: 'category',
  data: all,
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
  axisLabel: { interval: 0, ...label },
});

/** The labels of rows, of two sizes: `{name|…}` and `{remark|…}`, from the left edge on. */
export const rowLabels = (left: number, palette: Palette) => ({
  margin: left,
  align: 'left',
  width: left - 12,
  overflow: 'truncate',
  rich: {
    name: { color: palette.ink, fontSize: 13, lineHeight: 17 },
    remark: { color: palette.quiet, fontSize: 11, lineHeight: 15 },
  },
});
