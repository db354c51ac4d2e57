//! Units in the headings of tables, as authors write them.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/table.rs"]
mod common;

use ai_atlas::data::table::quantity::heading;
use common::unit_words;

#[test]
fn a_heading_gives_its_unit_and_keeps_its_name() {
    let mut wrong = Vec::new();
    for (text, name, unit) in [
        ("투자금(억원)", "투자금", "KRW×8"),
        ("Amount (US$m)", "Amount", "USD×6"),
        ("매출(백만 달러)", "매출", "USD×6"),
        ("value (USD bn)", "value", "USD×9"),
        ("수(개)", "수", "(개)"),
        ("점유율(%)", "점유율", "%"),
        ("금액_억원", "금액", "KRW×8"),
        ("시가총액[조원]", "시가총액", "KRW×12"),
        ("Revenue, US$ billions", "Revenue", "USD×9"),
        ("value (models)", "value", "(models)"),
        ("매출액 (단위: 억 원)", "매출액", "KRW×8"),
        ("Size ($M)", "Size", "USD×6"),
        ("売上(億円)", "売上", "JPY×8"),
        ("市場シェア（％）", "市場シェア", "%"),
        ("2024년 점유율(%)", "2024년 점유율", "%"),
        ("Umsatz (Mio. €)", "Umsatz", "EUR×6"),
        ("value (US$, bn, est.)", "value", "USD×9~"),
        ("TVL in $bn", "TVL", "USD×9"),
        ("전력(TWh)", "전력", "(TWh)"),
        ("Revenue (in millions of US dollars)", "Revenue", "USD×6"),
        ("Revenue (US$ in millions)", "Revenue", "USD×6"),
        ("amount_usd_bn", "amount", "USD×9"),
        ("share_pct", "share", "%"),
        ("Amount USD", "Amount", "USD"),
        ("점유율 %", "점유율", "%"),
        ("점유율%", "점유율", "%"),
        ("매출(10억 달러)", "매출", "USD×9"),
        ("직원(1,000명)", "직원", "×3(명)"),
        ("직원(만 명)", "직원", "×4(명)"),
        ("Users (m)", "Users", "(m)"),
        ("value (bn)", "value", "×9"),
        ("Sales ($000)", "Sales", "USD×3"),
        ("매출(억원) 2024", "매출 2024", "KRW×8"),
        ("점유율 (%, 2024)", "점유율 (2024)", "%"),
        ("Share (% of total)", "Share", "%(of total)"),
        ("변화(%p)", "변화", "(%p)"),
        ("Sales (¥bn)", "Sales", "×9(¥)"),
        ("%", "%", "%"),
        ("人数（千人）", "人数", "×3(人)"),
        ("Amount (USD m, 2024)", "Amount (2024)", "USD×6"),
        ("매출액(연결, 억원)", "매출액 (연결)", "KRW×8"),
        ("Price (USD per share)", "Price", "USD(per share)"),
        ("(억원)", "(억원)", "KRW×8"),
    ] {
        let (got, found) = heading(text);
        let found = found.as_ref().map(unit_words);
        if (got.as_str(), found.as_deref()) != (name, Some(unit)) {
            wrong.push((text, got, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_heading_without_a_unit_that_is_sure_stays_as_it_is() {
    let mut wrong = Vec::new();
    for text in [
        "Prozent",
        "이름",
        "Revenue (2024)",
        "기업(국내)",
        "점유율(조사)",
        "금액(만기)",
        "Share (global)",
        "value (total)",
        "value (2024)",
        "Games won",
        "series_b",
        "A, B and C",
        "CEO (m/f)",
        "Umsatz (T€)",
        "Sales ($, €)",
        "지수(2020=100)",
        "Company, founded in",
        "",
        "(",
        ")(",
    ] {
        let (got, found) = heading(text);
        if got != text || found.is_some() {
            wrong.push((text, got, found.as_ref().map(unit_words)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
