// Shares of people one below the other, each as a bar.
import type { ShareFigureFragment } from '../../gql/graphql';
import { drawBars } from '../draw/bars';
import type { Content } from '../panel';
import type { Named } from '../reference';
import type { Speech } from '../speech';
import {
  definitionCell,
  hides,
  plain,
  reason,
  share as told,
  shareCells,
  shareColumns,
  shareFileCells,
  shareFileColumns,
  text,
} from '../table';

export interface NamedShare extends Named {
  share: ShareFigureFragment;
  /** Said below the bar; else how many of how many, where that is told. */
  remark?: string;
}

export function shares(column: string, of: NamedShare[], speech: Speech): Content {
  const { say, format } = speech;
  const bars = of.map(({ name, share, remark, reference }) => {
    const { value, band, suppressed, numerator, denominator } = share;
    const label = told(share, speech) ?? (suppressed && hides(suppressed) ? say.hidden : '–');
    const out = numerator === null || denominator === null ? '' : say.of(format.whole(numerator), format.whole(denominator));
    return {
      name,
      remark: suppressed ? say.suppressed[suppressed] : (remark ?? out),
      value,
      band,
      label,
      tip: [name, suppressed ? reason(suppressed, speech) : [label, ...(out ? [out] : [])].join(' · ')].join('\n'),
      evidence: { name, reference },
    };
  });
  return {
    drawing: drawBars(bars),
    measured: of.map(({ share }) => share),
    figures: bars.map(({ evidence }) => evidence),
    definitions: of.map(({ share }) => share.definition),
    table: {
      columns: [text(column), ...shareColumns(speech)],
      rows: of.map(({ name, share, reference }) => [plain(name), ...shareCells(share, { name, reference }, speech)]),
    },
    file: {
      columns: [text(column), ...shareFileColumns(speech), text(say.columns.definition)],
      rows: of.map(({ name, share }) => [plain(name), ...shareFileCells(share, speech), definitionCell(share)]),
    },
  };
}
