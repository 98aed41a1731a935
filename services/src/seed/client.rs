//! Imagined clients, always the same for the same number.

use domain::{
    AGENT_MONITORING_HOURS, AlternateAccessDraft, AlternateAccessType, CatalogueId, CatalogueKind, Catalogues, ClientDraft, ClientStatus,
    IgnoreAlerts, InternetProviderDraft, MaintenanceState, ServiceDraft, Timestamp,
};

use super::{
    dice::Dice,
    words::{FIELDS, GIVEN, PLACES, Place, STEMS, SURNAMES},
};

/// Clients were created over the last two years.
const SPAN_SECONDS: u64 = 2 * 365 * 24 * 60 * 60;

/// An imagined client.
pub(super) struct Imagined {
    pub(super) draft: ClientDraft,
    pub(super) status: ClientStatus,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
}

impl Imagined {
    /// The client of a number, created at its `place` among `of` clients up to now. A terminated one has only the required fields.
    pub(super) fn new(number: i64, place: u64, of: u64, now: Timestamp, catalogues: &Catalogues) -> Self {
        let mut dice = Dice::of(number);
        let status = match dice.below(100) {
            0..94 => ClientStatus::Active,
            94..98 => ClientStatus::Suspended,
            _ => ClientStatus::Terminated,
        };
        let step = SPAN_SECONDS / of.max(1);
        let age = step * of.saturating_sub(place) - dice.below(step);
        let before = |seconds: u64| now.plus_seconds(-i64::try_from(seconds).unwrap_or_default());
        let (created, updated) = (before(age), before(dice.below(age)));
        let draft = draft(&mut dice, number, status == ClientStatus::Terminated, catalogues);
        Self { draft, status, created, updated }
    }
}

fn draft(dice: &mut Dice, number: i64, bare: bool, catalogues: &Catalogues) -> ClientDraft {
    let place = dice.pick(PLACES);
    let city = dice.pick(place.cities);
    let name = name(dice, &place, city);
    let (street, house) = (dice.pick(place.streets), 1 + dice.below(240));
    let address = if place.number_first { format!("{house} {street}") } else { format!("{street} {house}") };
    let required = ClientDraft { name, address, country: place.country.to_owned(), time_zone: place.time_zone.to_owned(), ..ClientDraft::default() };
    if bare {
        return required;
    }
    let contact = format!("{} {}", dice.pick(GIVEN), dice.pick(SURNAMES));
    let restrict_ips = dice.percent(4);
    let choose = |dice: &mut Dice, kind: CatalogueKind, percent: u64| dice.some(catalogues.of(kind).map(|item| item.id), percent);
    ClientDraft {
        city: city.to_owned(),
        state: place.state.to_owned(),
        zip: (0..place.zip).map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or_default())).collect(),
        phone: format!("{} {:03} {:04}", place.phone, dice.below(1000), dice.below(10_000)),
        mobile: if dice.percent(40) { format!("{} {:03} {:04}", place.phone, dice.below(1000), dice.below(10_000)) } else { String::new() },
        email: format!("it{number}@client.example"),
        contact_person: contact,
        external_id: external_id(dice, number),
        restrict_ips,
        allowed_ips: if restrict_ips { "10.0.0.0/8,127.0.0.1,192.0.2.*".to_owned() } else { String::new() },
        require_second_factor: false,
        global_policies: dice.percent(80),
        log_management: dice.percent(50),
        trace_management: dice.percent(20),
        maintenance_state: dice.pick(&MaintenanceState::ALL.iter().map(|state| state.key()).collect::<Vec<_>>()).to_owned(),
        ignore_alerts: if dice.percent(30) {
            dice.pick(&IgnoreAlerts::ALL.iter().map(|action| action.key()).collect::<Vec<_>>()).to_owned()
        } else {
            String::new()
        },
        integrations: choose(dice, CatalogueKind::Integration, 15),
        application_discovery: dice.percent(60),
        agent_monitoring: if dice.percent(50) { dice.pick(&AGENT_MONITORING_HOURS).to_owned() } else { String::new() },
        admission_control: dice.percent(30),
        patch_management: dice.percent(70),
        remote_access: choose(dice, CatalogueKind::RemoteAccess, 40),
        agent_policies: choose(dice, CatalogueKind::AgentPolicy, 40),
        packages: choose(dice, CatalogueKind::Package, 60),
        add_ons: choose(dice, CatalogueKind::AddOn, 25),
        services: choose(dice, CatalogueKind::Service, 20).into_iter().map(|id| service(dice, id, catalogues)).collect(),
        ..required
    }
}

fn service(dice: &mut Dice, id: CatalogueId, catalogues: &Catalogues) -> ServiceDraft {
    ServiceDraft { id, technologies: dice.some(catalogues.technologies(id).map(|item| item.id), 40) }
}

fn name(dice: &mut Dice, place: &Place, city: &str) -> String {
    let form = dice.pick(place.forms);
    match dice.below(10) {
        0..4 => format!("{} {} {form}", dice.pick(STEMS), dice.pick(FIELDS)),
        4..6 => format!("{} {} {form}", dice.pick(SURNAMES), dice.pick(FIELDS)),
        6 => format!("{} & {} {}", dice.pick(SURNAMES), dice.pick(SURNAMES), dice.pick(FIELDS)),
        7 => format!("{} {} {city}", dice.pick(STEMS), dice.pick(FIELDS)),
        8 => format!("{city} {} {form}", dice.pick(FIELDS)),
        _ => format!("{} {} {} {form}", dice.pick(STEMS), dice.pick(SURNAMES), dice.pick(FIELDS)),
    }
}

fn external_id(dice: &mut Dice, number: i64) -> String {
    match dice.below(10) {
        0..6 => format!("CRM-{number:07}"),
        6..8 => format!("SF{:010}", dice.below(10_000_000_000)),
        _ => String::new(),
    }
}

/// Adds alternate access and providers.
pub(super) fn equip(draft: &mut ClientDraft, number: i64, catalogues: &Catalogues) {
    let mut dice = Dice::of(number + 1_000_000_007);
    let technologies: Vec<_> = draft.services.iter().flat_map(|service| service.technologies.iter().copied()).collect();
    for at in 0..=dice.below(3) {
        let kind = dice.pick(&[AlternateAccessType::Ssh, AlternateAccessType::Rdp, AlternateAccessType::Https].map(AlternateAccessType::key));
        let technology = technologies.get(usize::try_from(at).unwrap_or_default()).filter(|id| catalogues.is(**id, CatalogueKind::Technology));
        draft.access.push(AlternateAccessDraft {
            technology: technology.map(ToString::to_string).unwrap_or_default(),
            access_type: kind.to_owned(),
            ip_address: format!("10.{}.{}.{}", dice.below(200), dice.below(250), 1 + dice.below(250)),
            port: dice.pick(&["22", "443", "3389", "8443"]).to_owned(),
            ip_range: format!("10.{0}.1.1-10.{0}.1.50", dice.below(200)),
            user_name: dice.pick(&["netops", "svc-monitor", "backup", "administrator"]).to_owned(),
            password: format!("Jump-{:08x}", dice.below(u64::from(u32::MAX))).into(),
            ..AlternateAccessDraft::default()
        });
    }
    let provider = dice.pick(&["Northline Fiber", "MetroNet", "Skyreach", "Deutsche Glasfaser", "Copper & Co.", "Pacific Broadband"]);
    draft.providers.push(InternetProviderDraft {
        name: provider.to_owned(),
        plan: dice.pick(&["Business 200/200", "Business 1000/500", "Fiber 500", "Dedicated 100"]).to_owned(),
        circuit_id: format!("C{:08}", dice.below(100_000_000)),
        member_id: format!("{:06}", dice.below(1_000_000)),
        url: "https://portal.provider.example/".to_owned(),
        user_name: format!("client{number}"),
        phone: "+1 800 555 0100".to_owned(),
        ..InternetProviderDraft::default()
    });
}
