// The overview of one view: its panels, and the dialog that opens on what stands behind their figures.
import { lazy, Suspense, useCallback, useState } from 'react';
import {
  ActiveSetsDocument,
  CohortsDocument,
  DepartmentsDocument,
  FlowDocument,
  HeadlineDocument,
  InequalityDocument,
  KnownDocument,
  LatelyDocument,
  NetworkDocument,
  OnboardingDocument,
  ResponsivenessDocument,
} from '../gql/graphql';
import { useAnswer } from './client';
import { Controls, type Organisation } from './controls';
import { Panel } from './panel';
import { activeSets } from './panels/active-sets';
import { cohorts } from './panels/cohorts';
import { flow } from './panels/flow';
import { headline } from './panels/headline';
import { inequality } from './panels/inequality';
import { lagging } from './panels/lagging';
import { network } from './panels/network';
import { onboarding } from './panels/onboarding';
import { responsiveness } from './panels/responsiveness';
import { lastAlive, shifted, yesterday, type Span } from './period';
import { Opener, type Named } from './reference';
import { scopeOf, windowOf, type Scope, type Told } from './scope';
import { useSpeech } from './speech';
import type { View } from './view';

/** Most visits open none, so it is fetched with the first. */
const EvidenceDialog = lazy(() => import('./evidence'));

/** How many days back it is looked when something was done last. */
const LATELY = 399;

interface Opened {
  figures: Named[];
  at: number;
  scope: Scope;
}

interface Props {
  view: View;
  organisation: Organisation;
}

/** What decides which window is meant where an address does not say. */
interface Known {
  /** The last day that figures are known of. */
  cut: string;
  /** The last day on which something was done. */
  lastAct: string;
}

/** The dashboard, once it is known up to which day figures are. */
export function Dashboard({ view, organisation }: Props) {
  const { say } = useSpeech();
  const known = useKnown(view, organisation);
  if (!known) {
    return (
      <main id="figures" className="alone">
        <p role="status">{say.panel.loading}</p>
      </main>
    );
  }
  const latest = lastAlive(known.cut, known.lastAct, view.length);
  return <Panels {...{ view, organisation, latest }} cut={known.cut} />;
}

/** Until it is known for another day, what is known stays: the page is not taken away meanwhile. */
function useKnown({ asOf }: View, { timeZone }: Organisation): Known | undefined {
  const to = asOf ?? yesterday(timeZone, new Date());
  const figures = useAnswer(KnownDocument, { asOf: asOf ?? null });
  const lately = useAnswer(LatelyDocument, { from: shifted(to, -LATELY), to });
  const [last, setLast] = useState<Known>();
  if (figures.fetching || lately.fetching) return last;
  const cut = figures.data?.figures?.cut.day ?? to;
  const days = lately.data?.dailyActivity.days ?? [];
  const lastAct = days.findLast(({ date, acts }) => acts > 0 && date <= cut)?.date ?? cut;
  if (last?.cut === cut && last.lastAct === lastAct) return last;
  const known = { cut, lastAct };
  setLast(known);
  return known;
}

function Panels({ view, organisation, cut, latest }: Props & { cut: string; latest: Span }) {
  const { say, format } = useSpeech();
  const [opened, setOpened] = useState<Opened>();
  const open = useCallback((figures: Named[], at: number, scope: Scope) => setOpened({ figures, at, scope }), []);
  const window = windowOf(view, cut, latest);
  const scope = scopeOf(view, window);
  const department = organisation.departments.find(({ id }) => id === view.department);
  const whom = view.department ? (department?.name ?? say.unnamed) : say.whole;
  const when = [format.span(window), ...(view.asOf ? [say.asOf(format.day(view.asOf))] : [])].join(' · ');
  const caption = [organisation.name ?? say.unnamed, whom, when, say.controls.charts[view.chart]].join(' · ');
  const told: Told = { key: JSON.stringify([scope, caption]), scope, caption };
  const asked = { told, variables: scope };
  const compared = { ...scope, compare: view.compare };
  return (
    <Opener value={open}>
      <Controls view={view} organisation={organisation} {...{ window, latest, cut }} />
      <main id="figures">
        <title>{`${whom} · ${say.overview} · Passerelle`}</title>
        {organisation.anonymous && <p className="notice">{say.anonymous}</p>}
        <div className="title">
          <h1>{whom}</h1>
          <p>{when}</p>
          {window.last > cut && <p className="badge">{say.incomplete}</p>}
        </div>
        <div className="grid">
          <Panel name="headline" title={say.headline.title} document={HeadlineDocument} show={headline} {...asked} variables={compared} />
          <Panel name="active-sets" {...say.activeSets} document={ActiveSetsDocument} show={activeSets} {...asked} />
          <Panel name="onboarding" title={say.onboarding.title} note={say.onboarding.note} document={OnboardingDocument} show={onboarding} {...asked} />
          <Panel name="lagging" {...say.lagging} document={DepartmentsDocument} show={lagging} {...asked} variables={compared} />
          <Panel name="flow" title={say.flow.title} note={say.flow.note} document={FlowDocument} show={flow} {...asked} />
          <Panel name="cohorts" title={say.cohorts.title} note={say.cohorts.note} document={CohortsDocument} show={cohorts} {...asked} />
          <Panel name="network" title={say.network.title} note={say.network.note} document={NetworkDocument} show={network} {...asked} />
          <Panel
            name="responsiveness"
            title={say.responsiveness.title}
            note={say.responsiveness.note}
            document={ResponsivenessDocument}
            show={responsiveness}
            {...asked}
          />
          <Panel
            name="inequality"
            title={say.inequality.title}
            note={say.inequality.note}
            document={InequalityDocument}
            show={inequality}
            {...asked}
          />
        </div>
      </main>
      <Suspense>
        {opened && <EvidenceDialog {...opened} onClose={() => setOpened(undefined)} />}
      </Suspense>
    </Opener>
  );
}
