//! The contracts in `schema/` are what the code offers.

/// The schema as clients get it is the one that is kept.
#[test]
fn the_kept_schema_is_the_one_that_is_served() {
    let kept = include_str!("../../schema/schema.graphql");
    assert!(
        kept == passerelle::graphql::sdl(),
        "schema/schema.graphql is stale: run `cargo run -p passerelle -- schema > schema/schema.graphql` and read the \
         difference: it is a promise changing"
    );
}

/// Every type, field, argument and value says what it is.
#[test]
fn everything_in_the_schema_is_described() {
    let sdl = passerelle::graphql::sdl();
    let lines: Vec<&str> = sdl.lines().map(str::trim).collect();
    let declares = |line: &str| {
        ["type ", "input ", "enum ", "interface ", "union ", "scalar "]
            .iter()
            .any(|kind| line.starts_with(kind))
    };
    let bare: Vec<&str> = lines
        .windows(2)
        .filter(|pair| declares(pair[1]) && !pair[0].ends_with("\"\"\""))
        .map(|pair| pair[1])
        .filter(|line| !["type Query {", "type Mutation {", "type Subscription {"].contains(line))
        .filter(|line| !line.ends_with("Connection {") && !line.ends_with("Edge {"))
        .collect();
    assert!(bare.is_empty(), "describe these: {bare:?}");
}
