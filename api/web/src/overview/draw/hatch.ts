// How what is hidden, or not over yet, is drawn: hatched, so that it differs by more than its colour.
import type { Shape } from './custom';

const STEP = 6;

/** Diagonals across a box. */
export function hatch(x: number, y: number, width: number, height: number, stroke: string): Shape {
  const lines: string[] = [];
  for (let along = STEP; along < width + height; along += STEP) {
    const [fromX, fromY] = along <= width ? [along, 0] : [width, along - width];
    const [toX, toY] = along <= height ? [0, along] : [along - height, height];
    lines.push(`M${x + fromX} ${y + fromY}L${x + toX} ${y + toY}`);
  }
  return { type: 'path', silent: true, shape: { pathData: lines.join('') }, style: { stroke, lineWidth: 1, fill: 'none' } };
}
