//! Words for names and addresses.

/// A country or city with clients.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) country: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) state: &'static str,
    pub(super) cities: &'static [&'static str],
    pub(super) streets: &'static [&'static str],
    /// The house number comes before the street.
    pub(super) number_first: bool,
    /// How many digits a postal code has.
    pub(super) zip: usize,
    pub(super) phone: &'static str,
    /// Legal forms.
    pub(super) forms: &'static [&'static str],
}

macro_rules! place {
    ($country:literal, $zone:literal, $state:literal, $phone:literal, $first:literal, $zip:literal, $cities:expr, $streets:expr, $forms:expr) => {
        Place {
            country: $country,
            time_zone: $zone,
            state: $state,
            cities: &$cities,
            streets: &$streets,
            number_first: $first,
            zip: $zip,
            phone: $phone,
            forms: &$forms,
        }
    };
}

const ENGLISH: [&str; 8] = ["Main Street", "Oak Avenue", "Market Street", "Harbor Road", "Station Road", "Mill Lane", "Park Avenue", "Church Street"];

#[rustfmt::skip]
pub(super) const PLACES: &[Place] = &[
    place!("USA", "America/New_York", "NY", "+1 212", true, 5, ["New York", "Albany", "Buffalo", "Syracuse"], ENGLISH, ["Inc.", "LLC", "Corp.", "Group"]),
    place!("USA", "America/Los_Angeles", "CA", "+1 415", true, 5, ["San Francisco", "San Jose", "Oakland", "Sacramento", "Fresno"], ENGLISH, ["Inc.", "LLC", "Corp.", "Labs"]),
    place!("USA", "America/Chicago", "TX", "+1 512", true, 5, ["Austin", "Dallas", "Houston", "San Antonio"], ENGLISH, ["Inc.", "LLC", "Partners", "Holdings"]),
    place!("USA", "America/Denver", "CO", "+1 303", true, 5, ["Denver", "Boulder", "Aurora"], ENGLISH, ["Inc.", "LLC", "Co."]),
    place!("CAN", "America/Toronto", "Ontario", "+1 416", true, 6, ["Toronto", "Ottawa", "Hamilton", "Kingston"], ENGLISH, ["Ltd.", "Inc."]),
    place!("GBR", "Europe/London", "England", "+44 20", true, 6, ["London", "Leeds", "Bristol", "Manchester", "Norwich"], ENGLISH, ["Ltd", "plc", "LLP"]),
    place!("IRL", "Europe/Dublin", "", "+353 1", true, 6, ["Dublin", "Cork", "Galway"], ENGLISH, ["Ltd", "DAC"]),
    place!("DEU", "Europe/Berlin", "", "+49 30", false, 5, ["Berlin", "Hamburg", "München", "Köln", "Nürnberg", "Lübeck"], ["Hauptstraße", "Bahnhofstraße", "Gartenweg", "Mühlenweg", "Schillerplatz"], ["GmbH", "AG", "KG", "& Söhne"]),
    place!("AUT", "Europe/Vienna", "", "+43 1", false, 4, ["Wien", "Graz", "Linz", "Sankt Pölten"], ["Hauptstraße", "Ringstraße", "Kirchengasse"], ["GmbH", "AG"]),
    place!("CHE", "Europe/Zurich", "", "+41 44", false, 4, ["Zürich", "Bern", "Genève", "Neuchâtel"], ["Bahnhofstrasse", "Seestrasse", "Rue du Lac"], ["AG", "SA", "GmbH"]),
    place!("FRA", "Europe/Paris", "", "+33 1", true, 5, ["Paris", "Lyon", "Orléans", "Besançon", "Marseille"], ["rue de la Paix", "avenue Victor-Hugo", "boulevard Saint-Michel"], ["SA", "SARL", "SAS", "& Fils"]),
    place!("ESP", "Europe/Madrid", "", "+34 91", false, 5, ["Madrid", "Málaga", "Córdoba", "Bilbao"], ["Calle Mayor", "Gran Vía", "Avenida de América"], ["S.A.", "S.L."]),
    place!("ITA", "Europe/Rome", "", "+39 06", false, 5, ["Roma", "Milano", "Forlì", "Torino"], ["Via Roma", "Via Garibaldi", "Corso Italia"], ["S.p.A.", "S.r.l."]),
    place!("NLD", "Europe/Amsterdam", "", "+31 20", false, 4, ["Amsterdam", "Utrecht", "Delft"], ["Kerkstraat", "Dorpsweg", "Herengracht"], ["B.V.", "N.V."]),
    place!("SWE", "Europe/Stockholm", "", "+46 8", false, 5, ["Stockholm", "Göteborg", "Malmö", "Örebro"], ["Storgatan", "Kungsgatan", "Skolgatan"], ["AB"]),
    place!("DNK", "Europe/Copenhagen", "", "+45 33", false, 4, ["København", "Århus", "Ærøskøbing"], ["Nørregade", "Vestergade"], ["A/S", "ApS"]),
    place!("POL", "Europe/Warsaw", "", "+48 22", false, 5, ["Warszawa", "Łódź", "Kraków", "Gdańsk"], ["ulica Długa", "ulica Polna"], ["Sp. z o.o.", "S.A."]),
    place!("IND", "Asia/Kolkata", "Karnataka", "+91 80", true, 6, ["Bengaluru", "Mysuru", "Hyderabad", "Pune", "Chennai"], ["MG Road", "Brigade Road", "Residency Road"], ["Pvt. Ltd.", "Ltd.", "LLP"]),
    place!("SGP", "Asia/Singapore", "", "+65 6", true, 6, ["Singapore"], ["Orchard Road", "Shenton Way", "Robinson Road"], ["Pte. Ltd."]),
    place!("JPN", "Asia/Tokyo", "", "+81 3", true, 7, ["Tokyo", "Osaka", "Nagoya", "Fukuoka"], ["Chuo-dori", "Meiji-dori"], ["K.K.", "G.K."]),
    place!("AUS", "Australia/Sydney", "New South Wales", "+61 2", true, 4, ["Sydney", "Newcastle", "Wollongong"], ENGLISH, ["Pty Ltd", "Ltd"]),
    place!("BRA", "America/Sao_Paulo", "São Paulo", "+55 11", false, 8, ["São Paulo", "Campinas", "Santos"], ["Rua Augusta", "Avenida Paulista"], ["Ltda.", "S.A."]),
    place!("MEX", "America/Mexico_City", "", "+52 55", false, 5, ["Ciudad de México", "Querétaro", "Mérida"], ["Avenida Reforma", "Calle Juárez"], ["S.A. de C.V."]),
    place!("DOM", "America/Santo_Domingo", "", "+1 809", false, 5, ["Santo Domingo", "Santiago"], ["Calle El Conde", "Avenida Duarte"], ["S.R.L."]),
    place!("ZAF", "Africa/Johannesburg", "Gauteng", "+27 11", true, 4, ["Johannesburg", "Pretoria"], ENGLISH, ["(Pty) Ltd"]),
];

#[rustfmt::skip]
pub(super) const STEMS: &[&str] = &[
    "Acorn", "Aldwin", "Alpine", "Amber", "Anchor", "Apex", "Arbor", "Arcadia", "Argent", "Aspen", "Atlas", "Aurora", "Avalon", "Azure", "Banyan", "Barlow",
    "Basalt", "Beacon", "Bellwether", "Birch", "Blackwood", "Blue Heron", "Bolt", "Boreal", "Bramble", "Bridgewater", "Brightline", "Calder", "Cambrian",
    "Canopy", "Cardinal", "Cascade", "Castle", "Cedar", "Chalk", "Citadel", "Clearwater", "Cobalt", "Compass", "Copper", "Coral", "Crescent", "Crown",
    "Cypress", "Dalton", "Delphi", "Delta", "Dovetail", "Drift", "Eagle", "Easton", "Echo", "Elder", "Elm", "Ember", "Emerald", "Equinox", "Evergreen",
    "Fairfax", "Falcon", "Fathom", "Fern", "Fjord", "Flint", "Foxglove", "Frontier", "Galena", "Garnet", "Glacier", "Golden Gate", "Granite", "Greenfield",
    "Gulf", "Hadley", "Halcyon", "Harbor", "Hawthorn", "Helix", "Heron", "Hickory", "Highland", "Horizon", "Indigo", "Iris", "Ironwood", "Ivory", "Jade",
    "Juniper", "Keystone", "Kestrel", "Lakeside", "Lantern", "Larch", "Laurel", "Lighthouse", "Linden", "Lotus", "Lumen", "Magnolia", "Maple", "Meadow",
    "Meridian", "Mistral", "Monarch", "Moss", "Nimbus", "Nordic", "North Star", "Nova", "Oakmont", "Obsidian", "Ocean", "Onyx", "Opal", "Orchard", "Orion",
    "Osprey", "Pacific", "Palisade", "Paragon", "Pebble", "Peregrine", "Pine", "Pinnacle", "Polaris", "Poplar", "Prairie", "Prism", "Quarry", "Quartz",
    "Raven", "Redwood", "Ridge", "River", "Rowan", "Sable", "Saffron", "Sage", "Sandstone", "Sapphire", "Sequoia", "Sierra", "Silver", "Slate", "Solstice",
    "Sparrow", "Spruce", "Sterling", "Stone", "Summit", "Sycamore", "Tamarack", "Teal", "Terra", "Thistle", "Tidewater", "Timber", "Topaz", "Tundra",
    "Umber", "Union", "Valley", "Vantage", "Vector", "Verdant", "Vista", "Walnut", "Westbrook", "Wharf", "Willow", "Windward", "Yarrow", "Zenith", "Zephyr",
];

#[rustfmt::skip]
pub(super) const SURNAMES: &[&str] = &[
    "Abbott", "Álvarez", "Andersson", "Bianchi", "Bjørk", "Brandt", "Carter", "Castañeda", "Chen", "Côté", "da Silva", "Dubois", "Eriksen", "Fernández",
    "Fischer", "Garcia", "Gupta", "Hansen", "Hughes", "Ito", "Iyer", "Jansen", "Jørgensen", "Kaur", "Keller", "Kowalski", "Kraus", "Lam", "Lefèvre",
    "Lindqvist", "Łukasik", "Marino", "Martínez", "Mbeki", "Meyer", "Moreau", "Müller", "Murphy", "Nakamura", "Nguyen", "Novák", "O'Brien", "Okafor",
    "Olsen", "Patel", "Pérez", "Quinn", "Rao", "Reyes", "Rossi", "Ryan", "Sato", "Schäfer", "Schröder", "Sharma", "Singh", "Sørensen", "Tanaka", "Thomas",
    "van Dijk", "Vögeli", "Walker", "Weber", "Weiß", "Williams", "Wójcik", "Yamada", "Yıldız", "Zhang", "Zimmermann",
];

#[rustfmt::skip]
pub(super) const GIVEN: &[&str] = &[
    "Ada", "Amir", "Ana", "Björn", "Chloé", "Daniel", "Elena", "Emma", "Farah", "George", "Grace", "Hiro", "Inès", "Jan", "José", "Kavya", "Lars", "Leo",
    "Lucía", "Marta", "Mei", "Nadia", "Noah", "Olga", "Priya", "Ravi", "Rosa", "Sam", "Sofia", "Tomás", "Ulla", "Víctor", "Wei", "Yara", "Zoë",
];

#[rustfmt::skip]
pub(super) const FIELDS: &[&str] = &[
    "Aerospace", "Analytics", "Architects", "Automation", "Automotive", "Banking", "Biotech", "Brewing", "Builders", "Capital", "Ceramics", "Chemicals",
    "Clinics", "Cloud", "Coffee", "Consulting", "Data", "Dental", "Design", "Diagnostics", "Electronics", "Energy", "Engineering", "Farms", "Fashion",
    "Film", "Financial", "Foods", "Freight", "Furniture", "Games", "Glass", "Health", "Hospitality", "Hotels", "Industries", "Instruments", "Insurance",
    "Interiors", "Laboratories", "Legal", "Logistics", "Machinery", "Marine", "Marketing", "Materials", "Media", "Medical", "Mining", "Mobility", "Museum",
    "Networks", "Optics", "Packaging", "Paper", "Pharma", "Plastics", "Press", "Properties", "Publishing", "Rail", "Recycling", "Research", "Retail",
    "Robotics", "School", "Security", "Semiconductors", "Shipping", "Software", "Solar", "Solutions", "Sports", "Steel", "Studios", "Supply", "Systems",
    "Technologies", "Telecom", "Textiles", "Timber", "Tools", "Toys", "Trading", "Transport", "Travel", "University", "Ventures", "Water", "Wines", "Works",
];
