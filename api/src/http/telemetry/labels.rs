//! A recorder that is asked for no label but those that the policy lets metrics have.

use domain::policy::may_label;
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Label, Metadata, Recorder, SharedString, Unit};

/// Leaves out what the policy does not name, before another recorder hears of it.
pub(super) struct Labelled<R>(pub(super) R);

/// The key with those of its labels that may be shown.
fn shown(key: &Key) -> Key {
    let labels: Vec<Label> = key.labels().filter(|label| may_label(label.key())).cloned().collect();
    Key::from_parts(key.name_shared(), labels)
}

impl<R: Recorder> Recorder for Labelled<R> {
    fn describe_counter(&self, key: KeyName, unit: Option<Unit>, description: SharedString) {
        self.0.describe_counter(key, unit, description);
    }

    fn describe_gauge(&self, key: KeyName, unit: Option<Unit>, description: SharedString) {
        self.0.describe_gauge(key, unit, description);
    }

    fn describe_histogram(&self, key: KeyName, unit: Option<Unit>, description: SharedString) {
        self.0.describe_histogram(key, unit, description);
    }

    fn register_counter(&self, key: &Key, metadata: &Metadata<'_>) -> Counter {
        self.0.register_counter(&shown(key), metadata)
    }

    fn register_gauge(&self, key: &Key, metadata: &Metadata<'_>) -> Gauge {
        self.0.register_gauge(&shown(key), metadata)
    }

    fn register_histogram(&self, key: &Key, metadata: &Metadata<'_>) -> Histogram {
        self.0.register_histogram(&shown(key), metadata)
    }
}

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;

    use super::*;

    #[test]
    fn what_the_policy_does_not_name_is_no_label() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        metrics::with_local_recorder(&Labelled(recorder), || {
            for (community, code) in [("Board", "NOT_FOUND"), ("Bakers", "NOT_FOUND"), ("Bakers", "CONFLICT")]
            {
                metrics::counter!("told", "community" => community, "code" => code).increment(1);
            }
            metrics::gauge!("open", "member" => "Ada").set(1.0);
            metrics::histogram!("took", "title" => "Secret").record(1.0);
        });
        let shown = handle.render();
        assert!(shown.contains("told{code=\"NOT_FOUND\"} 2\n"), "{shown}");
        assert!(shown.contains("told{code=\"CONFLICT\"} 1\n") && shown.contains("open 1\n"), "{shown}");
        assert!(shown.contains("took_count 1\n"), "{shown}");
        assert!(!["Board", "Bakers", "Ada", "Secret"].iter().any(|word| shown.contains(word)), "{shown}");
    }
}
