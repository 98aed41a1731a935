//! The time zone of a country: the one that most people there have, as a proposal. From the IANA's `zone.tab`.

use crate::COUNTRIES;

/// The time zone to propose for a country code; none where nobody lives.
#[must_use]
pub fn country_time_zone(code: &str) -> Option<&'static str> {
    let at = COUNTRIES.iter().position(|country| country.code == code)?;
    ZONES.split(' ').nth(at).filter(|zone| *zone != NONE)
}

const NONE: &str = "-";

/// In the order of [`COUNTRIES`].
const ZONES: &str = "\
    Asia/Kabul Europe/Mariehamn Europe/Tirane Africa/Algiers Pacific/Pago_Pago Europe/Andorra Africa/Luanda America/Anguilla - America/Antigua \
    America/Argentina/Buenos_Aires Asia/Yerevan America/Aruba Australia/Sydney Europe/Vienna Asia/Baku America/Nassau Asia/Bahrain Asia/Dhaka \
    America/Barbados Europe/Minsk Europe/Brussels America/Belize Africa/Porto-Novo Atlantic/Bermuda Asia/Thimphu America/La_Paz \
    America/Kralendijk Europe/Sarajevo Africa/Gaborone - America/Sao_Paulo Indian/Chagos Asia/Brunei Europe/Sofia Africa/Ouagadougou \
    Africa/Bujumbura Atlantic/Cape_Verde Asia/Phnom_Penh Africa/Douala America/Toronto America/Cayman Africa/Bangui Africa/Ndjamena \
    America/Santiago Asia/Shanghai Indian/Christmas Indian/Cocos America/Bogota Indian/Comoro Africa/Brazzaville Africa/Kinshasa \
    Pacific/Rarotonga America/Costa_Rica Europe/Zagreb America/Havana America/Curacao Asia/Nicosia Europe/Prague Africa/Abidjan Europe/Copenhagen \
    Africa/Djibouti America/Dominica America/Santo_Domingo America/Guayaquil Africa/Cairo America/El_Salvador Africa/Malabo Africa/Asmara \
    Europe/Tallinn Africa/Mbabane Africa/Addis_Ababa Atlantic/Stanley Atlantic/Faroe Pacific/Fiji Europe/Helsinki Europe/Paris America/Cayenne \
    Pacific/Tahiti Indian/Kerguelen Africa/Libreville Africa/Banjul Asia/Tbilisi Europe/Berlin Africa/Accra Europe/Gibraltar Europe/Athens \
    America/Nuuk America/Grenada America/Guadeloupe Pacific/Guam America/Guatemala Europe/Guernsey Africa/Conakry Africa/Bissau America/Guyana \
    America/Port-au-Prince - Europe/Vatican America/Tegucigalpa Asia/Hong_Kong Europe/Budapest Atlantic/Reykjavik Asia/Kolkata Asia/Jakarta \
    Asia/Tehran Asia/Baghdad Europe/Dublin Europe/Isle_of_Man Asia/Jerusalem Europe/Rome America/Jamaica Asia/Tokyo Europe/Jersey Asia/Amman \
    Asia/Almaty Africa/Nairobi Pacific/Tarawa Asia/Kuwait Asia/Bishkek Asia/Vientiane Europe/Riga Asia/Beirut Africa/Maseru Africa/Monrovia \
    Africa/Tripoli Europe/Vaduz Europe/Vilnius Europe/Luxembourg Asia/Macau Indian/Antananarivo Africa/Blantyre Asia/Kuala_Lumpur Indian/Maldives \
    Africa/Bamako Europe/Malta Pacific/Majuro America/Martinique Africa/Nouakchott Indian/Mauritius Indian/Mayotte America/Mexico_City \
    Pacific/Chuuk Europe/Chisinau Europe/Monaco Asia/Ulaanbaatar Europe/Podgorica America/Montserrat Africa/Casablanca Africa/Maputo Asia/Yangon \
    Africa/Windhoek Pacific/Nauru Asia/Kathmandu Europe/Amsterdam Pacific/Noumea Pacific/Auckland America/Managua Africa/Niamey Africa/Lagos \
    Pacific/Niue Pacific/Norfolk Asia/Pyongyang Europe/Skopje Pacific/Saipan Europe/Oslo Asia/Muscat Asia/Karachi Pacific/Palau Asia/Gaza \
    America/Panama Pacific/Port_Moresby America/Asuncion America/Lima Asia/Manila Pacific/Pitcairn Europe/Warsaw Europe/Lisbon \
    America/Puerto_Rico Asia/Qatar Europe/Bucharest Europe/Moscow Africa/Kigali Indian/Reunion America/St_Barthelemy Atlantic/St_Helena \
    America/St_Kitts America/St_Lucia America/Marigot America/Miquelon America/St_Vincent Pacific/Apia Europe/San_Marino Africa/Sao_Tome \
    Asia/Riyadh Africa/Dakar Europe/Belgrade Indian/Mahe Africa/Freetown Asia/Singapore America/Lower_Princes Europe/Bratislava Europe/Ljubljana \
    Pacific/Guadalcanal Africa/Mogadishu Africa/Johannesburg Atlantic/South_Georgia Asia/Seoul Africa/Juba Europe/Madrid Asia/Colombo \
    Africa/Khartoum America/Paramaribo Arctic/Longyearbyen Europe/Stockholm Europe/Zurich Asia/Damascus Asia/Taipei Asia/Dushanbe \
    Africa/Dar_es_Salaam Asia/Bangkok Asia/Dili Africa/Lome Pacific/Fakaofo Pacific/Tongatapu America/Port_of_Spain Africa/Tunis Asia/Ashgabat \
    America/Grand_Turk Pacific/Funafuti Europe/Istanbul Africa/Kampala Europe/Kyiv Asia/Dubai Europe/London America/New_York - America/Montevideo \
    Asia/Tashkent Pacific/Efate America/Caracas Asia/Ho_Chi_Minh America/Tortola America/St_Thomas Pacific/Wallis Africa/El_Aaiun Asia/Aden \
    Africa/Lusaka Africa/Harare";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::is_time_zone;

    #[test]
    fn every_country_has_a_zone_of_the_list_or_none() {
        assert_eq!(ZONES.split(' ').count(), COUNTRIES.len());
        assert!(ZONES.split(' ').all(|zone| zone == NONE || is_time_zone(zone)));
        for (code, zone) in
            [("DEU", Some("Europe/Berlin")), ("AUS", Some("Australia/Sydney")), ("ZWE", Some("Africa/Harare")), ("ATA", None), ("", None)]
        {
            assert_eq!(country_time_zone(code), zone, "{code}");
        }
    }
}
