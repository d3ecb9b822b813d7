//! The contract of the journal, adapter by adapter.

passerelle_tests::journal_contract!(sqlite, passerelle_tests::contract::sqlite::SqliteFixture);
passerelle_tests::journal_contract!(postgres, passerelle_tests::contract::postgres::PostgresFixture);
