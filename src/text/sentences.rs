//! What is wrong with a file, in full sentences: where, what, and what became of it.

use super::i18n::{append, fill, look_up, say};
use super::number::number;
use crate::data::Lang;
use crate::error::{Error, Issue, IssueKind};

/// A row or field that is drawn without:
/// `links[3].to: 'nobody'라는 조직이 파일에 없어 이 관계를 그리지 않았습니다.` /
/// `links[3].to: the file has no organisation 'nobody', so this relation is not drawn.`
pub fn issue(issue: &Issue, lang: Lang) -> String {
    let found = issue.found.trim();
    let cell = match issue.kind {
        IssueKind::NestedTable(cell) | IssueKind::SharedNumber(cell) => cell.to_string(),
        _ => String::new(),
    };
    // What is told of a column names the field that it would be, or that another is.
    let found = match issue.kind {
        IssueKind::NearColumn | IssueKind::Unused if issue.line == 0 => field_name(found, lang),
        _ => found,
    };
    // What can be read in two ways has the readings in lines of their own.
    let both: Vec<&str> = found.split('\n').collect();
    let both = match both.as_slice() {
        [text, one, other] => fill(
            lang,
            "'{0}'({1} 또는 {2})|'{0}' ({1} or {2})",
            &[text, one, other],
        ),
        _ => found.to_owned(),
    };
    let parts = [
        &*fill(lang, "'{0}'|'{0}'", &[found]),
        say(
            lang,
            look_up(REFERRED, issue.field).unwrap_or("조직|organisation"),
        ),
        &outcome(issue, lang),
        &total(found, lang),
        &cell,
        &*both,
    ];
    let of_line = issue.place.starts_with("line ");
    let said = fill(lang, what(issue.kind, of_line), &parts);
    let line = issue
        .place
        .strip_prefix("line ")
        .filter(|_| issue.line > 0 || !issue.field.is_empty());
    let mut place = match (line, issue.place.strip_prefix("column ")) {
        (Some(line), _) => fill(lang, "{0}번째 줄|line {0}", &[line]),
        (None, Some(column)) => fill(lang, "{0}번째 열|column {0}", &[column]),
        (None, None) => issue.place.clone(),
    };
    if line.is_some() {
        // Who wrote a table knows the words of the menus, and not the fields of files.
        append(&mut place, ", ", field_name(issue.field, lang));
    } else if issue
        .place
        .split_once('[')
        .is_none_or(|(column, _)| !among(COLUMNS, column))
    {
        // `value[3]` of columns has named its field, and what is told of a cell has none.
        append(&mut place, ".", issue.field);
    }
    append(&mut place, ": ", &said);
    place
}

/// What a column of a table is called where it is chosen, as the builder's menus have it
/// (`www/builder/roles.js`); a field without such a name as it is.
fn field_name(field: &str, lang: Lang) -> &str {
    look_up(FIELDS, field).map_or(field, |name| say(lang, name))
}

const FIELDS: &str = "label=이름|name;value=값|value;group=묶음|group;period=기간|period;country=국가|country;color=색으로 보일 값|value shown by colour;\
    source=출처|source;note=비고|note;date=날짜|date;date_end=끝나는 날|end date;target=대상 기업|company;actors=투자자·주체|investors, actors;type=유형|type;amount=금액|amount;\
    amount_usd=금액 (달러)|amount in US$;amount_krw=금액 (원)|amount in won;currency=통화|currency;valuation=기업 가치|valuation;valuation_usd=기업 가치 (달러)|valuation in US$;\
    from=주는 쪽|from;to=받는 쪽|to;from_layer=주는 쪽 단계|stage of “from”;to_layer=받는 쪽 단계|stage of “to”;name=이름|name;layer=단계|stage;activity=하는 일|activity;founded=설립|founded;\
    unit=단위|unit;scale=배율|scale;metric=지표|indicator;status=상태|status;year=연도|year;month=월|month;day=일|day;as_of=기준일|as of;cumulative=누적|cumulative;planned=계획|planned";

/// What is wrong: `{0}` what was found, `{1}` what it should name, `{2}` what became of it, `{3}` a sum in
/// brackets, `{4}` the number of a cell, `{5}` what was found without marks.
fn what(kind: IssueKind, of_line: bool) -> &'static str {
    match kind {
        IssueKind::Missing => "있어야 할 값이 없어 {2}|a required value is missing, {2}",
        IssueKind::WrongType => "{0}의 형식이 맞지 않아 {2}|{0} is of the wrong type, {2}",
        IssueKind::Negative => "{0은} 0보다 작아 {2}|{0} is below zero, {2}",
        IssueKind::NotFinite => {
            "{0은} 그릴 수 있는 수가 아니어서 {2}|{0} is not a number that can be drawn, {2}"
        }
        IssueKind::UnknownReference => {
            "{0이라는} {1이} 파일에 없어 {2}|the file has no {1} {0}, {2}"
        }
        IssueKind::Duplicate => {
            "{0이라는} id를 앞에서 이미 써서 {2}|the id {0} is already taken, {2}"
        }
        IssueKind::BadDate if of_line => {
            "{0을} 날짜로 읽지 못해 {2} 2024-03-05처럼 적어 주세요.|{0} could not be read as a date, {2} Write it as 2024-03-05."
        }
        IssueKind::BadDate => {
            "{0은} 달력에 없는 날짜여서 {2}|{0} is not a date of the calendar, {2}"
        }
        IssueKind::UnknownWord => {
            "{0은} 정해진 낱말이 아니어서 {2}|{0} is not one of the documented words, {2}"
        }
        IssueKind::SelfLink => "{0이} 자기 자신을 가리켜 {2}|{0} points to itself, {2}",
        IssueKind::ExceedsWhole => {
            "항목의 합{3}이 전체보다 큽니다. 적힌 값 그대로 그렸습니다.|the parts{3} add up to more than the whole. They are drawn as given."
        }
        IssueKind::UnknownCode => {
            "{0은} 어느 이름도 가리키지 않는 코드여서 {2}|no name has the code {0}, {2}"
        }
        IssueKind::Seconds => {
            "모든 날짜가 1970년 초입니다. 1970년부터의 밀리초(초가 아니라)로 적어야 합니다.|all dates lie at the beginning of 1970. They are milliseconds since 1970, not seconds."
        }
        IssueKind::Unused => {
            "{0}에는 다른 것을 썼으므로 이것은 쓰지 않았습니다.|another is used as {0}, so this one is not."
        }
        IssueKind::UnknownColumn => {
            "이 그림이 쓰지 않는 열이어서 쓰지 않았습니다.|this graphic knows no such column, so it was not used."
        }
        _ => of_tables(kind),
    }
}

/// What only the reader of tables says.
#[cfg(feature = "tables")]
fn of_tables(kind: IssueKind) -> &'static str {
    match kind {
        IssueKind::TotalRow => {
            "다른 줄의 합계여서 항목으로 쓰지 않았습니다: {5}.|This row is the sum of the others and no part, so it was left out: {5}."
        }
        IssueKind::Aggregate => {
            "다른 줄을 품는 줄(전체나 지역)이어서 항목으로 쓰지 않았습니다: {5}.|This row holds others (a whole, a region) and is no part beside them, so it was left out: {5}."
        }
        IssueKind::Repeated => {
            "같은 이름의 줄이 앞에 또 있어 따로 그렸습니다: {5}. 한 항목이면 합치고, 아니면 이름을 다르게 적어 주세요.|An earlier row has the same name, and they are drawn as two: {5}. Add them up if they are one, or give them two names."
        }
        IssueKind::OtherTable => {
            "여기서 다른 표가 시작되어 아래는 읽지 않았습니다: {5}. 표를 따로 넣어 주세요.|Another table begins here, and what follows was not read: {5}. Use one table at a time."
        }
        IssueKind::Coarse => {
            "{0}의 일부를 읽지 못해 읽은 데까지만 썼습니다. 더 정확히 그리려면 2024-03이나 2024-03-05처럼 적어 주세요.|A part of {0} was not understood, so the date is only as exact as the rest. Write 2024-03 or 2024-03-05 for more."
        }
        IssueKind::Flags => {
            "수 뒤의 부호는 쓰지 않았습니다: {5}.|The letters behind the numbers were not used: {5}."
        }
        IssueKind::DoubtfulShare => {
            "{5}: 합이 1이어서 두 가지로 읽을 수 있어 쓰지 않았습니다. 42%라면 42로 적거나 머리글에서 %를 빼 주세요.|{5}: the numbers add up to 1, so this can be read in two ways and was not used. Write 42 for 42%, or take the % out of the heading."
        }
        IssueKind::MoreThanWhole => {
            "백분율의 합{3}이 100을 넘어, 한 전체의 부분이 아니라 나란히 놓은 값으로 그렸습니다.|the per cents{3} add up to more than 100, so they are drawn side by side and not as parts of one whole."
        }
        IssueKind::TableNote => {
            "표에 대한 설명이어서 줄로 쓰지 않았습니다: {5}.|This line says something about the table and is no row of it: {5}."
        }
        IssueKind::DoubtfulNumber => {
            "{5}: 두 가지로 읽을 수 있어 쓰지 않았습니다. 소수점과 천 단위 구분을 분명히 적어 주세요.|{5}: this can be read in two ways, so it was not used. Write decimals and thousands so that only one is meant."
        }
        IssueKind::DoubtfulDate => {
            "{5}: 두 가지 날짜로 읽을 수 있어 쓰지 않았습니다. 연-월-일로 적어 주세요.|{5}: this can be two dates, so it was not used. Write year-month-day."
        }
        IssueKind::ShortYear => {
            "{0}의 연도가 네 자리가 아니어서 쓰지 않았습니다. 연도를 네 자리로 적어 주세요.|{0} has a year of fewer than four digits, so it was not used. Write all four."
        }
        IssueKind::EndBeforeStart => {
            "끝나는 날 {0}이 시작하는 날보다 앞섭니다. 시작하는 날만 그렸습니다.|it ends at {0}, before it begins. Only its beginning is drawn."
        }
        IssueKind::OtherUnit => {
            "{5}: 단위가 나머지와 달라 이 값은 쓰지 않았습니다.|{5}: the unit is not that of the others, so this value is not used."
        }
        IssueKind::NearColumn => {
            "쓰지 않은 열입니다. ‘{5}’에 가까우니, 그것이면 머리글을 그렇게 적거나 만들기 도구에서 골라 주세요.|this column is not used. It is near to ‘{5}’: if it is that, write so over it, or choose in the builder."
        }
        IssueKind::NestedTable(_) => {
            "{4}번째 칸에 든 다른 표는 읽지 않았습니다.|Cell {4} holds a table of its own, which was not read."
        }
        IssueKind::SharedNumber(_) => {
            "{4}번째 칸의 수 {5은} 여러 칸에 걸쳐 있어, 어느 하나의 값으로 쓰지 않았습니다.|The number {5} in cell {4} spans several cells, so it was not used as the value of one."
        }
        IssueKind::TableFoot => {
            "표의 마지막 부분(tfoot)은 합계이지 항목이 아니어서 뺐습니다: {5}.|The last rows of the table (tfoot) are a total and no part, so they were left out: {5}."
        }
        IssueKind::NoScale => {
            "억이나 조가 붙은 수 사이에 있어 단위가 빠졌을 수 있습니다: {5}. 적힌 대로 그렸습니다.|It stands among numbers with a word such as million, and may lack its own: {5}. It is drawn as it is written."
        }
        IssueKind::SumRow => {
            "다른 줄을 모두 더한 값과 같아 합계로 보고 뺐습니다: {5}. 항목이면 첫 줄이나 마지막 줄이 아닌 곳으로 옮겨 주세요.|This row is worth all others together, so it was taken for their total and left out: {5}. If it is a part, move it away from the first or last place."
        }
        IssueKind::SplitNumber => {
            "머리글보다 칸이 많아, 쉼표가 수를 나누었을 수 있습니다: {5}. 이 줄은 쓰지 않았습니다. 쉼표가 든 값은 따옴표로 묶어 주세요.|This row has more cells than there are headings: a comma may have cut a number in two: {5}. The row was not used. Put quotation marks around what has a comma."
        }
        IssueKind::ExtraCells => {
            "머리글보다 칸이 많아 남는 칸을 쓰지 않았습니다: {5}. 쉼표가 든 값은 따옴표로 묶어 주세요.|This row has more cells than there are headings, and the rest was not used: {5}. Put quotation marks around what has a comma."
        }
        _ => "",
    }
}

#[cfg(not(feature = "tables"))]
fn of_tables(_kind: IssueKind) -> &'static str {
    ""
}

const ERRORS: &str = "not-json=파일이 올바른 JSON이 아니어서 읽지 못했습니다{0}{1}.|The file is not valid JSON and could not be read{0}{1}.;\
    not-text=파일이 UTF-8 텍스트가 아니어서 읽지 못했습니다{0}{1}.|The file is not UTF-8 text and could not be read{0}{1}.;\
    wrong-kind=이 그림에 쓰는 자료가 아니어서 그리지 못했습니다{0}{1}.|The file is not data of the kind that this graphic draws{0}{1}.;\
    empty=파일에 그릴 자료가 없습니다{0}{1}.|The file holds nothing that can be drawn{0}{1}.;\
    too-large=파일이 정해진 한도보다 커서 읽지 않았습니다{0}{1}.|The file is larger than the limit and was not read{0}{1}.;\
    bad-table=표의 머리글이나 줄을 읽지 못했습니다{0}{1}.|The table has no header row, or a row of it cannot be read{0}{1}.;\
    no-heading='{2}'에 해당하는 열을 찾지 못했습니다. 표에 있는 열: {3}. 해당하는 열의 머리글을 이 낱말로 바꾸거나, 만들기 도구에서 골라 주세요.|No column is understood as '{2}'. The table has: {3}. Write '{2}' over one of them, or choose in the builder.;\
    circle=데이터가 자기 자신을 담고 있어 JSON으로 읽지 못했습니다{0}{1}. 그 자리를 뺀 사본을 넘겨 주세요.|The data hold themselves, which JSON cannot say{0}{1}. Hand over a copy without that.;\
    web-page=주소가 데이터가 아니라 웹 페이지를 돌려주었습니다{0}{1}. 파일이 그 자리에 있는지, 로그인 없이 열리는지 확인해 주세요.|The address answers with a web page, not with data{0}{1}. Check that the file is there and opens without signing in.;\
    workbook=엑셀 통합 문서입니다{0}{1}. 'CSV UTF-8'로 저장한 파일을 써 주세요.|This is an Excel workbook{0}{1}: save it as CSV (UTF-8).;\
    no-column=있어야 할 열이 없거나 비어 있습니다{0}{1}.|A column that is needed is missing or empty{0}{1}.;\
    column-kind=열을 읽지 못했습니다{0}{1}. 수는 수의 배열로, 이름은 글의 배열이나 사전(codes와 names)이나 Arrow 벡터로 넘겨 주세요.|A column could not be read{0}{1}. Numbers come as arrays of numbers, names as arrays of texts, dictionaries (codes and names) or Arrow vectors.;\
    column-length=열마다 줄 수가 다릅니다{0}{1}.|The columns have different numbers of rows{0}{1}.;\
    column-gone=열의 버퍼를 앞서 이미 넘겨서 비어 있습니다{0}{1}. 새 배열이나 사본(slice)을 넘겨 주세요.|The column's buffer was handed over before and is empty now{0}{1}. Hand over a new array, or a copy (slice).";

/// A file that cannot be drawn at all, with the detail where there is one.
pub fn error(error: &Error, lang: Lang) -> String {
    let words = look_up(ERRORS, error.why())
        .unwrap_or("파일을 그리지 못했습니다{0}{1}.|The file could not be drawn{0}{1}.");
    let detail = error.detail().trim();
    let colon = if detail.is_empty() {
        ""
    } else {
        say(lang, ": |: ")
    };
    let (field, found) = detail.split_once(": ").unwrap_or((detail, "–"));
    let field = field_name(field, lang);
    if let Some(why) = error.issue() {
        let words =
            "파일에 그릴 자료가 없습니다. {0}|The file holds nothing that can be drawn. {0}";
        return fill(lang, words, &[&issue(why, lang)]);
    }
    fill(lang, words, &[colon, detail, field, found])
}

/// What the rows of a list are called.
const ROWS: &str = "links=관계|relation;events=사건|event;undated=사건|event;items=항목|item;tables=표|table;entities=조직|organisation;parties=조직|organisation;\
    people=조직|organisation;roles=역할|role;sublayers=세부 층|sublayer;layers=층|layer;frameworks=분류 체계|framework;sources=출처|source";

/// What a row is called in both languages.
fn row(place: &str) -> &'static str {
    // The innermost list names the row: `tables[3].items[0]` is an item.
    let last = place.rsplit_once('.').map_or(place, |(_, last)| last);
    let name = last.split_once('[').map_or(last, |parts| parts.0);
    look_up(ROWS, name).unwrap_or(if name.starts_with("line") {
        "줄|line"
    } else {
        "행|row"
    })
}

/// The fields that a row cannot do without, where it is not its id.
const NEEDED: &str = "relation=from,to,type,currency;item=value,label;event=label,currency;table=items;role=sublayer;sublayer=layer,id;line=from,to,label,currency,value;row=from,to,label,currency";

/// What becomes of the row: the last clause of the sentence. The readers of `data` decide it; a
/// test reads broken rows and compares.
fn outcome(issue: &Issue, lang: Lang) -> String {
    use IssueKind::{
        BadDate, Duplicate, Missing, Negative, NotFinite, SelfLink, UnknownCode, WrongType,
    };
    let field = issue.field;
    let name = row(&issue.place);
    let row = say(Lang::En, name);
    let datum = among("event,relation,item,line,row", row);
    let measure = among(
        "value,high,usd,amount,amount_usd,amount_krw,valuation,valuation_usd",
        field,
    );
    let needed = among(look_up(NEEDED, row).unwrap_or("id"), field);
    // Some rows are seen, others only stand behind what is seen.
    let left_out = if among("role,framework,source", row) {
        "이 {0을} 뺐습니다.|so this {0} is left out."
    } else {
        "이 {0을} 그리지 않았습니다.|so this {0} is not drawn."
    };
    let words = match issue.kind {
        Missing if field == "value" && row == "row" => {
            "표에만 실었습니다.|so it stands in the table only."
        }
        // Of columns a cell is missing where a row of a file would be.
        WrongType if field == "value" && row == "row" => {
            "표에만 실었습니다.|so it stands in the table only."
        }
        // Without a date a row of columns has no place, not even in the table.
        Missing | WrongType if field == "date" && row == "row" => left_out,
        BadDate if row == "line" => "날짜 없이 실었습니다.|so it is kept without a date.",
        // A table's row is kept without what it cannot say.
        WrongType if row == "line" && measure && field != "value" => {
            "이 값 없이 그렸습니다.|so it is drawn without this value."
        }
        Negative if field == "color" => "이 값 없이 그렸습니다.|so it is drawn without this value.",
        UnknownCode => "이 값 없이 그렸습니다.|so it is drawn without this value.",
        Negative | NotFinite | WrongType if row == "row" && !among("value,date,from,to", field) => {
            "이 값 없이 그렸습니다.|so it is drawn without this value."
        }
        Missing if field == "date" && datum => "표에만 실었습니다.|so it stands in the table only.",
        Duplicate if row != "layer" => "새 id를 붙였습니다.|so this one has a new id.",
        // The same word means a relation, which cannot do without, or a kind of event, which can.
        _ if field == "type" && among("line,row", row) => {
            "쓰지 못했습니다.|so it could not be used."
        }
        Negative | NotFinite | BadDate if datum => left_out,
        WrongType if datum && measure => left_out,
        SelfLink if field != "parent" => left_out,
        _ if needed => left_out,
        _ => "이 값 없이 그렸습니다.|so it is drawn without this value.",
    };
    fill(lang, words, &[say(lang, name)])
}

/// Whether a list has a word.
fn among(list: &str, word: &str) -> bool {
    list.split(',').any(|one| one == word)
}

/// Columns, as issues name the rows of them.
const COLUMNS: &str = "value,color,label,levels.0,levels.1,levels.2,levels.3,levels.4,levels.5,levels.6,levels.7,date,dateEnd,amount,amountUsd,valuation,type,target,lane,\
    nodes.label,nodes.layer,nodes.sublayer,nodes.country,links.from,links.to,links.amount,links.type";

/// What a reference names, where it is not an organisation.
const REFERRED: &str = "sublayer=세부 층|sublayer;sublayers=세부 층|sublayer;layer=층|layer;layers=층|layer;covers=층|layer;source=출처|source;sources=출처|source;\
    part_of=사건|event;event=사건|event;board=표|table;table=표|table;tables=표|table";

/// A sum in brackets, if the text is one. Read here: the reader of floats in std weighs more than
/// all sentences.
fn total(found: &str, lang: Lang) -> String {
    let (mut sum, mut place) = (0.0, 1.0);
    for byte in found.bytes() {
        match byte {
            b'0'..=b'9' if place == 1.0 => sum = sum * 10.0 + f64::from(byte - b'0'),
            b'0'..=b'9' => {
                sum += f64::from(byte - b'0') * place;
                place /= 10.0;
            }
            b'.' if place == 1.0 => place = 0.1,
            _ => return String::new(),
        }
    }
    if found.is_empty() {
        String::new()
    } else {
        fill(lang, "({0})| ({0})", &[&number(sum, lang, 2)])
    }
}
