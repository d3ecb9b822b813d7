//! What is no share of people, where a threshold protects them: of whom it is told, and when.

use super::*;
use crate::figures::decided::tests::twelve_weeks;
use crate::figures::figure::Maturity;

const K: Option<Threshold> = Threshold::try_new(5);

/// The sheet of the last four weeks that were over so many weeks before the end of a history.
fn over(built: &Built, history: &History, weeks: i32) -> Sheet {
    let last = Window::containing(today(history), Length::Week).before(1).last;
    let window = Window::containing(Day(last.0 - 7 * weeks + 1), Length::FourWeeks).before(1);
    Sheet::new(built.views.clone(), known(built, last), window, Chart::AsWas)
}

fn protected(sheet: &Sheet, figure: Figure, group: Group) -> Published<Value> {
    let closed = Maturity::ALL.map(|maturity| {
        Time::try_from_micros(i64::from(maturity.of(sheet.window).0 + 1) * DAY * 1_000_000).unwrap()
    });
    figure.of(sheet, Terms { threshold: K, closed, ..terms(group, &sheet.known) }).unwrap()
}

#[test]
fn an_index_is_told_of_departments_made_of_blocks_and_never_how_many_it_is_of() {
    let departments = [1, 3, 4, 5].map(|n| Group::Whole(department(n)));
    let (mut told, mut hidden) = (0, 0);
    for seed in 0..12 {
        let history = twelve_weeks(seed);
        let built = history.views();
        let sheet = over(&built, &history, 0);
        for of in [IndexOf::Stickiness, IndexOf::Gini { zeros: false }, IndexOf::Elephant] {
            for group in [Group::Organisation].into_iter().chain(departments) {
                let published = protected(&sheet, Figure::Index(of), group);
                if let Published::Shown(Value::Index(index)) = &published {
                    assert_eq!(index.count, None, "{of:?} of {group:?}");
                }
                let count = sheet.share(ShareOf::Active(Level::Participated), group, K).unwrap();
                let is_told = published.shown().is_some();
                told += usize::from(is_told && group != Group::Organisation);
                if group != Group::Organisation && count.shown().is_none() {
                    assert!(!is_told, "{of:?} of {group:?} counts those who took part: {published:?}");
                    hidden += 1;
                }
            }
        }
        let community = protected(&sheet, Figure::Index(IndexOf::Stickiness), Group::Community(community(1)));
        assert!(community.shown().is_none());
    }
    assert!(told > 20 && hidden > 20, "{told} told, {hidden} hidden");
}

#[test]
fn two_ginis_do_not_tell_how_many_contributed_nor_the_heaviest_who_they_are() {
    let (mut both, mut one) = (0, 0);
    for seed in 0..12 {
        let history = twelve_weeks(seed);
        let built = history.views();
        let sheet = over(&built, &history, 0);
        for group in
            [1, 3, 4, 5].map(|n| Group::Whole(department(n))).into_iter().chain([Group::Organisation])
        {
            let gini =
                |zeros| protected(&sheet, Figure::Index(IndexOf::Gini { zeros }), group).shown().is_some();
            let count = sheet.share(ShareOf::Active(Level::Contributed), group, K).unwrap();
            assert!(!gini(true) || count.shown().is_some(), "{group:?}");
            both += usize::from(gini(true) && gini(false));
            one += usize::from(gini(false) && !gini(true));
            let heaviest = protected(&sheet, Figure::Index(IndexOf::Heaviest), group);
            // Of 185 people the heaviest hundredth is two.
            assert!(heaviest.shown().is_none(), "{heaviest:?}");
        }
    }
    assert!(both > 5 && one < both, "{both} both, {one} one");
}

#[test]
fn what_has_to_wait_is_told_once_it_could_have_come() {
    let history = twelve_weeks(1);
    let built = history.views();
    let answered = |hours| Figure::InTime(InTime::AnsweredWithin(hours));
    let why =
        |weeks, figure| protected(&over(&built, &history, weeks), figure, Group::Organisation).suppression();
    for (figure, weeks) in [
        (answered(24), 1),
        (answered(168), 1),
        (Figure::InTime(InTime::BestAnswer), 2),
        (Figure::Reach(30), 5),
        (Figure::Wait(WaitFor::Response), 1),
    ] {
        // Of a window that was over at some time in the four weeks before.
        let at = (0..9).find(|weeks| why(*weeks, figure) != Some(Suppression::WindowOpen));
        let sheet = over(&built, &history, at.unwrap());
        let since = (sheet.known.cut().0 - sheet.window.last.0) / 7;
        assert!((weeks..weeks + 4).contains(&since), "{figure} after {since} weeks");
        assert_ne!(why(at.unwrap(), figure), Some(Suppression::NotInGrid), "{figure}");
    }
    for figure in [answered(25), Figure::Reach(8)] {
        assert_eq!(why(4, figure), Some(Suppression::NotInGrid), "{figure}");
    }
    // Nobody asked anything: there is too little data, and not too little time.
    assert_eq!(why(5, Figure::Reach(30)), why(5, Figure::Reach(1)));
}
