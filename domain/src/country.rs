//! Countries of ISO 3166-1, from Debian's iso-codes 4.15: alpha-3 code and English name, as the API's `/cfg/countries` has them.

use std::collections::BTreeMap;

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3: `USA`.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
}

const fn country(code: &'static str, name: &'static str) -> Country {
    Country { code, name }
}

/// The name of a country code.
#[must_use]
pub fn country_name(code: &str) -> Option<&'static str> {
    COUNTRIES.iter().find(|country| country.code == code).map(|country| country.name)
}

/// The country that a text names, by its name, another common name, or its alpha-3 or alpha-2 code, ignoring case. `fold` removes accents.
#[must_use]
pub fn country_written(text: &str, fold: impl Fn(&str) -> String) -> Option<&'static Country> {
    CountryNames::new(&fold).find(text, &fold)
}

/// All that countries are called, for many texts: each call of [`country_written`] folds every name.
#[derive(Debug)]
pub struct CountryNames(BTreeMap<String, &'static Country>);

impl CountryNames {
    /// As [`country_written`] reads them. `fold` removes accents.
    #[must_use]
    pub fn new(fold: impl Fn(&str) -> String) -> Self {
        let mut names = BTreeMap::new();
        let mut add = |name: &str, country| _ = names.entry(words(name, &fold)).or_insert(country);
        ALPHA_2.split(' ').zip(COUNTRIES).for_each(|(code, country)| add(code, country));
        for country in COUNTRIES {
            add(country.code, country);
            add(country.name, country);
            country_other_names(country.code).iter().for_each(|name| add(name, country));
        }
        Self(names)
    }

    /// As [`country_written`], with the same `fold`.
    #[must_use]
    pub fn find(&self, text: &str, fold: impl Fn(&str) -> String) -> Option<&'static Country> {
        self.0.get(&words(text, fold)).copied()
    }
}

/// A name as it is compared: without accents, signs and abbreviations.
fn words(text: &str, fold: impl Fn(&str) -> String) -> String {
    let words = fold(text).replace('&', " and ");
    let words = words.split_whitespace().map(|word| word.trim_matches('.')).map(|word| if word == "st" { "saint" } else { word });
    words.collect::<Vec<_>>().join(" ").replace('.', "")
}

/// Other common names of a country, for search.
#[must_use]
pub fn country_other_names(code: &str) -> &'static [&'static str] {
    OTHER_NAMES.iter().find(|(of, _)| *of == code).map_or(&[], |(_, names)| names)
}

/// Every country, by name.
pub const COUNTRIES: &[Country] = &[
    country("AFG", "Afghanistan"),
    country("ALA", "Åland Islands"),
    country("ALB", "Albania"),
    country("DZA", "Algeria"),
    country("ASM", "American Samoa"),
    country("AND", "Andorra"),
    country("AGO", "Angola"),
    country("AIA", "Anguilla"),
    country("ATA", "Antarctica"),
    country("ATG", "Antigua and Barbuda"),
    country("ARG", "Argentina"),
    country("ARM", "Armenia"),
    country("ABW", "Aruba"),
    country("AUS", "Australia"),
    country("AUT", "Austria"),
    country("AZE", "Azerbaijan"),
    country("BHS", "Bahamas"),
    country("BHR", "Bahrain"),
    country("BGD", "Bangladesh"),
    country("BRB", "Barbados"),
    country("BLR", "Belarus"),
    country("BEL", "Belgium"),
    country("BLZ", "Belize"),
    country("BEN", "Benin"),
    country("BMU", "Bermuda"),
    country("BTN", "Bhutan"),
    country("BOL", "Bolivia"),
    country("BES", "Bonaire, Sint Eustatius and Saba"),
    country("BIH", "Bosnia and Herzegovina"),
    country("BWA", "Botswana"),
    country("BVT", "Bouvet Island"),
    country("BRA", "Brazil"),
    country("IOT", "British Indian Ocean Territory"),
    country("BRN", "Brunei Darussalam"),
    country("BGR", "Bulgaria"),
    country("BFA", "Burkina Faso"),
    country("BDI", "Burundi"),
    country("CPV", "Cabo Verde"),
    country("KHM", "Cambodia"),
    country("CMR", "Cameroon"),
    country("CAN", "Canada"),
    country("CYM", "Cayman Islands"),
    country("CAF", "Central African Republic"),
    country("TCD", "Chad"),
    country("CHL", "Chile"),
    country("CHN", "China"),
    country("CXR", "Christmas Island"),
    country("CCK", "Cocos (Keeling) Islands"),
    country("COL", "Colombia"),
    country("COM", "Comoros"),
    country("COG", "Congo"),
    country("COD", "Congo, The Democratic Republic of the"),
    country("COK", "Cook Islands"),
    country("CRI", "Costa Rica"),
    country("HRV", "Croatia"),
    country("CUB", "Cuba"),
    country("CUW", "Curaçao"),
    country("CYP", "Cyprus"),
    country("CZE", "Czechia"),
    country("CIV", "Côte d'Ivoire"),
    country("DNK", "Denmark"),
    country("DJI", "Djibouti"),
    country("DMA", "Dominica"),
    country("DOM", "Dominican Republic"),
    country("ECU", "Ecuador"),
    country("EGY", "Egypt"),
    country("SLV", "El Salvador"),
    country("GNQ", "Equatorial Guinea"),
    country("ERI", "Eritrea"),
    country("EST", "Estonia"),
    country("SWZ", "Eswatini"),
    country("ETH", "Ethiopia"),
    country("FLK", "Falkland Islands (Malvinas)"),
    country("FRO", "Faroe Islands"),
    country("FJI", "Fiji"),
    country("FIN", "Finland"),
    country("FRA", "France"),
    country("GUF", "French Guiana"),
    country("PYF", "French Polynesia"),
    country("ATF", "French Southern Territories"),
    country("GAB", "Gabon"),
    country("GMB", "Gambia"),
    country("GEO", "Georgia"),
    country("DEU", "Germany"),
    country("GHA", "Ghana"),
    country("GIB", "Gibraltar"),
    country("GRC", "Greece"),
    country("GRL", "Greenland"),
    country("GRD", "Grenada"),
    country("GLP", "Guadeloupe"),
    country("GUM", "Guam"),
    country("GTM", "Guatemala"),
    country("GGY", "Guernsey"),
    country("GIN", "Guinea"),
    country("GNB", "Guinea-Bissau"),
    country("GUY", "Guyana"),
    country("HTI", "Haiti"),
    country("HMD", "Heard Island and McDonald Islands"),
    country("VAT", "Holy See (Vatican City State)"),
    country("HND", "Honduras"),
    country("HKG", "Hong Kong"),
    country("HUN", "Hungary"),
    country("ISL", "Iceland"),
    country("IND", "India"),
    country("IDN", "Indonesia"),
    country("IRN", "Iran"),
    country("IRQ", "Iraq"),
    country("IRL", "Ireland"),
    country("IMN", "Isle of Man"),
    country("ISR", "Israel"),
    country("ITA", "Italy"),
    country("JAM", "Jamaica"),
    country("JPN", "Japan"),
    country("JEY", "Jersey"),
    country("JOR", "Jordan"),
    country("KAZ", "Kazakhstan"),
    country("KEN", "Kenya"),
    country("KIR", "Kiribati"),
    country("KWT", "Kuwait"),
    country("KGZ", "Kyrgyzstan"),
    country("LAO", "Laos"),
    country("LVA", "Latvia"),
    country("LBN", "Lebanon"),
    country("LSO", "Lesotho"),
    country("LBR", "Liberia"),
    country("LBY", "Libya"),
    country("LIE", "Liechtenstein"),
    country("LTU", "Lithuania"),
    country("LUX", "Luxembourg"),
    country("MAC", "Macao"),
    country("MDG", "Madagascar"),
    country("MWI", "Malawi"),
    country("MYS", "Malaysia"),
    country("MDV", "Maldives"),
    country("MLI", "Mali"),
    country("MLT", "Malta"),
    country("MHL", "Marshall Islands"),
    country("MTQ", "Martinique"),
    country("MRT", "Mauritania"),
    country("MUS", "Mauritius"),
    country("MYT", "Mayotte"),
    country("MEX", "Mexico"),
    country("FSM", "Micronesia, Federated States of"),
    country("MDA", "Moldova"),
    country("MCO", "Monaco"),
    country("MNG", "Mongolia"),
    country("MNE", "Montenegro"),
    country("MSR", "Montserrat"),
    country("MAR", "Morocco"),
    country("MOZ", "Mozambique"),
    country("MMR", "Myanmar"),
    country("NAM", "Namibia"),
    country("NRU", "Nauru"),
    country("NPL", "Nepal"),
    country("NLD", "Netherlands"),
    country("NCL", "New Caledonia"),
    country("NZL", "New Zealand"),
    country("NIC", "Nicaragua"),
    country("NER", "Niger"),
    country("NGA", "Nigeria"),
    country("NIU", "Niue"),
    country("NFK", "Norfolk Island"),
    country("PRK", "North Korea"),
    country("MKD", "North Macedonia"),
    country("MNP", "Northern Mariana Islands"),
    country("NOR", "Norway"),
    country("OMN", "Oman"),
    country("PAK", "Pakistan"),
    country("PLW", "Palau"),
    country("PSE", "Palestine, State of"),
    country("PAN", "Panama"),
    country("PNG", "Papua New Guinea"),
    country("PRY", "Paraguay"),
    country("PER", "Peru"),
    country("PHL", "Philippines"),
    country("PCN", "Pitcairn"),
    country("POL", "Poland"),
    country("PRT", "Portugal"),
    country("PRI", "Puerto Rico"),
    country("QAT", "Qatar"),
    country("ROU", "Romania"),
    country("RUS", "Russian Federation"),
    country("RWA", "Rwanda"),
    country("REU", "Réunion"),
    country("BLM", "Saint Barthélemy"),
    country("SHN", "Saint Helena, Ascension and Tristan da Cunha"),
    country("KNA", "Saint Kitts and Nevis"),
    country("LCA", "Saint Lucia"),
    country("MAF", "Saint Martin (French part)"),
    country("SPM", "Saint Pierre and Miquelon"),
    country("VCT", "Saint Vincent and the Grenadines"),
    country("WSM", "Samoa"),
    country("SMR", "San Marino"),
    country("STP", "Sao Tome and Principe"),
    country("SAU", "Saudi Arabia"),
    country("SEN", "Senegal"),
    country("SRB", "Serbia"),
    country("SYC", "Seychelles"),
    country("SLE", "Sierra Leone"),
    country("SGP", "Singapore"),
    country("SXM", "Sint Maarten (Dutch part)"),
    country("SVK", "Slovakia"),
    country("SVN", "Slovenia"),
    country("SLB", "Solomon Islands"),
    country("SOM", "Somalia"),
    country("ZAF", "South Africa"),
    country("SGS", "South Georgia and the South Sandwich Islands"),
    country("KOR", "South Korea"),
    country("SSD", "South Sudan"),
    country("ESP", "Spain"),
    country("LKA", "Sri Lanka"),
    country("SDN", "Sudan"),
    country("SUR", "Suriname"),
    country("SJM", "Svalbard and Jan Mayen"),
    country("SWE", "Sweden"),
    country("CHE", "Switzerland"),
    country("SYR", "Syria"),
    country("TWN", "Taiwan"),
    country("TJK", "Tajikistan"),
    country("TZA", "Tanzania"),
    country("THA", "Thailand"),
    country("TLS", "Timor-Leste"),
    country("TGO", "Togo"),
    country("TKL", "Tokelau"),
    country("TON", "Tonga"),
    country("TTO", "Trinidad and Tobago"),
    country("TUN", "Tunisia"),
    country("TKM", "Turkmenistan"),
    country("TCA", "Turks and Caicos Islands"),
    country("TUV", "Tuvalu"),
    country("TUR", "Türkiye"),
    country("UGA", "Uganda"),
    country("UKR", "Ukraine"),
    country("ARE", "United Arab Emirates"),
    country("GBR", "United Kingdom"),
    country("USA", "United States"),
    country("UMI", "United States Minor Outlying Islands"),
    country("URY", "Uruguay"),
    country("UZB", "Uzbekistan"),
    country("VUT", "Vanuatu"),
    country("VEN", "Venezuela"),
    country("VNM", "Vietnam"),
    country("VGB", "Virgin Islands, British"),
    country("VIR", "Virgin Islands, U.S."),
    country("WLF", "Wallis and Futuna"),
    country("ESH", "Western Sahara"),
    country("YEM", "Yemen"),
    country("ZMB", "Zambia"),
    country("ZWE", "Zimbabwe"),
];

/// Other common names of [`COUNTRIES`]. Accents, `&` for "and" and "St." for "Saint" are handled elsewhere.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("ALA", &["Aland"]),
    ("BHS", &["The Bahamas"]),
    ("BLR", &["Belorussia"]),
    ("BOL", &["Plurinational State of Bolivia"]),
    ("BES", &["Bonaire", "Caribbean Netherlands"]),
    ("BIH", &["Bosnia"]),
    ("BRN", &["Brunei"]),
    ("CPV", &["Cape Verde"]),
    ("CHN", &["People's Republic of China", "PRC"]),
    ("CCK", &["Cocos Islands", "Keeling Islands"]),
    ("COG", &["Republic of the Congo", "Congo-Brazzaville"]),
    ("COD", &["DR Congo", "Democratic Republic of the Congo", "Congo-Kinshasa", "DRC"]),
    ("CZE", &["Czech Republic"]),
    ("CIV", &["Ivory Coast"]),
    ("SWZ", &["Swaziland"]),
    ("FLK", &["Falkland Islands", "Falklands"]),
    ("GMB", &["The Gambia"]),
    ("DEU", &["Federal Republic of Germany", "Deutschland"]),
    ("VAT", &["Vatican", "Vatican City", "Holy See"]),
    ("HKG", &["Hong Kong SAR"]),
    ("IRN", &["Islamic Republic of Iran"]),
    ("IRL", &["Republic of Ireland", "Eire"]),
    ("KGZ", &["Kyrgyz Republic"]),
    ("LAO", &["Lao People's Democratic Republic"]),
    ("MAC", &["Macau"]),
    ("FSM", &["Micronesia", "Federated States of Micronesia"]),
    ("MDA", &["Republic of Moldova"]),
    ("MMR", &["Burma"]),
    ("NLD", &["Holland", "The Netherlands"]),
    ("PRK", &["Democratic People's Republic of Korea", "DPRK"]),
    ("MKD", &["Macedonia"]),
    ("PSE", &["Palestine", "State of Palestine"]),
    ("PCN", &["Pitcairn Islands"]),
    ("RUS", &["Russia"]),
    ("SHN", &["Saint Helena"]),
    ("MAF", &["Saint Martin"]),
    ("STP", &["São Tomé and Príncipe"]),
    ("SAU", &["KSA"]),
    ("SXM", &["Sint Maarten"]),
    ("SVK", &["Slovak Republic"]),
    ("KOR", &["Korea", "Republic of Korea", "Korea, Republic of"]),
    ("ESP", &["España"]),
    ("SJM", &["Svalbard"]),
    ("SYR", &["Syrian Arab Republic"]),
    ("TWN", &["Republic of China"]),
    ("TZA", &["United Republic of Tanzania"]),
    ("TLS", &["East Timor"]),
    ("TUR", &["Turkey", "Republic of Turkey"]),
    ("ARE", &["UAE", "Emirates"]),
    (
        "GBR",
        &[
            "Great Britain",
            "Britain",
            "England",
            "Scotland",
            "Wales",
            "Northern Ireland",
            "United Kingdom of Great Britain and Northern Ireland",
            "UK",
        ],
    ),
    ("USA", &["United States of America", "US of A", "America"]),
    ("UMI", &["US Minor Outlying Islands"]),
    ("VEN", &["Bolivarian Republic of Venezuela"]),
    ("VNM", &["Viet Nam"]),
    ("VGB", &["British Virgin Islands"]),
    ("VIR", &["US Virgin Islands", "United States Virgin Islands"]),
    ("WLF", &["Wallis & Futuna"]),
];

/// The alpha-2 codes, in the order of [`COUNTRIES`].
const ALPHA_2: &str = "\
    AF AX AL DZ AS AD AO AI AQ AG AR AM AW AU AT AZ BS BH BD BB BY BE BZ BJ BM BT BO BQ BA BW BV BR IO BN BG BF BI CV KH CM CA KY CF TD CL CN \
    CX CC CO KM CG CD CK CR HR CU CW CY CZ CI DK DJ DM DO EC EG SV GQ ER EE SZ ET FK FO FJ FI FR GF PF TF GA GM GE DE GH GI GR GL GD GP GU GT \
    GG GN GW GY HT HM VA HN HK HU IS IN ID IR IQ IE IM IL IT JM JP JE JO KZ KE KI KW KG LA LV LB LS LR LY LI LT LU MO MG MW MY MV ML MT MH MQ \
    MR MU YT MX FM MD MC MN ME MS MA MZ MM NA NR NP NL NC NZ NI NE NG NU NF KP MK MP NO OM PK PW PS PA PG PY PE PH PN PL PT PR QA RO RU RW RE \
    BL SH KN LC MF PM VC WS SM ST SA SN RS SC SL SG SX SK SI SB SO ZA GS KR SS ES LK SD SR SJ SE CH SY TW TJ TZ TH TL TG TK TO TT TN TM TC TV \
    TR UG UA AE GB US UM UY UZ VU VE VN VG VI WF EH YE ZM ZW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_three_capitals_and_are_unique() {
        let codes: std::collections::BTreeSet<_> = COUNTRIES.iter().map(|country| country.code).collect();
        assert_eq!(codes.len(), COUNTRIES.len());
        assert!(codes.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        assert_eq!(country_name("DOM"), Some("Dominican Republic"));
    }

    #[test]
    fn a_country_is_understood_as_people_write_it() {
        let cases = [
            ("USA", "USA"),
            ("us", "USA"),
            ("U.S.A.", "USA"),
            ("united states of america", "USA"),
            ("UK", "GBR"),
            ("GB", "GBR"),
            ("Russia", "RUS"),
            ("Russian Federation", "RUS"),
            ("Turkey", "TUR"),
            ("Czech Republic", "CZE"),
            ("South Korea", "KOR"),
            (" spain ", "ESP"),
            ("ESP", "ESP"),
            ("Trinidad & Tobago", "TTO"),
            ("St. Lucia", "LCA"),
            ("Holland", "NLD"),
            ("ivory coast", "CIV"),
            ("DE", "DEU"),
        ];
        for (text, code) in cases {
            assert_eq!(country_written(text, str::to_lowercase).map(|country| country.code), Some(code), "{text}");
        }
        for nothing in ["", " ", "Atlantis", "XX", "."] {
            assert_eq!(country_written(nothing, str::to_lowercase), None, "{nothing}");
        }
    }

    #[test]
    fn every_country_has_an_alpha_2_code_and_no_text_names_two() {
        assert_eq!(ALPHA_2.split(' ').count(), COUNTRIES.len());
        for country in COUNTRIES {
            let names = country_other_names(country.code).iter().chain([&country.name, &country.code]);
            for name in names {
                assert_eq!(country_written(name, str::to_lowercase), Some(country), "{name}");
            }
        }
        assert!(OTHER_NAMES.iter().all(|(code, _)| country_name(code).is_some()));
    }
}
