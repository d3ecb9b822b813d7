// A panel: one question to the server, and its answer as a drawing, as a table, and as files to take along.
import type { EChartsType } from 'echarts/core';
import { useId, useMemo, useState, type ReactNode } from 'react';
import type { AnyVariables, CombinedError } from 'urql';
import type { Suppression, TypedDocumentString } from '../gql/graphql';
import { Chart, type Drawing } from './chart';
import { useAnswer, type Answer } from './client';
import { ScopeShown, useOpen, type Named } from './reference';
import type { Legend } from './picture';
import { save } from './save';
import { captionOf, contextOf, fileName, type Told } from './scope';
import { useSpeech, type Speech } from './speech';
import { Unshown } from './strip';
import { allHidden, explained, fileOf, Twin, type Table } from './table';
import { usePalette } from './theme';

/** What a panel shows of an answer. */
export interface Content {
  /** Above the drawing, or instead of it. */
  body?: ReactNode;
  drawing?: Drawing;
  /** What the panel is for: where all of it is hidden, one sentence says why. */
  measured: { suppressed: Suppression | null }[];
  legend?: Legend[];
  table: Table;
  /** What its file holds: each number as it is, with the definition it was computed by. */
  file: Table;
  /** What one can ask the sources of. */
  figures: Named[];
  /** The definitions that it was computed by. */
  definitions: ({ id: string } | null)[];
}

/** All that panels need of an answer by themselves. */
interface Read {
  cut: { day: string };
}

interface Props<Figures extends Read, Variables extends AnyVariables> {
  /** Its place in the page's grid, and in the names of its files. */
  name: string;
  title: string;
  note?: string;
  document: TypedDocumentString<{ figures: Figures | null }, Variables>;
  variables: Variables;
  told: Told;
  /** Nothing, where the answer holds nothing to show. */
  show: (figures: Figures, speech: Speech) => Content | undefined;
}

export function Panel<Figures extends Read, Variables extends AnyVariables>(props: Props<Figures, Variables>) {
  const speech = useSpeech();
  const { say } = speech;
  const answer = useAnswer(props.document, props.variables);
  const shown = useLast(answer, props.told);
  const figures = shown?.figures ?? null;
  // Made once an answer, so that a chart is drawn once an answer.
  const content = useMemo(() => (figures === null ? undefined : props.show(figures, speech)), [figures, speech]);
  const [asTable, setAsTable] = useState(false);
  const [chart, setChart] = useState<EChartsType>();
  const heading = useId();
  const why = content ? allHidden(content.measured) : [];
  const { error, fetching, computing } = answer;
  const failed = error !== undefined && !fetching && !computing;
  const state = computing || (fetching && !content) ? 'loading' : failed ? 'failed' : content ? 'shown' : 'empty';
  return (
    <ScopeShown value={shown?.told.scope}>
      <section className={`panel ${props.name}`} aria-labelledby={heading} aria-busy={fetching || computing}>
        <header>
          <h2 id={heading}>{props.title}</h2>
          {content && figures && shown && state === 'shown' && (
            <Tools
              {...{ content, chart, asTable, setAsTable }}
              name={props.name}
              title={props.title}
              told={shown.told}
              cut={figures.cut.day}
            />
          )}
          {props.note && <p className="note">{props.note}</p>}
        </header>
        {content && state === 'shown' && (
          <div className="content" inert={fetching}>
            {why.length > 0 ? <Unshown why={why} /> : content.body}
            {asTable && <Twin table={content.table} caption={props.title} />}
            {!asTable && why.length === 0 && content.drawing && (
              <Chart drawing={content.drawing} label={`${props.title}. ${say.panel.asTable}`} onReady={setChart} />
            )}
            {why.length === 0 && <Hatched table={asTable ? content.table : content.file} />}
          </div>
        )}
        {state === 'loading' && <Skeleton say={computing ? computed(answer.progress, speech) : say.panel.loading} />}
        {state === 'empty' && <p className="empty">{figures ? say.panel.empty : say.panel.refused}</p>}
        {error && state === 'failed' && <Failed error={error} retry={answer.again} />}
      </section>
    </ScopeShown>
  );
}

/** That it is being computed, and how far that is where it is known. */
const computed = (progress: number | undefined, { say, format }: Speech): string =>
  progress === undefined ? say.panel.computing : say.panel.computed(format.roundPercent(progress));

interface Shown<Figures> {
  figures: Figures | null;
  told: Told;
}

/**
 * The last answer, with what it was asked for. While another view is asked for it stays, paler, so that nothing jumps;
 * and what is taken along of it says what it is of, not what is coming.
 */
function useLast<Figures>({ data, fetching }: Answer<{ figures: Figures | null }>, told: Told): Shown<Figures> | undefined {
  const [last, setLast] = useState<Shown<Figures>>();
  if (data === undefined || fetching) return last;
  if (last?.figures === data.figures && last.told.key === told.key) return last;
  const shown = { figures: data.figures, told };
  setLast(shown);
  return shown;
}

/** What hatching stands for, where something of the panel is not shown. */
function Hatched({ table }: { table: Table }) {
  const { say } = useSpeech();
  const why = new Set(table.rows.flatMap((row) => row.flatMap(({ hidden }) => hidden ?? [])));
  if (why.size === 0) return null;
  return <p className="note">{say.hatched([...why].map((one) => say.suppressed[one]).join(' · '))}</p>;
}

interface ToolsProps {
  name: string;
  title: string;
  told: Told;
  /** The last day that was read. */
  cut: string;
  content: Content;
  chart: EChartsType | undefined;
  asTable: boolean;
  setAsTable: (asTable: boolean) => void;
}

function Tools({ name, title, told, cut, content, chart, asTable, setAsTable }: ToolsProps) {
  const speech = useSpeech();
  const { say } = speech;
  const open = useOpen();
  const palette = usePalette();
  const definitions = [...new Set(content.definitions.flatMap((definition) => definition?.id ?? []))];
  const caption = {
    title,
    scope: captionOf(told, cut, speech),
    mark: told.anonymous ? say.anonymous : undefined,
    source: `Passerelle · ${definitions.join(' · ')}`,
  };
  const csv = () => {
    const text = fileOf(content.file, contextOf(told, cut, speech));
    save(fileName(name, told, 'csv'), new Blob([text], { type: 'text/csv' }));
  };
  const png = async () => {
    // Few visits take one along.
    const { pictureOfChart, pictureOfTable } = await import('./picture');
    const picture = chart
      ? pictureOfChart(chart, caption, content.legend ?? [], palette)
      : pictureOfTable(explained(content.table, speech), caption, palette);
    save(fileName(name, told, 'png'), await picture);
  };
  const tools: [string, () => void][] = [
    ...(content.figures.length > 0 ? [[say.panel.evidence, () => open(content.figures, 0)] as [string, () => void]] : []),
    [say.panel.csv, csv],
    [say.panel.png, () => void png()],
  ];
  return (
    <div className="tools">
      <button
        type="button"
        aria-pressed={asTable}
        aria-label={say.panel.shows(title, say.panel.table)}
        onClick={() => setAsTable(!asTable)}
      >
        {say.panel.table}
      </button>
      {tools.map(([tool, press]) => (
        <button key={tool} type="button" aria-label={say.panel.shows(title, tool)} onClick={press}>
          {tool}
        </button>
      ))}
    </div>
  );
}

function Skeleton({ say }: { say: string }) {
  return (
    <div className="skeleton">
      <span className="note" role="status">
        {say}
      </span>
      {Array.from({ length: 5 }, (_, line) => (
        <span key={line} className="bone" />
      ))}
    </div>
  );
}

function Failed({ error, retry }: { error: CombinedError; retry: () => void }) {
  const { say } = useSpeech();
  const told = error.graphQLErrors[0]?.message;
  return (
    <div className="failed" role="alert">
      <p>
        <strong>{say.panel.failed}</strong> {told ?? say.panel.offline}
      </p>
      <button type="button" onClick={retry}>
        {say.panel.retry}
      </button>
    </div>
  );
}
