//! An organisation in a folder of its own, served by the program as its users start it.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command, done};
use serde_json::{Value, json};

use crate::shelf::names_below;

/// An organisation of Bo and Cy, served by the program; Bo acts.
pub(crate) struct Program {
    pub(crate) scratch: Scratch,
    pub(crate) server: Option<Served>,
    pub(crate) token: String,
    other: String,
}

impl Program {
    pub(crate) async fn new() -> Self {
        let scratch = Scratch::new().unwrap();
        let folder = scratch.path().join("data");
        let server = Served::start(&folder);
        let operator = server.token.clone().unwrap();
        let it = async |mutation: &str, field: &str| {
            let document =
                format!("mutation {{ it: {mutation} {{ {field} {{ id }} userErrors {{ code }} }} }}");
            let answer = server.asks(&operator, &document, json!({})).await.json();
            let id = answer["data"]["it"][field]["id"].as_str().map(str::to_owned);
            id.unwrap_or_else(|| panic!("{mutation}: {answer}"))
        };
        let establish = r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"})"#;
        it(establish, "organisation").await;
        let department = it(r#"openDepartment(input: {name: "D"})"#, "department").await;
        let mut members = vec![];
        for name in ["Bo", "Cy"] {
            let register =
                format!(r#"registerMember(input: {{name: "{name}", department: "{department}"}})"#);
            let member = it(&register, "member").await;
            it(&format!(r#"openAccount(input: {{member: "{member}"}})"#), "member").await;
            members.push(member);
        }
        assert!(server.terminate().0.success());
        let id = URL_SAFE_NO_PAD.decode(&members[0]).unwrap();
        let member = uuid::Uuid::from_slice(&id[5..]).unwrap().to_string();
        let token = done(&folder, &["token", "--member", &member]).trim().to_owned();
        let mut program = Self { scratch, server: None, token, other: members.remove(1) };
        program.serve(|command| command);
        program
    }

    /// Starts the server, with more arguments.
    pub(crate) fn serve(&mut self, with: impl FnOnce(&mut Command) -> &mut Command) {
        let mut serve = command(&self.folder(), &["serve", "--listen", "127.0.0.1:0"]);
        with(&mut serve);
        self.server = Some(Served::of(serve));
    }

    /// Ends the server.
    pub(crate) fn stop(&mut self) {
        let (status, said) = self.server.take().unwrap().terminate();
        assert!(status.success(), "{said}");
    }

    pub(crate) fn folder(&self) -> std::path::PathBuf {
        self.scratch.path().join("data")
    }

    pub(crate) fn server(&self) -> &Served {
        self.server.as_ref().unwrap()
    }

    pub(crate) fn kept(&self, folder: &str) -> Vec<String> {
        names_below(&self.folder().join("files").join(folder))
    }

    /// Shares a file; the URL it is downloaded from.
    pub(crate) async fn shared(&self, file: &Value) -> String {
        let document = "mutation($file: FileInput!, $to: ID!) { it: shareDocument(input: {
            audience: {members: [$to]}, name: \"F\", contents: {file: $file}}) {
            document { versions { downloadUrl } } userErrors { code } } }";
        let variables = json!({"file": file, "to": self.other});
        let answer = self.server().asks(&self.token, document, variables).await.json();
        let url = &answer["data"]["it"]["document"]["versions"][0]["downloadUrl"];
        url.as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }
}
