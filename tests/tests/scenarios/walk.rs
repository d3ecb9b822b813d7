//! Every field of the schema, asked by everybody: whoever may not see something finds no trace of it, and whoever may
//! finds it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

use super::statements::Statements;

const SCHEMA: &str = "{ __schema { types { kind name possibleTypes { name } fields { name
    args { name defaultValue type { ...named } } type { ...named } } } } }
    fragment named on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// What is searched for: each of these is in texts that are not for everybody.
const WORDS: [&str; 6] = ["community", "post", "comment", "document", "link", "withdrawn"];

/// The types of the schema by name, the groups of people to ask about (departments, then communities), and the receipt
/// of a figure of everybody.
struct Types(BTreeMap<String, Value>, [Vec<String>; 2], String);

/// The name and kind beneath lists and non-nulls.
fn named(of: &Value) -> (&str, &str) {
    match of["name"].as_str() {
        Some(name) => (name, of["kind"].as_str().unwrap_or_default()),
        None => named(&of["ofType"]),
    }
}

fn list<'a>(of: &'a Value, field: &str) -> &'a [Value] {
    of[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

impl Types {
    async fn of(story: &Story) -> Self {
        let mut schema = story.asks("Ada", SCHEMA, json!({})).await;
        let types = schema["__schema"]["types"].take();
        let by_name = |it: &Value| (it["name"].as_str().unwrap_or_default().to_owned(), it.clone());
        let groups = [&["Sales", "Works"][..], &["open", "request", "invitation"]];
        let groups = groups.map(|names| names.iter().map(|name| story.id(name)).collect());
        let types = types.as_array().unwrap().iter().map(by_name).collect();
        let document = "{ figures { headcount { receipt { text } } } }";
        let receipt =
            story.asks("Ada", document, json!({})).await["figures"]["headcount"]["receipt"]["text"].take();
        Self(types, groups, receipt.as_str().unwrap().to_owned())
    }

    /// What is given for an argument within something: the first day of the story, a department.
    fn given(&self, argument: &Value) -> String {
        let (name, (of, _)) = (argument["name"].as_str().unwrap(), named(&argument["type"]));
        let value = match of {
            "ID" => json!(self.1[0][1]),
            "Int" => json!(7),
            "Date" => json!("2026-03-02"),
            _ => unreachable!("the walk gives nothing for {name}: {of}"),
        };
        format!("{name}: {value}")
    }

    /// Everything that can be selected of a type, so many objects deep; nothing where there is nothing to select.
    fn selection(&self, name: &str, depth: usize) -> String {
        let of = &self.0[name];
        let mut selected = String::from("__typename ");
        for (n, possible) in list(of, "possibleTypes").iter().enumerate() {
            let possible = possible["name"].as_str().unwrap();
            // Fields of different types may not share a name in the answer.
            let inside = self.fields(possible, depth, &format!("t{n}_"));
            selected += &format!("... on {possible} {{ __typename {inside} }} ");
        }
        if list(of, "possibleTypes").is_empty() {
            selected += &self.fields(name, depth, "");
        }
        selected
    }

    fn fields(&self, name: &str, depth: usize, alias: &str) -> String {
        let fields = list(&self.0[name], "fields").iter();
        fields.filter_map(|field| self.field(field, depth, alias)).collect()
    }

    fn field(&self, field: &Value, depth: usize, alias: &str) -> Option<String> {
        let given: Vec<_> = required(field).map(|argument| self.given(argument)).collect();
        let given = if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) };
        let name = field["name"].as_str()?;
        let (of, kind) = named(&field["type"]);
        if matches!(kind, "SCALAR" | "ENUM") {
            return Some(format!("{alias}{name}: {name}{given} "));
        }
        // A page is no depth of its own.
        let within =
            if of.ends_with("Connection") || of.ends_with("Edge") { depth } else { depth.checked_sub(1)? };
        if of == "PageInfo" {
            return None;
        }
        Some(format!("{alias}{name}: {name}{given} {{ {} }} ", self.selection(of, within)))
    }

    /// Documents for every root field: one where it needs nothing, and one for each value of what it may be about.
    fn documents(&self, ids: &[String]) -> Vec<String> {
        list(&self.0["Query"], "fields").iter().flat_map(|root| self.documents_of(root, ids)).collect()
    }

    fn documents_of(&self, root: &Value, ids: &[String]) -> Vec<String> {
        let name = root["name"].as_str().unwrap();
        let (of, kind) = named(&root["type"]);
        let selection = match kind {
            "SCALAR" | "ENUM" => String::new(),
            _ => format!("{{ {} }}", self.selection(of, 2)),
        };
        let about = |argument: &str, ids: &[String]| {
            let with = |value: Value| format!("{{ {name}({argument}: {value}) {selection} }}");
            ids.iter().map(|id| with(json!(id))).collect::<Vec<_>>()
        };
        let [departments, communities] = &self.1;
        let needed: Vec<_> = required(root).map(|argument| argument["name"].as_str().unwrap()).collect();
        match needed[..] {
            [] if of == "Figures" => {
                [about("department", departments), about("community", communities)].concat()
            }
            [] => vec![format!("{{ {name} {selection} }}")],
            ["from", "to"] => {
                let days: Vec<_> = required(root).map(|argument| self.given(argument)).collect();
                vec![format!("{{ {name}({}) {selection} }}", days.join(", "))]
            }
            ["query"] => {
                WORDS.map(|word| format!("{{ {name}(first: 100, query: \"{word}\") {selection} }}")).to_vec()
            }
            ["name"] => vec![format!("{{ {name}(name: \"baking\") {selection} }}")],
            [argument @ ("id" | "ids" | "item")] => about(argument, ids),
            ["receipt"] => vec![format!("{{ {name}(receipt: \"{}\", reason: \"-\") {selection} }}", self.2)],
            ["earlier", "later"] => {
                let receipt = &self.2;
                vec![format!("{{ {name}(earlier: \"{receipt}\", later: \"{receipt}\") {selection} }}")]
            }
            _ => unreachable!("the walk passes {name} by"),
        }
    }
}

/// The arguments that a field needs.
fn required(field: &Value) -> impl Iterator<Item = &Value> {
    let needed = |it: &&Value| it["type"]["kind"] == "NON_NULL" && it["defaultValue"].is_null();
    list(field, "args").iter().filter(needed)
}

/// A role with the departments it is for, from when, and until when.
type Grant = (&'static str, &'static str, &'static str, Option<&'static str>, Option<&'static str>);

const GRANTS: [Grant; 4] = [
    ("Eve", "AUDITOR", "Sales", None, None),
    ("Cy", "COACH", "Sales", None, Some("2026-03-02T09:05:00Z")),
    ("Gil", "COACH", "Sales", None, Some(ENDED)),
    ("Jo", "COACH", "Works", Some(BEGUN), None),
];
/// When Jo begins to coach, and when Gil ends.
const BEGUN: &str = "2026-03-02T11:00:00Z";
const ENDED: &str = "2026-03-02T12:00:00Z";

/// The people of the walk. Ada administers, Eve audits, Cy coached Sales until a day that has passed, Gil does for some
/// hours more, and Jo will coach Works later on.
async fn people(mut story: Story) -> Story {
    for name in ["Eve", "Fay", "Gil", "Hal", "Ian", "Jo"] {
        let member = json!({"name": name, "department": story.id("Works")});
        story.does("Ada", "registerMember", member, "member", name).await;
        let account = json!({"member": story.id(name)});
        story.does("Ada", "openAccount", account, "member", name).await;
    }
    for (member, role, department, from, until) in GRANTS {
        let departments = [story.id(department)];
        let grant = json!({"member": story.id(member), "role": role, "departments": departments, "from": from, "until": until});
        assert_eq!(story.sends("Ada", "grantRole", grant, "").await["userErrors"], json!([]), "{member}");
    }
    story
}

/// An organisation with a secret in every place that not everybody may look at. Bo leads all communities, Hal sponsors
/// the one on request and Ian moderates the open one, Di is in the one on request, is written to, keeps a draft, a
/// bookmark and a token; Fay is in nothing.
async fn kept(story: Story) -> Story {
    let mut story = people(story).await;
    story.later(10);
    for (name, access) in [("open", "OPEN"), ("request", "REQUEST"), ("invitation", "INVITATION")] {
        let community = json!({"name": format!("community-{name}"), "access": access});
        story.does("Bo", "foundCommunity", community, "community", name).await;
        let audience = json!({"community": story.id(name)});
        let post = json!({"audience": audience, "body": format!("post-{name}")});
        story.does("Bo", "publishPost", post, "post", &format!("post-{name}")).await;
        let comment = json!({"post": story.id(&format!("post-{name}")), "body": format!("comment-{name}")});
        story.does("Bo", "addComment", comment, "comment", &format!("comment-{name}")).await;
        let contents = json!({"link": format!("https://example.org/link-{name}")});
        let document =
            json!({"audience": audience, "name": format!("document-{name}"), "contents": contents});
        story.does("Bo", "shareDocument", document, "document", &format!("document-{name}")).await;
    }
    let request = json!({"community": story.id("request")});
    story.sends("Di", "requestMembership", request, "").await;
    let approve = json!({"community": story.id("request"), "member": story.id("Di")});
    story.sends("Bo", "approveRequest", approve, "").await;
    let sponsor = json!({"community": story.id("request"), "sponsor": story.id("Hal")});
    story.sends("Ada", "nameSponsor", sponsor, "").await;
    story.sends("Ian", "joinCommunity", json!({"community": story.id("open")}), "").await;
    let moderates = json!({"community": story.id("open"), "member": story.id("Ian")});
    story.sends("Bo", "makeModerator", moderates, "").await;
    let report = json!({"item": story.id("post-open"), "reason": "report-open"});
    story.sends("Fay", "reportItem", report, "").await;
    let mentions = json!({"mentions": [story.id("Di")]});
    let addressed =
        json!({"audience": {"members": [story.id("Di")]}, "body": "post-addressed", "words": mentions});
    story.does("Bo", "publishPost", addressed, "post", "post-addressed").await;
    let withdrawn = json!({
        "audience": {"community": story.id("open")},
        "name": "document-withdrawn",
        "contents": {"link": "https://example.org/link-withdrawn"},
    });
    story.does("Bo", "shareDocument", withdrawn, "document", "document-withdrawn").await;
    story.sends("Bo", "withdrawDocument", json!({"document": story.id("document-withdrawn")}), "").await;
    story.does("Di", "beginDraft", json!({"body": "draft-own"}), "draft", "draft-own").await;
    story.sends("Di", "keepBookmark", json!({"item": story.id("post-addressed")}), "").await;
    let looked = "query($of: ID!) { figures(department: $of) { previous { previous { previous { habit { value } } } } } }";
    story.asks("Ada", looked, json!({"of": story.id("Sales")})).await;
    story
}

/// What is named only once it is there: a token of Di's, and what stands in their inbox.
async fn named_later(story: &Story) -> [(String, &'static [&'static str]); 2] {
    let issue = "mutation($input: IssueTokenInput!) { issueToken(input: $input) { tokenId } }";
    let input = json!({"input": {"member": story.id("Di")}});
    let token = story.asks("Ada", issue, input).await["issueToken"]["tokenId"].take();
    let inbox = "{ viewer { notifications { nodes { id } } } }";
    let told = story.asks("Di", inbox, json!({})).await["viewer"]["notifications"]["nodes"][0]["id"].take();
    let text = |value: Value| value.as_str().unwrap().to_owned();
    [(text(token), &["Ada", "Di", "Eve"]), (text(told), &["Di"])]
}

const ALL: &[&str] = &["Ada", "Bo", "Cy", "Di", "Eve", "Fay", "Gil", "Hal", "Ian", "Jo"];

/// Who finds what, among everybody who can ask. Whoever sponsors a community is inside it.
const FOUND: &[(&str, &[&str])] = &[
    ("community-open", ALL),
    ("post-open", ALL),
    ("comment-open", ALL),
    ("document-open", ALL),
    ("community-request", ALL),
    ("post-request", &["Bo", "Di", "Hal"]),
    ("comment-request", &["Bo", "Di", "Hal"]),
    ("document-request", &["Bo", "Di", "Hal"]),
    ("link-request", &["Bo", "Di", "Hal"]),
    ("community-invitation", &["Ada", "Bo", "Eve"]),
    ("post-invitation", &["Bo"]),
    ("comment-invitation", &["Bo"]),
    ("document-invitation", &["Bo"]),
    ("link-invitation", &["Bo"]),
    ("post-addressed", &["Bo", "Di"]),
    ("link-withdrawn", &[]),
    ("report-open", &["Ada", "Fay", "Ian"]),
    ("draft-own", &["Di"]),
    // A look at the figures of Sales.
    ("previous.previous.previous.habit", &["Ada", "Bo", "Eve"]),
];

/// What somebody is told by all the answers together; none of them fails.
async fn told(story: &Story, who: &str, documents: &[String]) -> String {
    let mut found = String::new();
    for document in documents {
        let answer = story.answer(who, document, json!({})).await;
        let internal = answer.to_string().contains("INTERNAL");
        let masked = answer["errors"].as_array().into_iter().flatten();
        let uncoded = masked.filter(|error| error["extensions"]["code"].is_null()).count();
        assert!(!internal && uncoded == 0, "{who} {document}: {answer}");
        found += &answer["data"].to_string();
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_tells_everybody_what_they_may_see_and_nothing_else() {
    let story = kept(Story::of_four().await).await;
    let types = Types::of(&story).await;
    let named = named_later(&story).await;
    let ids: Vec<_> = story.ids().into_iter().chain([named[1].0.clone()]).collect();
    let documents = types.documents(&ids);
    assert!(documents.len() > 100, "{} documents", documents.len());
    for who in ALL {
        let found = told(&story, who, &documents).await;
        let later = named.iter().map(|(secret, may)| (secret.as_str(), *may));
        for (secret, may) in FOUND.iter().copied().chain(later) {
            assert_eq!(found.contains(secret), may.contains(who), "{who}: {secret}");
        }
    }
}

/// What is told only where ids stand for nobody who can be found again.
const COUNTED: [&str; 2] = ["dailyActivity", "informationFlow"];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_as_counted_tells_nothing_else() {
    let story = kept(Story::of_four_unknown().await).await;
    let mut documents = Types::of(&story).await.documents(&story.ids());
    documents.retain(|document| COUNTED.iter().any(|field| document.contains(field)));
    assert_eq!(documents.len(), COUNTED.len());
    for who in ALL {
        let found = told(&story, who, &documents).await;
        assert_eq!(found.contains("__typename"), ["Ada", "Eve", "Hal"].contains(who), "{who}: {found}");
        for (secret, may) in FOUND {
            assert!(!found.contains(secret) || may.contains(who), "{who}: {secret}");
        }
    }
}

/// Of what somebody is told counts of acts and figures: the whole, Sales, Works; `-` for what is refused.
async fn counted(story: &Story, who: &str) -> String {
    let mut told = String::new();
    for field in ["dailyActivity", "informationFlow", "figures"] {
        let days = if field == "figures" { "" } else { "from: \"2026-03-02\", to: \"2026-03-02\", " };
        for (letter, of) in [("o", None), ("S", Some("Sales")), ("W", Some("Works"))] {
            let document = format!("query($of: ID) {{ {field}({days}department: $of) {{ __typename }} }}");
            let answer = story.answer(who, &document, json!({ "of": of.map(|name| story.id(name)) })).await;
            let code = &answer["errors"][0]["extensions"]["code"];
            assert!(code.is_null() || code == "FORBIDDEN", "{who} {document}: {answer}");
            told += if code.is_null() { letter } else { "-" };
        }
        told.push(' ');
    }
    told.trim_end().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_coach_is_told_of_the_departments_of_the_grant_while_it_lasts_and_nobody_else_is() {
    let story = kept(Story::of_four_unknown().await).await;
    let (member_of_sales, member_of_works) = ("--- --- oS-", "--- --- o-W");
    let (all, sales, works) = ("oSW oSW oSW", "-S- -S- oSW", "--W --W o-W");
    let always = [
        ("Ada", all),
        ("Bo", member_of_sales),
        ("Cy", member_of_works),
        ("Di", member_of_works),
        ("Eve", all),
        ("Fay", member_of_works),
        ("Hal", all),
        ("Ian", member_of_works),
    ];
    for (minutes, gil, jo) in [(0, sales, member_of_works), (110, sales, works), (60, member_of_works, works)]
    {
        story.later(minutes);
        for (who, expected) in always.into_iter().chain([("Gil", gil), ("Jo", jo)]) {
            assert_eq!(counted(&story, who).await, expected, "{who}, {minutes} minutes later");
        }
    }
}

/// The same id with another end: of the same kind, and of nothing.
fn of_nothing(id: &str) -> String {
    let mut bytes = URL_SAFE_NO_PAD.decode(id).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    URL_SAFE_NO_PAD.encode(bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_is_answered_in_the_bytes_and_by_the_statements_of_what_is_not_there() {
    let story = kept(Story::of_four().await).await;
    let asked = |document: &str, id: &str| {
        let (story, document, id) = (&story, document.to_owned(), id.to_owned());
        async move {
            let answered = story.answer("Fay", &document, json!({ "id": id }));
            let (mut answer, statements) = Statements::of(answered).await;
            answer["extensions"]["position"].take();
            (answer.to_string().replace(&id, "ID"), statements)
        }
    };
    let hidden = [
        "invitation",
        "post-invitation",
        "comment-invitation",
        "document-invitation",
        "post-request",
        "post-addressed",
    ];
    for name in hidden {
        let id = story.id(name);
        for document in [
            "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }",
            "mutation($id: ID!) { react(input: {item: $id, reaction: LIKE}) { userErrors { code message field } } }",
            "mutation($id: ID!) { addComment(input: {post: $id, body: \"x\"}) { userErrors { code message field } } }",
            "mutation($id: ID!) { joinCommunity(input: {community: $id}) { userErrors { code message field } } }",
            "mutation($id: ID!) { sharePostOn(input: {post: $id, audience: {community: $id}}) { userErrors { code message field } } }",
            "mutation($id: ID!) { recordView(input: {item: $id}) { userErrors { code message field } } }",
        ] {
            assert_eq!(
                asked(document, &id).await,
                asked(document, &of_nothing(&id)).await,
                "{name}: {document}"
            );
        }
    }
}
