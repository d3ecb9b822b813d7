# What a contributor does every day. Each recipe is one line that also works without `just`.

# Format, lints, tests: what must hold before a change is sent
check:
    cargo fmt --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo test --workspace

# All tests, or those whose name holds a word: `just test vote`
test *words:
    cargo test --workspace {{words}}

# Lay out the code and mend what a lint can mend by itself
fix:
    cargo fmt
    cargo clippy --workspace --all-targets --fix --allow-dirty --allow-staged

# Serve a believable organisation on http://127.0.0.1:4000
serve *flags:
    cargo run --release -- demo {{flags}}
