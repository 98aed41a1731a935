//! A console to measure: a binary, an engine and a data directory with what is wanted in it, kept for the next time.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::{engine::Engine, process::Server};
use crate::{
    paths::Paths,
    postgres::{DURABLE, Postgres},
    shell::{Result, run, step},
};

/// A binary and its database, running if it is PostgreSQL.
pub(super) struct Console {
    pub(super) engine: Engine,
    binary: PathBuf,
    data: PathBuf,
    postgres: Option<Postgres>,
    /// Environment variables of the binary.
    pub(super) settings: Vec<(&'static str, String)>,
}

impl Console {
    /// Opens the data of some name with what is wanted in it, which is seeded unless it is there with the same schema.
    pub(super) fn open(engine: Engine, binary: &Path, paths: &Paths, name: &str, wanted: &[&str]) -> Result<Self> {
        let folder = match engine {
            Engine::Sqlite => name.to_owned(),
            Engine::Postgres => format!("postgresql-{name}"),
        };
        let data = paths.target.join("bench").join(folder);
        let (note, schema) = (data.join("seeded"), schema(paths)?);
        if fs::read_to_string(&note).ok().as_ref() != Some(&schema) {
            step(&format!("seed {}: {}", engine.name(), wanted.join(" ")), || seed(engine, binary, &data, wanted))?;
            fs::write(&note, schema).map_err(|error| format!("{}: {error}", note.display()))?;
        }
        Self::over(engine, binary, &data)
    }

    fn over(engine: Engine, binary: &Path, data: &Path) -> Result<Self> {
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Postgres::start(&data.join("cluster"), DURABLE)?),
        };
        Ok(Self { engine, binary: binary.to_owned(), data: data.to_owned(), postgres, settings: Vec::new() })
    }

    /// A call of the binary that works on this database.
    pub(super) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(words).args(["--log", "warn", "--data"]).arg(&self.data).envs(self.settings.iter().cloned());
        match &self.postgres {
            Some(postgres) => command.env("TENANTRY_DATABASE_URL", postgres.url()),
            None => command.env_remove("TENANTRY_DATABASE_URL"),
        };
        command
    }

    /// Vacuums and analyzes PostgreSQL's tables, so that plans don't depend on whether autovacuum has come by yet.
    pub(super) fn vacuum(&self) -> Result<()> {
        self.postgres.as_ref().map_or(Ok(()), Postgres::vacuum)
    }

    /// The database's file; none where it has none of its own.
    pub(super) fn file(&self) -> Option<PathBuf> {
        (self.engine == Engine::Sqlite).then(|| self.data.join("tenantry.db"))
    }

    /// The process of the database; none where it is the server itself.
    pub(super) fn database(&self) -> Option<u32> {
        self.postgres.as_ref().map(Postgres::pid)
    }

    /// How long the server takes from its start until it listens: the median of five starts.
    pub(super) fn start_time(&self) -> Result<Duration> {
        let mut starts = (0..5).map(|_| Server::start(self).map(|server| server.start)).collect::<Result<Vec<_>>>()?;
        starts.sort_unstable();
        Ok(starts.get(2).copied().unwrap_or_default())
    }
}

/// The schema that a database was seeded with: another one needs another database.
fn schema(paths: &Paths) -> Result<String> {
    let folder = fs::read_dir(paths.root.join("migrations")).map_err(|error| format!("migrations: {error}"))?;
    let mut texts: Vec<String> = folder.filter_map(|file| fs::read_to_string(file.ok()?.path()).ok()).collect();
    texts.sort_unstable();
    Ok(texts.concat())
}

/// The demo, and what the words want besides.
fn seed(engine: Engine, binary: &Path, data: &Path, wanted: &[&str]) -> Result<()> {
    if data.exists() {
        fs::remove_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    fs::create_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
    let console = Console::over(engine, binary, data)?;
    run(&mut console.command(&["seed", "--demo"]))?;
    run(&mut console.command(&[&["seed"], wanted].concat()))?;
    console.vacuum()
}
