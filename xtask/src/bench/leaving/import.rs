//! Clients of a file.

use std::{fmt::Write, time::Instant};

use super::memory;
use crate::{
    bench::{job, subject::Subject},
    shell::Result,
};

pub(super) fn measure(subject: &Subject, count: u64) -> Result<()> {
    let mut connection = subject.connect(&subject.cookie()?)?;
    let mut file = "name,address,city,country,zip,time zone,phone,contact person,email,external ID\n".to_owned();
    for n in 0..count {
        let run = &subject.run;
        writeln!(file, "Import {n} {run},{n} Main St,Berlin,Germany,10115,Europe/Berlin,+49 30 {n},Erika Muster,it@{n}.example,{run} {n}")
            .map_err(|error| error.to_string())?;
    }
    let ((checked, seconds), growth) = memory::growth(&subject.server, || {
        let begun = Instant::now();
        let report = connection.post("/clients/import?name=bench.csv", "text/csv", file.as_bytes())?.done()?;
        let (checked, id) = (begun.elapsed().as_secs_f64(), report["id"].as_str().unwrap_or_default());
        let begun = Instant::now();
        connection.post("/rpc/client-imports/start", "application/x-www-form-urlencoded", format!("id={id}").as_bytes())?.done()?;
        job::wait(&mut connection)?;
        Ok((checked, begun.elapsed().as_secs_f64()))
    })?;
    let rate = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / seconds;
    println!(
        "  import of {count} clients: checked in {checked:.1} s, imported in {seconds:.1} s, {rate:.0} rows/s, memory grows by at most {growth:.1} MB"
    );
    Ok(())
}
