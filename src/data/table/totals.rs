//! Which rows of a table are no parts beside the others: totals and subtotals, by their names or by
//! their values, and wholes that hold other rows, such as `World` among countries.

use super::headings::listed;
use crate::error::IssueKind;

/// A row as it is looked at here.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) label: &'a str,
    pub(super) group: &'a str,
    /// The code that a table of countries has beside the name; `None` where there is no such column.
    pub(super) code: Option<&'a str>,
    /// NaN where there is none.
    pub(super) value: f64,
}

/// Names of totals.
const TOTALS: &str = "합계, 총계, 총합계, 총합, 계, 소계, 누계, 총액, 전체 합계, 전체 계, total, totals, grand total, subtotal, sub total, sum, sum total, all total, \
     合計, 総計, 計, 小計, 総数, 合计, 总计, 小计, insgesamt, summe, gesamt, gesamtergebnis, zusammen, ensemble, totale, total general, total général, totaal";
/// Names of what everything else in a table is a part of.
const WHOLES: &str = "world, worldwide, whole world, 세계, 전세계, 전국, 전체, 총인구, 전산업, 전 산업, 世界, 全世界, 全国, 全体, overall, \
     all countries, all companies, all regions, all sectors, all industries, welt, monde, le monde, mundo";
/// What is one where nothing in its table is more.
const WEAK_WHOLES: &str = "all, global, globally, everyone, 모두, 전부, 글로벌, market, 시장, 시장 전체, 전체 시장, 총시장";

/// Codes of groups of countries in the tables of the World Bank.
const GROUPS: &str = "AFE|AFW|ARB|CEB|CSS|EAP|EAR|EAS|ECA|ECS|EMU|EUU|FCS|HIC|HPC|IBD|IBT|IDA|IDB|IDX|INX|LAC|LCN|LDC|LIC|LMC|LMY|LTE|MEA|MIC|MNA|NAC|OED|OSS|PRE|PSS|PST|SAS|SSA|SSF|SST|TEA|TEC|TLA|TMN|TSA|TSS|UMC|WLD";

/// Regions, and who of their members stands in tables: beside one of these they count it twice.
const REGIONS: [(&str, &str); 6] = [
    (
        "EU, EU27, EU-27, EU28, EU27 2020, European Union, European Union 27, 유럽연합, EU 27개국, 欧州連合, Euro area, Eurozone, 유로존",
        EU,
    ),
    ("Europe, 유럽, 欧州, ヨーロッパ", EU),
    (
        "Europe, 유럽, 欧州, ヨーロッパ",
        "UK, United Kingdom, GB, GBR, Great Britain, Switzerland, CH, CHE, Norway, NO, NOR, Russia, RU, RUS, EU, European Union, 영국, 스위스, 노르웨이, 러시아, 유럽연합, イギリス, 英国",
    ),
    (
        "Asia, 아시아, アジア, Asia Pacific, APAC, 아시아태평양, East Asia, 동아시아",
        "China, CN, CHN, Japan, JP, JPN, South Korea, Korea, KR, KOR, India, IN, IND, Taiwan, TW, TWN, Singapore, SG, SGP, Indonesia, Vietnam, 중국, 일본, 한국, 대한민국, 인도, 대만, 싱가포르, 中国, 日本, 韓国, インド, 台湾",
    ),
    (
        "North America, Americas, America, 북미, 미주, 북아메리카, 北米, 北アメリカ",
        "United States, United States of America, USA, US, U.S., Canada, CA, CAN, Mexico, MX, MEX, 미국, 캐나다, 멕시코, 米国, アメリカ, カナダ",
    ),
    (
        "OECD, OECD total, G7, G20, 선진국, 先進国",
        "United States, USA, US, Japan, JP, JPN, Germany, DE, DEU, France, FR, FRA, South Korea, Korea, KR, KOR, 미국, 일본, 독일, 프랑스, 한국, 米国, 日本",
    ),
];
const EU: &str = "Germany, DE, DEU, France, FR, FRA, Italy, IT, ITA, Spain, ES, ESP, Netherlands, NL, NLD, Poland, PL, POL, Sweden, SE, SWE, Ireland, IE, IRL, Belgium, BE, BEL, Austria, AT, AUT, \
     Denmark, DK, DNK, Finland, FI, FIN, Portugal, PT, PRT, Greece, EL, GRC, Czechia, CZ, CZE, Hungary, HU, HUN, Romania, RO, ROU, 독일, 프랑스, 이탈리아, 스페인, 네덜란드, 폴란드, 스웨덴, 아일랜드, 벨기에, 오스트리아, \
     ドイツ, フランス, イタリア, スペイン, オランダ";

/// A name that bears the word of a total among others: surely, or if its value fits.
enum Named {
    Surely,
    Perhaps,
    No,
}

/// What every row is, where it is no part.
pub(super) fn of(rows: &[Row<'_>]) -> Vec<Option<IssueKind>> {
    let mut found = vec![None; rows.len()];
    let mut perhaps = vec![false; rows.len()];
    let largest = rows.iter().map(|row| row.value).fold(0.0, f64::max);
    let coded = codes_are_kept(rows);
    for (at, row) in rows.iter().enumerate() {
        let in_group = row.label.is_empty() || listed(TOTALS, row.group);
        let total = match named(row.label) {
            Named::Surely => true,
            Named::Perhaps => {
                if let Some(perhaps) = perhaps.get_mut(at) {
                    *perhaps = true;
                }
                row.value > 0.0 && row.value >= largest
            }
            Named::No => in_group && matches!(named(row.group), Named::Surely),
        };
        let whole = listed(WHOLES, row.label) || coded && row.code.is_some_and(is_group_code);
        if let Some(found) = found.get_mut(at) {
            *found = match (total, whole) {
                (true, _) => Some(IssueKind::TotalRow),
                (false, true) if rows.len() > 1 => Some(IssueKind::Aggregate),
                _ => None,
            };
        }
    }
    regions(rows, &mut found);
    by_value(rows, &perhaps, &mut found);
    subtotals(rows, &mut found);
    found
}

/// Whether a name is that of a total.
pub(super) fn is_named_total(name: &str) -> bool {
    matches!(named(name), Named::Surely)
}

fn named(label: &str) -> Named {
    let label = label.trim_matches([
        ':', '：', ' ', '*', '-', '<', '>', '[', ']', '【', '】', '■', '●',
    ]);
    // `Total (27 countries)`, `합계(A+B)`.
    let bare = label
        .strip_suffix([')', '）'])
        .and_then(|rest| rest.rsplit_once(['(', '（']))
        .map_or(label, |(bare, _)| bare.trim_end());
    if bare.is_empty() {
        return Named::No;
    }
    if listed(TOTALS, bare) {
        return Named::Surely;
    }
    let (first, _) = bare.split_once(' ').unwrap_or((bare, ""));
    let last = bare.rsplit_once(' ').map_or("", |(_, last)| last);
    let asian = |word: &str| !word.is_ascii() && listed(TOTALS, word);
    // `합계 출산율` is what is measured.
    if asian(first) && first.len() > 3 && bare.contains(' ') && !bare.ends_with('율')
        || asian(last)
        || ["total", "subtotal", "sub-total"]
            .iter()
            .any(|word| last.eq_ignore_ascii_case(word))
        || first.eq_ignore_ascii_case("subtotal")
        || ["소계", "합계", "총계", "小計", "合計"]
            .iter()
            .any(|word| bare.ends_with(word))
    {
        return Named::Surely;
    }
    // An oil company is called so, too.
    let company = ["total se", "total sa", "total s.a.", "total energies"];
    if listed(WEAK_WHOLES, bare) {
        return Named::Perhaps;
    }
    if first.eq_ignore_ascii_case("total")
        && !company.iter().any(|name| bare.eq_ignore_ascii_case(name))
    {
        return Named::Perhaps;
    }
    Named::No
}

/// Whether a column of codes is filled in most rows, with codes: those without one are no countries.
fn codes_are_kept(rows: &[Row<'_>]) -> bool {
    let code = |row: &&Row<'_>| {
        row.code.is_some_and(|code| {
            (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase())
        })
    };
    rows.iter().filter(code).count() * 2 > rows.len()
}

fn is_group_code(code: &str) -> bool {
    code.is_empty()
        || code.starts_with("OWID_") && code != "OWID_KOS"
        || GROUPS.split('|').any(|group| group == code)
}

/// Regions that stand beside their members.
fn regions(rows: &[Row<'_>], found: &mut [Option<IssueKind>]) {
    // Long lists of names are none of countries.
    const MANY: usize = 500;
    if rows.len() > MANY {
        return;
    }
    for (names, members) in REGIONS {
        let has_member = || rows.iter().any(|row| listed(members, row.label));
        for (row, found) in rows.iter().zip(found.iter_mut()) {
            if listed(names, row.label) && has_member() {
                *found = found.or(Some(IssueKind::Aggregate));
            }
        }
    }
}

/// Whether two sums are one but for rounding.
fn same(sum: f64, value: f64) -> bool {
    value > 0.0 && (sum - value).abs() <= value * 1e-4
}

/// A first or last row that is worth all the others, or any row that is called so.
fn by_value(rows: &[Row<'_>], perhaps: &[bool], found: &mut [Option<IssueKind>]) {
    let open = |at: usize, found: &[Option<IssueKind>]| found.get(at).is_some_and(Option::is_none);
    // Where totals bear their names a row without one is none.
    let named = found.iter().any(Option::is_some);
    let parts: Vec<usize> = (0..rows.len())
        .filter(|at| open(*at, found) && rows.get(*at).is_some_and(|row| row.value > 0.0))
        .collect();
    let sum: f64 = parts
        .iter()
        .filter_map(|at| rows.get(*at))
        .map(|row| row.value)
        .sum();
    for (at, row) in rows.iter().enumerate() {
        let at_end = !named && (at == 0 || at + 1 == rows.len());
        let called = perhaps.get(at) == Some(&true);
        let enough = if called { 2 } else { 4 };
        if open(at, found)
            && (at_end || called)
            && parts.len() >= enough
            && same(sum - row.value, row.value)
            && let Some(found) = found.get_mut(at)
        {
            *found = Some(if called {
                IssueKind::TotalRow
            } else {
                IssueKind::SumRow
            });
            // There is one at most.
            return;
        }
    }
}

/// Rows each of which is worth those that follow it, or those before it, as long as all rows are in
/// one of several such blocks: subtotals that bear the names of their blocks.
fn subtotals(rows: &[Row<'_>], found: &mut [Option<IssueKind>]) {
    let open: Vec<(usize, f64)> = rows
        .iter()
        .zip(found.iter())
        .enumerate()
        .filter(|(_, (_, found))| found.is_none())
        .map(|(at, (row, _))| (at, row.value))
        .collect();
    if open.len() < 6 || open.iter().any(|(_, value)| value.is_nan() || *value < 0.0) {
        return;
    }
    let backward: Vec<(usize, f64)> = open.iter().rev().copied().collect();
    for list in [open, backward] {
        if let Some(heads) = blocks(&list) {
            for at in heads {
                if let Some(found) = found.get_mut(at) {
                    *found = Some(IssueKind::TotalRow);
                }
            }
            return;
        }
    }
}

/// The heads of the blocks that a list falls into; `None` where it does not.
fn blocks(list: &[(usize, f64)]) -> Option<Vec<usize>> {
    let mut heads = Vec::new();
    let mut rest = list;
    while let Some(((head, value), after)) = rest.split_first() {
        let (mut sum, mut count) = (0.0, 0);
        for (_, part) in after {
            sum += part;
            count += 1;
            if sum >= value * (1.0 - 1e-4) {
                break;
            }
        }
        if count < 2 || !same(sum, *value) {
            return None;
        }
        heads.push(*head);
        rest = after.get(count..)?;
    }
    (heads.len() > 1).then_some(heads)
}
