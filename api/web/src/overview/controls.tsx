// What is shown: period, department, chart of departments, day, comparison. Each choice is a new address.
import { useId, type ReactNode } from 'react';
import type { PlaceQuery } from '../gql/graphql';
import { isDay, LENGTHS, recent, shifted, windowAt, yesterday, type Span } from './period';
import { useSpeech } from './speech';
import { CHARTS, show, type View } from './view';

export type Organisation = NonNullable<PlaceQuery['organisation']>;
type Department = Organisation['departments'][number];

interface Props {
  view: View;
  organisation: Organisation;
  window: Span;
  /** What is shown where no window is asked for. */
  latest: Span;
  /** The last day that is read. */
  cut: string;
}

/** How many windows can be chosen from; others are reached step by step. */
const OFFERED = 26;

export function Controls({ view, organisation, window, latest, cut }: Props) {
  const { say } = useSpeech();
  const words = say.controls;
  const change = (changed: Partial<View>) => show({ ...view, ...changed });
  const below = useId();
  const compare = useId();
  return (
    <section className="controls" aria-label={words.title}>
      <Labelled label={words.length}>
        {(id) => (
          <select
            id={id}
            value={view.length}
            onChange={({ target }) => change({ length: target.value as View['length'], on: undefined })}
          >
            {LENGTHS.map((length) => (
              <option key={length} value={length}>
                {words.lengths[length]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Period {...{ view, window, latest, cut }} onChange={(on) => change({ on })} />
      <Labelled label={words.department}>
        {(id) => (
          <select
            id={id}
            value={view.department ?? ''}
            onChange={({ target }) => change({ department: target.value || undefined })}
          >
            <option value="">{say.whole}</option>
            {tree(organisation.departments, window).map(({ department, depth }) => (
              <option key={department.id} value={department.id}>
                {'\u2003'.repeat(depth)}
                {department.name ?? say.unnamed}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {view.department && (
        <span className="check">
          <input
            id={below}
            type="checkbox"
            checked={view.below}
            onChange={({ target }) => change({ below: target.checked })}
          />
          <label htmlFor={below}>{words.below}</label>
        </span>
      )}
      <Labelled label={words.chart}>
        {(id) => (
          <select id={id} value={view.chart} onChange={({ target }) => change({ chart: target.value as View['chart'] })}>
            {CHARTS.map((chart) => (
              <option key={chart} value={chart}>
                {words.charts[chart]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={words.asOf}>
        {(id) => (
          <input
            id={id}
            type="date"
            value={view.asOf ?? cut}
            max={yesterday(organisation.timeZone, new Date())}
            onChange={({ target }) => {
              if (target.value === '') change({ asOf: undefined });
              else if (isDay(target.value)) change({ asOf: target.value });
            }}
          />
        )}
      </Labelled>
      <span className="check">
        <input
          id={compare}
          type="checkbox"
          checked={view.compare}
          onChange={({ target }) => change({ compare: target.checked })}
        />
        <label htmlFor={compare}>{words.compare}</label>
      </span>
    </section>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <span className="labelled">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  );
}

interface PeriodProps extends Pick<Props, 'view' | 'window' | 'latest' | 'cut'> {
  onChange: (on: string | undefined) => void;
}

function Period({ view, window, latest, cut, onChange }: PeriodProps) {
  const { say, format } = useSpeech();
  const words = say.controls;
  const period = useId();
  const offered = recent(cut, view.length, OFFERED);
  const spans = offered.some(({ first }) => first === window.first) ? offered : [...offered, window];
  const named = (span: Span) => {
    if (span.first === latest.first) return words.latest(format.span(span));
    return span.last > cut ? words.running(format.span(span)) : format.span(span);
  };
  const to = (day: string) => {
    const { first } = windowAt(day, view.length);
    onChange(first === latest.first ? undefined : first);
  };
  const [before, after] = [shifted(window.first, -1), shifted(window.last, 1)];
  return (
    <span className="labelled period">
      <label htmlFor={period}>{words.period}</label>
      <span className="stepper">
        <button type="button" aria-label={words.before} title={words.before} onClick={() => to(before)}>
          ‹
        </button>
        <select id={period} value={window.first} onChange={({ target }) => to(target.value)}>
          {spans.map((span) => (
            <option key={span.first} value={span.first}>
              {named(span)}
            </option>
          ))}
        </select>
        <button type="button" aria-label={words.after} title={words.after} disabled={after > cut} onClick={() => to(after)}>
          ›
        </button>
      </span>
    </span>
  );
}

/** The departments there were in a window, each below the one it belongs to, by name. */
function tree(departments: Department[], window: Span): { department: Department; depth: number }[] {
  const there = departments.filter(({ closedAt }) => closedAt === null || closedAt.slice(0, 10) >= window.first);
  const known = new Set(there.map(({ id }) => id));
  const under = (parent: string | undefined, depth: number): { department: Department; depth: number }[] =>
    there
      .filter((department) => {
        const above = department.parent?.id;
        return parent === undefined ? above === undefined || !known.has(above) : above === parent;
      })
      .sort((one, other) => (one.name ?? '').localeCompare(other.name ?? ''))
      .flatMap((department) => [{ department, depth }, ...under(department.id, depth + 1)]);
  return under(undefined, 0);
}
