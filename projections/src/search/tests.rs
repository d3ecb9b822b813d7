//! What is found, by whom, in which order, and what leaves the index.

use domain::audience::Audience;
use domain::community::Access;
use domain::document::{Moved, Withdrawn};
use domain::event::Event;
use domain::id::Item;
use domain::membership::Joined;
use domain::post::{Edited, Kind as PostKind, Published, Removed};
use domain::sealed::Sealed;

use super::*;
use crate::Take;
use crate::batches::{founded, given, hidden, published, registered, shared, submitted};
use crate::digest::digest;
use crate::given::{Built, History, community, department, document, history, idea, member, plan, post};

const MEMBER: fn(u64) -> Viewer = |n| Viewer::Member(member(n));

fn here() -> Audience {
    Audience::Community(community(1))
}

fn said(n: u64, language: Option<&str>, body: &str) -> Event {
    let language = language.map(|tag| tag.parse().unwrap());
    let (mentions, topics, body) = (vec![], vec![], body.to_owned().into());
    let (kind, audience, author) = (PostKind::Update, here(), member(1));
    Published { post: post(n), author, kind, audience, language, mentions, topics, pinned: false, body }
        .into()
}

fn query(text: &str, filters: Filters) -> Query {
    Query::try_new(text, false, filters).unwrap()
}

fn found_with(snapshot: &Snapshot, viewer: Viewer, query: &Query) -> Vec<Uuid> {
    let page = search(snapshot, &viewer, query, &Paging::first(100)).unwrap();
    page.rows.into_iter().map(|hit| item(&hit.entry)).collect()
}

fn item(entry: &Entry) -> Uuid {
    match entry {
        Entry::Post(post) => post.id.0,
        Entry::Document(document) => document.id.0,
        Entry::Idea(idea) => idea.id.0,
        Entry::Member(member) => member.id.0,
        Entry::Community(community) => community.id.0,
    }
}

fn found(given: &History, viewer: Viewer, text: &str) -> Vec<Uuid> {
    found_with(&given.snapshot(), viewer, &query(text, Filters::default()))
}

/// Every word of the index, and in what it stands.
fn terms(built: &Built) -> Vec<String> {
    let snapshot = built.views.snapshot().unwrap();
    let sql = "SELECT term || ' ' || doc FROM terms ORDER BY term, doc";
    let read = snapshot.with(|connection| {
        connection.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, search_words, instance)",
        )?;
        connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    });
    read.unwrap()
}

#[test]
fn what_is_said_is_kept_folded_and_stemmed_by_its_language() {
    let given = history().and(said(1, Some("fr"), "L’équipe a chanté")).and(submitted(1)).and(registered(
        2,
        1,
        "Zoé Martin".to_owned().into(),
    ));
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put searchable item=4:1 position=1 kind=0 author=2:1 community=3:1 department=1:1 published_at=1700000001000000 language="fr" name="" name_stems="" text="equipe a chante" text_stems="equip a chant"
    put searchable item=8:1 position=2 kind=2 author=2:3 community=- department=1:1 published_at=1700000002000000 language=- name="idea 1" name_stems="ide idea 1" text="" text_stems=""
    put searchable item=2:2 position=3 kind=3 author=- community=- department=- published_at=1700000003000000 language=- name="zoe martin" name_stems="" text="" text_stems=""
    "#);
}

#[test]
fn forms_of_a_word_find_each_other_in_both_languages() {
    let given = given()
        .and(said(1, Some("fr"), "Les équipes ont relu l’œuvre avec cœur"))
        .and(said(2, Some("en"), "She was running with naïve children"))
        .and(said(3, None, "Nos journaux"));
    for (text, wanted) in [
        ("l'équipe", vec![1]),
        ("EQUIPE", vec![1]),
        ("oeuvres", vec![1]),
        ("œuvre", vec![1]),
        ("coeur équipes", vec![1]),
        ("cœur", vec![1]),
        ("runs", vec![2]),
        ("child", vec![2]),
        ("naive", vec![2]),
        ("naïve running", vec![2]),
        ("journal", vec![3]),
        ("équipe running", vec![]),
        ("equ", vec![]),
        ("equ*", vec![1]),
    ] {
        let wanted: Vec<Uuid> = wanted.into_iter().map(|n| post(n).0).collect();
        assert_eq!(found(&given, MEMBER(4), text), wanted, "{text}");
    }
}

#[test]
fn a_phrase_is_found_where_its_words_stand_one_behind_the_other() {
    let given = given()
        .and(said(1, Some("fr"), "L’équipe de nuit a relu le chef-d’œuvre"))
        .and(said(2, Some("fr"), "La nuit de l’équipe"))
        .and(said(3, Some("en"), "The naïve plan of the night shift"))
        .and(said(4, Some("en"), "Shift the plan to the night"))
        .and(shared(1, here()))
        .and(said(5, None, "plan by member 1"));
    for (text, wanted) in [
        ("\"équipe de nuit\"", vec![1]),
        ("\"EQUIPE DE NUIT\" relu", vec![1]),
        ("« l'équipe de nuit »", vec![1]),
        ("\"chef d'oeuvre\"", vec![1]),
        ("\"équipes de nuit\"", vec![]),
        ("équipes nuit", vec![2, 1]),
        ("\"night shift\"", vec![3]),
        ("\"naive plan\" \"the night\"", vec![3]),
        ("\"night shifts\"", vec![]),
        ("\"the night\"", vec![4, 3]),
        ("\"night shift", vec![4, 3]),
    ] {
        let wanted: Vec<Uuid> = wanted.into_iter().map(|n| post(n).0).collect();
        assert_eq!(found(&given, MEMBER(4), text), wanted, "{text}");
    }
    // A name that holds the words and not the phrase is no name that holds it.
    let counted = |text| {
        let words = query(text, Filters::default());
        let counts = by_department(&given.snapshot(), &MEMBER(4), &words, given.time()).unwrap();
        (found(&given, MEMBER(4), text).len(), counts.iter().map(|(_, count)| count).sum::<u32>())
    };
    assert_eq!(found(&given, MEMBER(4), "\"member 1\""), [member(1).0, post(5).0]);
    assert_eq!([counted("\"member 1\""), counted("\"1 member\"")], [(2, 2), (0, 0)]);
}

#[test]
fn names_come_before_texts_and_each_newest_first() {
    let given =
        given().and(said(1, None, "A plan")).and(shared(1, here())).and(said(2, None, "Plans, plans"));
    let wanted = [document(1).0, post(2).0, post(1).0];
    assert_eq!(found(&given, MEMBER(4), "plan"), wanted);
    assert_eq!(found(&given, MEMBER(4), "member 3"), [member(3).0]);
    assert_eq!(found(&given, MEMBER(4), "community"), [community(1).0]);
}

#[test]
fn filters_narrow_down_and_are_no_words_themselves() {
    let given = given().and(said(1, Some("fr"), "plan"));
    let given = given.later(60).and(shared(1, here())).and(submitted(7)).and(founded(2, Access::Open));
    let noon = given.time();
    let given = given.and(published(3, Audience::Community(community(2)), "A plan".to_owned().into()));
    let snapshot = given.snapshot();
    let only = |filters: Filters| found_with(&snapshot, MEMBER(4), &query("plan", filters));
    let none = Filters::default;
    assert_eq!(only(none()).len(), 3);
    assert_eq!(only(Filters { kinds: vec![Kind::Document, Kind::Idea], ..none() }), [document(1).0]);
    assert_eq!(only(Filters { community: Some(community(2)), ..none() }), [post(3).0]);
    assert_eq!(only(Filters { author: Some(member(3)), ..none() }), Vec::<Uuid>::new());
    assert_eq!(only(Filters { language: Some("fr-CA".to_owned()), ..none() }), [post(1).0]);
    assert_eq!(only(Filters { since: Some(noon), ..none() }), [post(3).0]);
    assert_eq!(only(Filters { until: Some(noon), ..none() }).len(), 2);
    assert_eq!(found(&given, MEMBER(4), "k0"), Vec::<Uuid>::new());
    assert_eq!(found(&given, MEMBER(4), "idea"), [idea(7).0]);
}

#[test]
fn what_a_viewer_may_not_see_is_not_found_nor_counted() {
    let [closed, secret] = [2, 3].map(|n| Audience::Community(community(n)));
    let given = given()
        .and(founded(2, Access::Request))
        .and(founded(3, Access::Invitation))
        .and(published(1, closed, "secret plan".to_owned().into()))
        .and(published(2, secret.clone(), "secret plan".to_owned().into()))
        .and(published(3, Audience::Members(vec![member(2)]), "secret plan".to_owned().into()))
        .and(shared(1, here()))
        .and(shared(2, here()))
        .and(Moved { document: document(2), author: member(1), audience: secret, audience_was: here() });
    let words = query("secret plan", Filters::default());
    let (plan, everything) = (query("plan", Filters::default()), query("community", Filters::default()));
    let seen = |given: &History, viewer| {
        let snapshot = given.snapshot();
        let counts = by_department(&snapshot, &viewer, &words, given.time()).unwrap();
        let counted: u32 = counts.iter().map(|(_, count)| count).sum();
        let all = found_with(&snapshot, viewer, &words);
        assert_eq!(all.len(), counted as usize);
        (
            all.len(),
            found_with(&snapshot, viewer, &plan).len(),
            found_with(&snapshot, viewer, &everything).len(),
        )
    };
    assert_eq!(seen(&given, MEMBER(1)), (3, 5, 3), "the author, who leads all three");
    assert_eq!(seen(&given, MEMBER(2)), (1, 2, 2), "an addressee");
    assert_eq!(seen(&given, MEMBER(4)), (0, 1, 2), "anybody");
    assert_eq!(seen(&given, Viewer::Operator), (3, 5, 3));
    let inside = given.clone().and(Joined { community: community(3), member: member(4) });
    assert_eq!(seen(&inside, MEMBER(4)), (1, 3, 3), "once inside");
    let withdrawn = Withdrawn { document: document(1), author: member(1), community: Some(community(1)) };
    assert_eq!(seen(&given.and(withdrawn), MEMBER(4)), (0, 0, 2));
}

#[test]
fn what_is_removed_or_gone_leaves_no_word_in_the_index() {
    let edited = |n, body| Edited {
        post: post(n),
        author: member(1),
        community: Some(community(1)),
        language: None,
        mentions: vec![],
        topics: vec![],
        body,
    };
    let given = history()
        .and(said(1, None, "needle one"))
        .and(said(2, None, "needle two"))
        .and(said(3, None, "three"));
    assert!(terms(&given.views()).iter().any(|term| term.starts_with("needle")));
    let given = given
        .and(Removed { post: post(1), author: member(1), community: Some(community(1)) })
        .and(edited(2, Sealed::Gone))
        .and(edited(3, "four".to_owned().into()))
        .and(published(4, here(), Sealed::Gone));
    for size in [1, 2, 100] {
        let left = terms(&given.views_in_batches(size));
        for word in ["needle", "one", "two", "three"] {
            assert!(!left.iter().any(|term| term.contains(word)), "{word} in {left:?}");
        }
        assert!(left.iter().any(|term| term.starts_with("four")));
    }
    assert_eq!(found(&given, Viewer::Operator, "four"), [post(3).0]);
}

#[test]
fn any_size_of_batches_leaves_the_same_index() {
    let given =
        (1..20).fold(given(), |given, n| given.and(said(n, None, &format!("word {n}"))).and(submitted(n)));
    let given = given.and(Removed { post: post(3), author: member(1), community: Some(community(1)) });
    let [one, other] = [1, 7].map(|size| given.views_in_batches(size));
    assert_eq!(terms(&one), terms(&other));
    let rows = |built: &Built| digest(&built.views.snapshot().unwrap()).unwrap();
    assert_eq!(rows(&one), rows(&other));
}

#[test]
fn pages_meet_without_gap_or_repeat_while_things_arrive() {
    let named = (1..=3).fold(given(), |given, n| given.and(shared(n, here())));
    let given = (1..=4).fold(named, |given, n| given.and(said(n, None, "the plan")));
    let words = query("plan", Filters::default());
    let page = |given: &History, paging: &Paging<ByMatch>| {
        let page = search(&given.snapshot(), &MEMBER(4), &words, paging).unwrap();
        (
            page.rows.iter().map(|hit| item(&hit.entry)).collect::<Vec<_>>(),
            page.rows.last().unwrap().key,
            page.more,
        )
    };
    let all = page(&given, &Paging::first(7)).0;
    assert_eq!(all.len(), 7);
    let (first, key, more) = page(&given, &Paging::first(2));
    let arrived = given.clone().and(shared(9, here())).and(said(9, None, "new plan"));
    let (second, key, _) = page(&arrived, &Paging::after(key, 2));
    let (third, key, _) = page(&arrived, &Paging::after(key, 1));
    let (fourth, _, end) = page(&arrived, &Paging::after(key, 2));
    // What arrived while paging stands before the posts that have not been read yet, and not among the documents.
    assert_eq!(
        [first.clone(), second, third, fourth].concat(),
        [&all[..3], &[post(9).0], &all[3..6]].concat()
    );
    assert!(more && end);
    let back = Paging { after: None, before: Some((1, i64::MIN)), take: Take::Last(5) };
    assert_eq!(page(&given, &back), (all[2..].to_vec(), page(&given, &Paging::first(7)).1, true));
    let up = Paging { after: None, before: Some(page(&given, &Paging::first(4)).1), take: Take::Last(9) };
    assert_eq!(page(&given, &up).0, all[..3]);
}

#[test]
fn results_are_counted_by_the_department_that_brought_them() {
    let given = given().by(1, 1).and(said(1, None, "Member of all")).by(2, 2).and(shared(1, here()));
    let snapshot = given.snapshot();
    let count =
        |text| by_department(&snapshot, &MEMBER(4), &query(text, Filters::default()), given.time()).unwrap();
    assert_eq!(count("plan"), [(Some(department(2)), 1)]);
    assert_eq!(count("member"), [(Some(department(1)), 3), (Some(department(2)), 3)]);
}

#[test]
fn what_was_found_is_shown_where_it_stands() {
    let given = given().and(said(1, Some("fr"), "Vive l’Équipe !"));
    let words = query("equipes", Filters::default());
    let page = search(&given.snapshot(), &MEMBER(4), &words, &Paging::first(5)).unwrap();
    let [(part, excerpt)] = page.rows[0].entry.excerpts(&words).try_into().unwrap();
    let pieces: Vec<_> = excerpt.pieces.iter().map(|piece| (piece.text.as_str(), piece.found)).collect();
    assert_eq!((part, pieces), (Part::Text, vec![("Vive l’", false), ("Équipe", true), (" !", false)]));
}

#[test]
fn no_page_scans_or_sorts() {
    let snapshot = given().snapshot();
    for (list, from_end) in [(&NAMES, false), (&NAMES, true), (&TEXTS, false), (&TEXTS, true)] {
        let plan = plan(&snapshot, &list.sql(6, 1, from_end));
        let index = plan.lines().filter(|line| line.contains("SCAN w VIRTUAL TABLE INDEX")).count();
        assert_eq!((index, plan.contains("TEMP B-TREE")), (1, false), "{plan}");
        assert!(!plan.lines().any(|line| line.contains("SCAN") && !line.contains("VIRTUAL")), "{plan}");
    }
}

#[test]
fn nothing_typed_is_an_error_of_the_index() {
    let snapshot = given().and(said(1, None, "a plan")).snapshot();
    let typed = [
        "\"plan",
        "plan\"",
        "plan OR nothing",
        "NEAR(plan a, 2)",
        "plan AND",
        "NOT plan",
        "*",
        "* plan",
        "plan*",
        "^plan",
        "{text}: plan",
        "text:plan",
        "(plan",
        "plan)",
        "pl:an",
        "-plan",
        "+plan",
        "🎉 plan",
        "'; DROP TABLE posts;--",
        "plan\u{0}",
        "ﷺ",
        "हिन्दी plan",
        "部門",
        "a\u{301}\u{302}",
        "Ⓐ",
        "🅐",
    ];
    for text in typed.map(str::to_owned).into_iter().chain([typed.join(" ").chars().take(300).collect()]) {
        for typing in [true, false] {
            if let Ok(query) = Query::try_new(&text, typing, Filters::default()) {
                search(&snapshot, &MEMBER(4), &query, &Paging::first(5))
                    .unwrap_or_else(|error| panic!("{text}: {error}"));
            }
        }
    }
}

#[test]
fn what_is_hidden_is_found_by_its_author_and_those_who_moderate_alone() {
    let given = given().and(said(1, None, "a needle")).and(submitted(1));
    let given = given.and(hidden(Item::Post(post(1)), None)).and(hidden(Item::Idea(idea(1)), None));
    let [post, idea] = [post(1).0, idea(1).0];
    for (viewer, wanted) in
        [(MEMBER(4), vec![]), (MEMBER(2), vec![post, idea]), (MEMBER(1), vec![post, idea])]
    {
        let both = ["needle", "idea"].map(|text| found(&given, viewer, text)).concat();
        assert_eq!(both, wanted, "{viewer:?}");
    }
}
