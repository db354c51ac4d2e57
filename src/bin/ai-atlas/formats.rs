//! The page of formats, printed from the table of headings that the readers use: `ai-atlas formats
//! [ko|en]`.

use ai_atlas::data::table::headings::{SCHEMAS, Schema, Takes};
use ai_atlas::data::table::{EVENTS, LINKS};

/// What the fields are, in Korean and English.
const FIELDS: &[(&str, &str, &str)] = &[
    ("label", "이름", "name of the row"),
    (
        "value",
        "값: 넓이가 된다",
        "the value, which becomes the area",
    ),
    ("group", "묶음", "group that the row is in"),
    (
        "period",
        "시점: 같은 이름이 되풀이되면 시점마다 표 하나",
        "period; where names repeat, one table for each",
    ),
    ("party", "조직", "the organisation that the row is"),
    ("country", "국가 코드 두 글자", "country, two letters"),
    ("layer", "가치 사슬의 층", "layer of the chain"),
    ("as_of", "값의 기준일", "date of the value"),
    ("unit", "줄마다 적은 단위", "unit of the row"),
    (
        "scale",
        "줄마다 적은 배수: 억, Billions",
        "by what the row's number was multiplied: billions",
    ),
    (
        "metric",
        "무엇을 잰 값인지: 서로 다르면 표도 따로",
        "what is measured; a table for each",
    ),
    (
        "color",
        "둘째 값: 색이 된다",
        "a second measure, which becomes the colour",
    ),
    ("status", "확실한 정도", "how certain it is"),
    ("source", "출처", "source"),
    ("note", "설명", "note"),
    ("from", "시작하는 쪽", "where a relation begins"),
    ("to", "닿는 쪽", "where it ends"),
    ("type", "종류", "kind of relation or event"),
    ("amount", "금액이나 양", "amount"),
    ("amount_usd", "달러 금액", "amount in US dollars"),
    ("amount_krw", "원 금액", "amount in won"),
    ("currency", "통화", "currency"),
    (
        "amount_undisclosed",
        "금액을 밝히지 않음",
        "the sum is not disclosed",
    ),
    ("from_layer", "시작하는 쪽의 층", "layer of the beginning"),
    ("to_layer", "닿는 쪽의 층", "layer of the end"),
    ("date", "날짜", "date"),
    ("year", "연도 열", "year, in a column of its own"),
    ("month", "월 열", "month"),
    ("day", "일 열", "day"),
    ("date_end", "끝난 날", "end"),
    ("end_year", "끝난 연도 열", "year of the end"),
    ("end_month", "끝난 월 열", "month of the end"),
    ("end_day", "끝난 일 열", "day of the end"),
    (
        "actors",
        "투자자 등 움직인 쪽",
        "who acts: investors, buyers",
    ),
    ("target", "받은 쪽", "on whom: the company"),
    ("valuation", "기업가치", "valuation"),
    ("valuation_usd", "달러 기업가치", "valuation in US dollars"),
    ("name", "조직의 이름", "name of the organisation"),
    ("activity", "하는 일", "what it does"),
    ("founded", "설립", "when it was founded"),
    ("id", "고유한 이름", "id"),
    ("approx", "어림값", "about"),
    (
        "bound",
        "at_least, more_than, up_to, less_than",
        "at_least, more_than, up_to, less_than",
    ),
    ("disputed", "출처가 엇갈림", "sources differ"),
    ("planned", "계획", "planned"),
    ("derived", "계산한 값", "calculated by the author"),
    ("cumulative", "누적", "repeats earlier money"),
    ("peripheral", "배경", "background"),
];

/// The page as Markdown.
pub(crate) fn page(korean: bool) -> String {
    let say = |ko: &'static str, en: &'static str| if korean { ko } else { en };
    let mut out = String::from(say(
        "# 표의 머리글과 단위\n\n`ai-atlas formats ko`가 읽는 표에서 그대로 찍어 낸 쪽이다. 대소문자, 띄어쓰기, `_ - . : /`는 구별하지 않는다. 괄호 안의 단위는 `금액(억원)`, `Amount (US$m)`처럼 머리글에 써도 된다.\n",
        "# Headings and units of tables\n\n`ai-atlas formats en` prints this page from the table that the readers use. Capitals, blanks and `_ - . : /` make no difference. A unit may stand in the heading: `Amount (US$m)`, `금액(억원)`.\n",
    ));
    for schema in SCHEMAS {
        out.push_str(&section(schema, korean));
    }
    for (heading, kinds) in [
        (say("사건의 종류", "Kinds of events"), &EVENTS[..]),
        (say("관계의 종류", "Kinds of relations"), &LINKS[..]),
    ] {
        out.push_str(&format!("\n## {heading}\n\n"));
        for (kind, words) in kinds {
            let words: Vec<&str> = words.split(',').map(str::trim).collect();
            out.push_str(&format!("- `{kind}`: {}\n", words.join(", ")));
        }
    }
    out.push_str(say(
        "\n## 단위와 칸\n\n- 배수: 천, 만, 백만, 억, 조, k, million, m(통화와 함께), bn, tn, 千, 万, 億, 兆. `1조 3,000억 원`처럼 이어 써도 된다.\n- 통화: 원, 달러, 유로, 엔, 위안, 파운드, `$ US$ € £ ₩ NT$ HK$`, 세 글자 부호. `¥`만으로는 엔인지 위안인지 알 수 없어 적힌 대로 보인다.\n- `%`나 점유율·비중 머리글이 있을 때만 백분율이다. 머리글이 점유율이고 합이 1이면 0.42는 42%로 읽는다. 머리글에 `%`가 있는데 합이 1이면 어느 쪽인지 묻는다.\n- 백분율의 합이 100을 넘거나, 머리글이 가격·평균·지수·증가율처럼 더할 수 없는 값이면 한 전체가 아니라 나란히 놓은 값으로 그린다.\n- `단위`, `배율`, `통화` 열은 그 줄의 단위이다. 단위가 다른 줄은 함께 그리지 않고 알려 준다.\n- 기간: `2023`, `2023년 점유율`, `2024(E)`, `2025F`, `FY24`, `1Q24`, `24.1분기`, `2023.1/4`, `2024년 상반기`, `'24`. 전망은 전망으로 보인다. `단위: 억원` 줄, 단위만 적은 줄, 병합해 두 줄이 된 머리글도 읽는다.\n- 날짜: `2021~2023`, `2024.3~5`, `2023–24`, `令和6年`, `2024년 말`(연도만 쓰고 알려 준다). 스프레드시트의 날짜 번호(45292)는 어느 날인지 묻는다.\n- `약`, `~`, `이상`, `초과`, `이하`, `미만`, `>`, `≥`는 뜻 그대로 남는다.\n- 빈칸, `-`, `N/A`는 모르는 값이고, `비공개`는 공개되지 않은 값이다.\n- `1.234`나 `1,234`가 두 가지로 읽히면 쓰지 않고 두 값을 모두 알려 준다. 날짜 `05/03/2024`도 같다.\n- 합계와 소계 줄, 나라들 사이의 `World`나 시도 사이의 `전국`처럼 다른 줄을 품는 줄, 빈 줄, 표 위아래의 제목·출처 줄은 항목이 아니다. 뺀 것은 모두 알려 준다.\n- `제조 > 반도체`, `flare.analytics`처럼 경로인 이름은 묶음이 된다. `A [5] B`로 적은 흐름, `|`로 나눈 표, 머리글이 없는 두 열의 표도 읽는다.\n- 머리글을 알아보지 못하면 `columns=\"회사=label; 투자금(억원)=amount\"`로 알려 준다.\n",
        "\n## Units and cells\n\n- Factors: thousand, million, m (beside a currency), bn, tn, 천, 만, 백만, 억, 조, 千, 万, 億, 兆, also in a row: `1조 3,000억 원`.\n- Currencies: `$ US$ € £ ₩ NT$ HK$`, three-letter codes, dollar, euro, won, yen, yuan, pound. `¥` alone may be yen or yuan and is shown as written.\n- Per cent only where `%` or a heading such as `share` says it. Below `share` 0.42 is 42 % where all add up to 1; with a `%` in the heading, too, it is asked which is meant.\n- Per cents that add up to more than a hundred, and prices, means, indices and rates of growth, stand side by side and are no parts of a whole.\n- Columns `unit`, `scale` and `currency` hold for their row. What has another unit than the others is said and not drawn with them.\n- Periods: `2023`, `share 2023`, `2024(E)`, `2025F`, `FY24`, `1Q24`, `Q3 2024`, `'24`, `Jan-24`; an outlook is called one. Headings in two rows, because cells were merged, and a row of units below them are read.\n- Dates: `2021–2023`, `Jan–Mar 2024`, `2023–24`, `令和6年`, `late 2024` (its year, which is said). Of a day that a spreadsheet counts, 45292, it is asked which it is.\n- `about`, `~`, `at least`, `more than`, `up to`, `less than`, `>`, `≥` keep their meaning.\n- An empty cell, `-` and `N/A` are not known; `undisclosed` is not disclosed.\n- `1.234` or `1,234` that can be read in two ways is not used, and both readings are said. So is the date `05/03/2024`.\n- Totals and subtotals, rows that hold others, such as `World` among countries, empty lines, and titles and sources above or below a table are no rows. All that is left out is said.\n- Names that are paths, `Chips > Memory` or `flare.analytics`, become groups. Flows as `A [5] B`, tables between `|` and tables of two columns without headings are read, too.\n- `columns=\"Firm=label; Ticket=amount\"` says what a heading means that is not understood.\n",
    ));
    out
}

fn section(schema: &Schema, korean: bool) -> String {
    let mut out = format!(
        "\n## `{}`{}\n\n| {} | {} | {} |\n| --- | --- | --- |\n",
        schema.kind,
        if schema.field("name").is_some() {
            if korean {
                ": 조직"
            } else {
                ": organisations"
            }
        } else {
            ""
        },
        if korean { "필드" } else { "field" },
        if korean { "뜻" } else { "meaning" },
        if korean { "머리글" } else { "headings" },
    );
    for field in schema.fields {
        let about = FIELDS
            .iter()
            .find(|(name, ..)| {
                field.name == *name
                    || field.name.strip_suffix("_ko") == Some(name)
                    || field.name.strip_suffix("_en") == Some(name)
            })
            .map_or("", |(_, ko, en)| if korean { ko } else { en });
        let takes = match field.takes {
            Takes::Text => "",
            Takes::Number => {
                if korean {
                    " (수)"
                } else {
                    " (number)"
                }
            }
            Takes::Date => {
                if korean {
                    " (날짜)"
                } else {
                    " (date)"
                }
            }
            Takes::Flag => {
                if korean {
                    " (예·아니오)"
                } else {
                    " (yes or no)"
                }
            }
        };
        let needed = if schema.needed.contains(&field.name) {
            "**"
        } else {
            ""
        };
        let headings: Vec<&str> = field
            .headings
            .split(',')
            .map(str::trim)
            .filter(|heading| !heading.is_empty())
            .collect();
        out.push_str(&format!(
            "| {needed}`{}`{needed} | {about}{takes} | {} |\n",
            field.name,
            headings.join(", ").replace('|', "\\|")
        ));
    }
    out
}
