//! Checks that every column inside a subquery names its table, in every statement that the tests run. An unqualified `client_id` resolves to the subquery's
//! own table if it has one, so a condition meant for the outer row would compare the column with itself and always hold.
//!
//! And that SQL stays where it belongs: the compiler can't keep a use case from it, because stores stand beside the use cases of their noun.

use std::{
    collections::HashSet,
    fs, mem,
    ops::ControlFlow,
    path::Path,
    sync::{Mutex, Once},
};

use sqlparser::{
    ast::{Expr, Query, SetExpr, Statement, TableFactor, Visit, Visitor},
    dialect::{PostgreSqlDialect, SQLiteDialect},
    parser::Parser,
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit as FieldVisit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{Layer, filter::Targets, layer::Context, prelude::*};

/// The statements that were checked, and their faults.
#[derive(Default)]
struct Seen {
    texts: HashSet<String>,
    faults: Vec<String>,
    /// Every statement since somebody asked for them.
    ran: Option<Vec<String>>,
}

/// Where the driver logs what PostgreSQL has to say.
const NOTICES: &str = "sqlx::postgres::notice";

static SEEN: Mutex<Option<Seen>> = Mutex::new(None);

/// Starts to collect statements from the database driver's log.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let logged = Targets::new().with_target("sqlx::query", LevelFilter::DEBUG).with_target(NOTICES, LevelFilter::INFO);
        let statements = Statements.with_filter(logged);
        tracing_subscriber::registry().with(statements).init();
    });
}

/// The faults of the statements that ran since the last call.
pub(crate) fn faults() -> Vec<String> {
    let mut seen = SEEN.lock().unwrap();
    mem::take(&mut seen.as_mut().expect("the driver logs statements").faults)
}

/// The statements that a call runs, while no other test runs.
pub(crate) async fn during<T>(call: impl Future<Output = T>) -> Vec<String> {
    SEEN.lock().unwrap().get_or_insert_default().ran = Some(Vec::new());
    call.await;
    SEEN.lock().unwrap().get_or_insert_default().ran.take().unwrap_or_default()
}

/// Takes the statements from the driver's log, and PostgreSQL's notices as faults.
struct Statements;

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut text = Text::default();
        event.record(&mut text);
        if event.metadata().target() == NOTICES {
            SEEN.lock().unwrap().get_or_insert_default().faults.push(format!("the operator is told: {}", text.message));
            return;
        }
        // The driver logs a short statement only as its summary.
        let text = if text.whole.trim().is_empty() { text.summary } else { text.whole.trim().to_owned() };
        let mut seen = SEEN.lock().unwrap();
        let seen = seen.get_or_insert_default();
        seen.ran.iter_mut().for_each(|ran| ran.push(text.clone()));
        if seen.texts.insert(text.clone()) {
            seen.faults.extend(fault(&text));
        }
    }
}

#[derive(Default)]
struct Text {
    summary: String,
    whole: String,
    message: String,
}

impl FieldVisit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            "message" => value.clone_into(&mut self.message),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }
}

/// The faults of a statement; none if it reads or writes no rows.
fn fault(sql: &str) -> Option<String> {
    let first = sql.split_whitespace().next()?;
    if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&first) || sql.contains("pg_catalog") {
        return None;
    }
    // The parser doesn't know one lock of PostgreSQL, nor a hint within SQLite's dialect. Neither names a column.
    let plain = sql.replace(" AS MATERIALIZED (", " AS (").replace(" FOR NO KEY UPDATE", "");
    let parsed = Parser::parse_sql(&SQLiteDialect {}, &plain).or_else(|_| Parser::parse_sql(&PostgreSqlDialect {}, &plain));
    let statements = match parsed {
        Ok(statements) => statements,
        Err(error) => return Some(format!("{error} in: {sql}")),
    };
    let mut columns = Columns::default();
    let _ = statements.visit(&mut columns);
    columns.bare.map(|column| format!("“{column}” doesn't name its table in a subquery of: {sql}"))
}

/// Finds unqualified columns in subqueries of expressions. Subqueries in FROM don't see the outer row, so they are exempt.
#[derive(Default)]
struct Columns {
    /// Queries that are not part of an expression.
    plain: HashSet<*const Query>,
    /// The nesting depth of expression subqueries.
    depth: usize,
    bare: Option<String>,
}

impl Visitor for Columns {
    type Break = ();

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match statement {
            Statement::Query(query) => self.plain.insert(&raw const **query),
            Statement::Insert(insert) => insert.source.as_ref().is_some_and(|source| self.plain.insert(&raw const **source)),
            _ => false,
        };
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if !self.plain.contains(&(&raw const *query)) {
            self.depth += 1;
        }
        self.plain.extend(query.with.iter().flat_map(|with| &with.cte_tables).map(|cte| &raw const *cte.query));
        if let SetExpr::Query(inner) = &*query.body {
            self.plain.insert(&raw const **inner);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if !self.plain.contains(&(&raw const *query)) {
            self.depth -= 1;
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, table: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Derived { subquery, .. } = table {
            self.plain.insert(&raw const **subquery);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        if let (Expr::Identifier(column), true) = (expression, self.depth > 0) {
            self.bare = Some(column.value.clone());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

#[test]
fn a_column_without_its_table_is_found_in_any_subquery() {
    for sql in [
        "SELECT id FROM images WHERE EXISTS (SELECT 1 FROM role_clients rc WHERE rc.client_id = client_id)",
        "SELECT t.id FROM images t WHERE t.client_id IN (SELECT client_id FROM role_clients)",
        "SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM role_clients WHERE role_id = r.id LIMIT 1) AS some) FROM roles r",
        "DELETE FROM sessions WHERE user_id IN (SELECT u.id FROM users u WHERE client_id = $1)",
        "UPDATE roles SET version = (SELECT version FROM others o WHERE o.id = $1)",
        "INSERT INTO a (id) SELECT b.id FROM b WHERE NOT EXISTS (SELECT 1 FROM c WHERE id = b.id)",
        "WITH hits AS MATERIALIZED (SELECT id FROM a WHERE id IN (SELECT c.id FROM c WHERE a = 1)) SELECT id FROM hits",
        "SELECT 1 FROM a UNION ALL SELECT 1 FROM b WHERE EXISTS (SELECT 1 FROM c WHERE (c.x, y) > ($1, $2))",
        "SELECT FROM nothing WHERE",
    ] {
        assert!(fault(sql).is_some(), "{sql}");
    }
    for sql in [
        "SELECT id FROM images t WHERE client_id IN (SELECT rc.client_id FROM role_clients rc WHERE rc.role_id IN (0, 7))",
        "SELECT id FROM (SELECT id FROM a WHERE b = 1 LIMIT 3) AS found CROSS JOIN c WHERE id = $1 ORDER BY id",
        "SELECT id FROM clients INDEXED BY clients_by_name WHERE partner_id = $1",
        "INSERT INTO a (id) SELECT id FROM b WHERE c = $1",
        "BEGIN IMMEDIATE",
    ] {
        assert_eq!(fault(sql), None, "{sql}");
    }
}

/// What only the kernel and stores use: the database driver, and what reaches the database past `authorize`.
const OF_STORES: &[&str] = &["sqlx", "Binds", "Connection", ".connection()", ".read()", ".cache(", ".execute_alone("];

#[test]
fn sql_is_in_the_kernel_and_in_stores_alone() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut checked = 0;
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let within = path.strip_prefix(&source).unwrap();
            if is_of_stores(within) {
                continue;
            } else if path.is_dir() {
                folders.push(path);
                continue;
            }
            checked += 1;
            for (line, text) in fs::read_to_string(&path).unwrap().lines().enumerate().filter(|(_, text)| !text.trim_start().starts_with("//")) {
                let found = OF_STORES.iter().find(|word| text.contains(*word));
                assert_eq!(found, None, "{}:{} belongs into a store", within.display(), line + 1);
            }
        }
    }
    assert!(checked > 40, "the sources were found");
}

/// Whether a file, or all of a folder, belongs to the kernel or to a store.
fn is_of_stores(path: &Path) -> bool {
    path.starts_with("kernel") || path.file_stem().is_some_and(|name| name == "store")
}
