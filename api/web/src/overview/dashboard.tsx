// The overview of one view: its panels, and the dialog that opens on what stands behind their figures.
import { lazy, Suspense, useCallback, useState } from 'react';
import {
  ActiveSetsDocument,
  CohortsDocument,
  DepartmentsDocument,
  FlowDocument,
  FrequencyDocument,
  HeadlineDocument,
  InequalityDocument,
  NetworkDocument,
  OnboardingDocument,
  ResponsivenessDocument,
} from '../gql/graphql';
import { Controls, type Organisation } from './controls';
import { Panel } from './panel';
import { activeSets } from './panels/active-sets';
import { cohorts } from './panels/cohorts';
import { flow } from './panels/flow';
import { frequency } from './panels/frequency';
import { headline } from './panels/headline';
import { inequality } from './panels/inequality';
import { lagging } from './panels/lagging';
import { network } from './panels/network';
import { onboarding } from './panels/onboarding';
import { responsiveness } from './panels/responsiveness';
import { lastEnded } from './period';
import { Opener, type Named } from './reference';
import { scopeOf, windowOf, type Scope, type Told } from './scope';
import { useSettled, type Settled } from './settled';
import { useSpeech } from './speech';
import { searchOf, type View } from './view';

/** Most visits open none, so it is fetched with the first. */
const EvidenceDialog = lazy(() => import('./evidence'));

interface Opened {
  figures: Named[];
  at: number;
  scope: Scope;
}

interface Props {
  view: View;
  organisation: Organisation;
}

/** The dashboard, once it is known up to which day figures are. */
export function Dashboard({ view, organisation }: Props) {
  const { say } = useSpeech();
  const settled = useSettled(view, organisation);
  if (!settled) {
    return (
      <main id="figures" className="alone">
        <p role="status">{say.panel.loading}</p>
      </main>
    );
  }
  return <Panels asked={view} organisation={organisation} {...settled} />;
}

interface PanelsProps extends Settled {
  /** What the address says, which is shown in a moment. */
  asked: View;
  organisation: Organisation;
}

function Panels({ asked, view, organisation, cut, latest }: PanelsProps) {
  const { say, format } = useSpeech();
  const [opened, setOpened] = useState<Opened>();
  const open = useCallback((figures: Named[], at: number, scope: Scope) => setOpened({ figures, at, scope }), []);
  const window = windowOf(view, cut, latest);
  const scope = scopeOf(view, window);
  const department = organisation.departments.find(({ id }) => id === view.department);
  const whom = view.department ? (department?.name ?? say.unnamed) : say.whole;
  const when = [format.span(window), ...(view.asOf ? [say.asOf(format.day(view.asOf))] : [])].join(' · ');
  const of = { scope, organisation: organisation.name ?? say.unnamed, group: whom, window, anonymous: organisation.anonymous };
  const told: Told = { ...of, key: JSON.stringify(of) };
  const panel = { told, variables: scope };
  const compared = { ...scope, compare: view.compare };
  const offered = asked.length === view.length ? latest : lastEnded(cut, asked.length);
  return (
    <Opener value={open}>
      <Controls view={asked} organisation={organisation} window={windowOf(asked, cut, offered)} latest={offered} cut={cut} />
      <main id="figures" aria-busy={searchOf(asked) !== searchOf(view)}>
        <title>{`${whom} · ${say.overview} · Passerelle`}</title>
        {organisation.anonymous && <p className="notice">{say.anonymous}</p>}
        <div className="title">
          <h1>{whom}</h1>
          <p>{when}</p>
          {window.last > cut && <p className="badge">{say.incomplete}</p>}
        </div>
        <div className="grid">
          <Panel name="headline" title={say.headline.title} document={HeadlineDocument} show={headline} {...panel} variables={compared} />
          <Panel name="active-sets" {...say.activeSets} document={ActiveSetsDocument} show={activeSets} {...panel} />
          <Panel name="onboarding" title={say.onboarding.title} note={say.onboarding.note} document={OnboardingDocument} show={onboarding} {...panel} />
          <Panel name="lagging" {...say.lagging} document={DepartmentsDocument} show={lagging} {...panel} variables={compared} />
          <Panel name="flow" title={say.flow.title} note={say.flow.note} document={FlowDocument} show={flow} {...panel} />
          <Panel name="cohorts" title={say.cohorts.title} note={say.cohorts.note} document={CohortsDocument} show={cohorts} {...panel} />
          <Panel name="network" title={say.network.title} note={say.network.note} document={NetworkDocument} show={network} {...panel} />
          <Panel
            name="responsiveness"
            title={say.responsiveness.title}
            note={say.responsiveness.note}
            document={ResponsivenessDocument}
            show={responsiveness}
            {...panel}
          />
          <Panel
            name="inequality"
            title={say.inequality.title}
            note={say.inequality.note}
            document={InequalityDocument}
            show={inequality}
            {...panel}
          />
          <Panel name="frequency" title={say.frequency.title} note={say.frequency.note} document={FrequencyDocument} show={frequency} {...panel} />
        </div>
      </main>
      <Suspense>
        {opened && <EvidenceDialog {...opened} onClose={() => setOpened(undefined)} />}
      </Suspense>
    </Opener>
  );
}
