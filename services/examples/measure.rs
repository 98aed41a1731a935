//! Measures.
use domain::*;
use services::*;
use std::{sync::Arc, time::Instant};
fn cpu() -> f64 {
    std::fs::read_dir("/proc/self/task")
        .unwrap()
        .filter_map(|t| std::fs::read_to_string(t.ok()?.path().join("schedstat")).ok())
        .map(|t| t.split(' ').next().unwrap().parse::<f64>().unwrap())
        .sum::<f64>()
        / 1e6
}
#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let (url, count): (String, u64) = (args.next().unwrap(), args.next().unwrap().parse().unwrap());
    let store = Store::open(&url).await.unwrap();
    store.migrate().await.unwrap();
    let services = Services::new(store.clone(), Arc::new(SystemClock), Arc::new(RandomIds))
        .with_vault(Vault::from_key([1; 32]))
        .with_files(Files::local(std::path::Path::new("/tmp/s2files")).unwrap());
    if count > 0 {
        let start = Instant::now();
        if let Err(e) = services.seed_demo().await {
            println!("{e}");
        }
        println!("demo {:?}", start.elapsed());
        let start = Instant::now();
        services
            .seed_clients(count, |n| {
                if n % 100_000 == 0 {
                    println!("{n} {:?}", start.elapsed())
                }
            })
            .await
            .unwrap();
        println!("seed {:?}", start.elapsed());
    }
    let caller = Caller {
        user: UserSummary { id: UserId::new(1), login: "a".into(), name: "A".into(), email: String::new() },
        partner: PartnerId::new(1),
        client: None,
        organization: String::new(),
        grants: vec![Grant { role: "R".into(), permissions: PermissionBits::all(), all_clients: true }],
        origin: Origin::default(),
        session: None,
    };
    let mut all = vec![];
    let q = |search: &str| ClientQuery { search: search.into(), ..ClientQuery::default() };
    let mut cases: Vec<(String, ClientQuery)> = vec![];
    for sort in ClientSort::ALL {
        for direction in Direction::ALL {
            for at in [PageAt::First, PageAt::Last] {
                cases.push((
                    format!("list {:?} {:?} {at:?}", sort, direction),
                    ClientQuery { sort: *sort, direction: *direction, at: at.clone(), ..Default::default() },
                ));
            }
        }
    }
    cases.push(("list all 100".into(), ClientQuery { status: StatusFilter::All, size: 100, ..Default::default() }));
    cases.push(("list terminated".into(), ClientQuery { status: StatusFilter::Terminated, ..Default::default() }));
    cases.push(("deep".into(), ClientQuery { at: PageAt::After("meridian foods".into(), 500000), ..Default::default() }));
    for s in [
        "a",
        "z",
        "xq",
        "mü",
        "sol",
        "solutions",
        "solutions inc",
        "zephyr wines",
        "leoart",
        "wines",
        "tio",
        "aco",
        "inc.",
        "gmbh",
        "tion g",
        "crm-0004711",
        "crm",
        "client_8",
        "client_777777",
        "8",
        "x_y%",
        "'\" OR",
        "medical s",
        "zebra",
        "kraków",
        "yarrow sato wines ltd.",
        "o'brien",
        "ler med",
        "ons",
    ] {
        cases.push((format!("search {s}"), q(s)));
        for sort in [ClientSort::Created, ClientSort::Country, ClientSort::ExternalId] {
            cases.push((format!("search {s} {sort:?}"), ClientQuery { sort, ..q(s) }));
        }
        cases.push((format!("search {s} suspended"), ClientQuery { status: StatusFilter::Suspended, ..q(s) }));
        cases.push((format!("search {s} terminated last"), ClientQuery { status: StatusFilter::Terminated, at: PageAt::Last, ..q(s) }));
    }
    for (name, query) in cases {
        let mut times = vec![];
        let mut out = String::new();
        for _ in 0..7 {
            let start = cpu();
            let page = services.client_list(&caller, &query).await.unwrap();
            times.push(cpu() - start);
            out = format!("{} {}", page.rows.len(), page.total);
        }
        let first = times[0];
        times.sort_by(f64::total_cmp);
        all.push((times[3], first, name, out));
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (t, first, name, out) in &all {
        println!("{t:8.3} first {first:8.3} {name}: {out}");
    }
    let start = Instant::now();
    let c = cpu();
    for n in 0..2000 {
        services.client_get(&caller, ClientId::new(1 + n * 37 % 200)).await.unwrap();
    }
    println!("get {:?} cpu {}", start.elapsed() / 2000, (cpu() - c) / 2000.0);
    store.close().await;
}
