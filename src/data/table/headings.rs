//! The headings that are understood, for every kind of data: field → headings, as people write them
//! in Korean, English and Japanese. `ai-atlas formats` prints this table.

/// What the cells of a column are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Words, as they stand.
    Text,
    /// A number, perhaps with a unit.
    Number,
    /// A date.
    Date,
    /// Yes or no.
    Flag,
}

/// A field of a kind of data, and the headings under which it is found.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in files.
    pub name: &'static str,
    /// What its cells are.
    pub takes: Takes,
    /// Headings besides the name, separated by commas. Capitals, blanks, hyphens, full stops and
    /// underscores make no difference, nor does a unit in brackets.
    pub headings: &'static str,
}

/// What a table of one kind of data may hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// The kind, as elements and files name it, without `ai-atlas/`.
    pub kind: &'static str,
    /// Its fields. Where two have one heading the first is meant.
    pub fields: &'static [Field],
    /// Fields without which nothing can be drawn.
    pub needed: &'static [&'static str],
}

const fn text(name: &'static str, headings: &'static str) -> Field {
    Field {
        name,
        takes: Takes::Text,
        headings,
    }
}

const fn number(name: &'static str, headings: &'static str) -> Field {
    Field {
        name,
        takes: Takes::Number,
        headings,
    }
}

const fn date(name: &'static str, headings: &'static str) -> Field {
    Field {
        name,
        takes: Takes::Date,
        headings,
    }
}

const fn flag(name: &'static str, headings: &'static str) -> Field {
    Field {
        name,
        takes: Takes::Flag,
        headings,
    }
}

const STATUS: Field = text("status", "상태, 状態");
const SOURCE: Field = text(
    "source",
    "출처, 자료, 자료원, 근거, references, reference, 出典, 出所",
);
const NOTE: Field = text(
    "note",
    "비고, 메모, 참고, 설명, notes, remark, remarks, comment, comments, description, text, 備考, 注, 説明",
);
const CURRENCY: Field = text(
    "currency",
    "통화, 화폐, 통화 단위, currency code, price currency code, price currency, raised currency code, money raised currency, raised currency, amount currency, deal currency, devise, währung, 通貨, 币种",
);
const SCALE: Field = text(
    "scale",
    "배율, 단위 배수, multiplier, unit mult, power code, powercode, unit multiplier",
);
const PLANNED: Field = flag("planned", "계획, 예정");
const CUMULATIVE: Field = flag("cumulative", "누적");

static VALUE_CHAIN: Schema = Schema {
    kind: "value-chain",
    fields: &[
        text(
            "from",
            "source company, source, supplier, seller, vendor, investor, acquirer, sender, origin, company a, entity a, owner, shareholder, parent company, \
             주체, 주는 쪽, 供給する側, 주주, 모회사, 출발, 출발지, 보내는 곳, 에서, 공급사, 공급자, 공급 업체, 공급 기업, 공급처, 판매사, 투자사, 투자자, 투자 기업, 인수 기업, 인수사, 기업 A, 기업1, 회사1, \
             出発, 供給元, 供給者, 投資家, 投資元, から",
        ),
        text(
            "to",
            "target company, target, customer, buyer, client, investee, acquiree, acquired company, destination, receiver, company b, entity b, subsidiary, portfolio company, \
             대상, 받는 쪽, 受ける側, 자회사, 도착, 도착지, 받는 곳, 고객사, 고객, 수요 기업, 수요처, 구매사, 피투자사, 피투자 기업, 투자 대상, 인수 대상, 피인수 기업, 기업 B, 기업2, 회사2, \
             到着, 供給先, 顧客, 投資先, へ",
        ),
        text(
            "type",
            "relation, relationship, relation type, link type, 유형, 관계, 관계 유형, 종류, 구분, 関係, 種類",
        ),
        number("amount_usd", "usd, amount in usd, 금액 달러, 달러"),
        number("amount_krw", "krw, 금액 원"),
        number(
            "amount",
            "value, size, weight, volume, sum, deal size, deal value, price, stake, share, share of revenue, 금액, 규모, 거래액, 거래금액, 거래 금액, 거래 규모, 계약액, 계약금액, 계약 금액, 계약 규모, 투자액, 투자금, 투자금액, 투자 금액, 값, 수치, 물량, \
             지분, 지분율, 비중, 매출 비중, 金額, 規模, 値",
        ),
        CURRENCY,
        text("unit", "단위, units, 単位"),
        SCALE,
        text(
            "from_layer",
            "source layer, stage of from, 주는 쪽 단계, 주체 계층, 주체 층, 출발 계층, 공급사 단계, 출발 단계",
        ),
        text(
            "to_layer",
            "target layer, stage of to, 받는 쪽 단계, 대상 계층, 대상 층, 도착 계층, 고객사 단계, 도착 단계",
        ),
        date(
            "date",
            "날짜, 일자, 시점, 연도, 시기, year, when, announced, 年, 日付, 年月",
        ),
        text(
            "label",
            "name, title, product, item, what, deal, 이름, 제목, 내용, 품목, 제품, 거래, 계약, 項目, 製品, 品目, 内容",
        ),
        NOTE,
        STATUS,
        SOURCE,
        text("id", ""),
        text("label_ko", ""),
        text("label_en", ""),
        text("note_ko", ""),
        text("note_en", ""),
        flag("approx", ""),
        text("bound", ""),
        CUMULATIVE,
        flag("disputed", ""),
        PLANNED,
    ],
    needed: &["from", "to"],
};

/// A table of organisations without relations, which a value chain can be as well.
static ORGANISATIONS: Schema = Schema {
    kind: "value-chain",
    fields: &[
        text(
            "name",
            "label, company, organisation, organization, entity, firm, 이름, 기업, 회사, 업체, 기관, 조직, 기업명, 회사명, 업체명, 企業, 会社, 名前, 組織, 社名",
        ),
        text(
            "layer",
            "stage, 계층, 층, 단계, 밸류체인, 가치사슬 단계, 밸류체인 단계, 段階, レイヤー, 層",
        ),
        text("country", "국가, 국적, 나라, 국가코드, country code, 国"),
        text("activity", "role, 역할, 하는 일, 사업, 役割, 事業"),
        NOTE,
        SOURCE,
        text("founded", "설립, 설립 연도, 설립일, founded in, 設立"),
        text("id", ""),
    ],
    needed: &["name", "layer"],
};

static MARKET_SHARE: Schema = Schema {
    kind: "market-share",
    fields: &[
        text(
            "label",
            "name, company, company name, companies, organization name, organisation name, firm, vendor, supplier, manufacturer, brand, item, product, entity, party name, category, segment, country, country name, countries, \
             region, state, city, model, security, party, partei, parti, candidate, geo, geopolitical entity (reporting), reference area, ref area, location, geography, territory, row labels, path, \
             unternehmen, firma, land, entreprise, société, pays, empresa, país, azienda, paese, kanton, bundesland, 公司, 企业, 国家, 地区, 名称, 品牌, 项目, \
             이름, 회사, 회사명, 기업, 기업명, 업체, 업체명, 사업, 사업명, 과제명, 학교, 대학, 응답, 답변, 유형, 항목, 구분, 국가, 국가명, 나라, 지역, 시도, 시도별, 제조사, 제조업체, 공급사, 브랜드, 제품, 품목, 종목, 종목명, 정당, 후보, 기관, 모델, 분야, 산업, 이름(한글), 사업자, \
             企業, 企業名, 会社, 会社名, 社名, メーカー, 名前, 項目, 国, 国名, 地域, 製品, 政党, 品目",
        ),
        number(
            "value",
            "values, share, market share, percent, percentage, per cent, pct, share of total, vote share, amount, sales, revenue, revenues, turnover, market cap, market capitalization, \
             market capitalisation, marketcap, shipments, size, count, number, total value, price, votes, seats, population, gdp, capacity, obs value, observation value, amount spent, budget, employees, users, \
             units sold, volume, valuation, funding, money raised, raised, investment, spending, expenditure, capex, stake, prozent, anteil, marktanteil, stimmen, zweitstimmen, sitze, umsatz, einwohner, wert, \
             part de marché, chiffre d'affaires, chiffre d’affaires, valeur, montant, effectif, cuota de mercado, ingresos, valor, población, quota di mercato, fatturato, ricavi, valore, \
             값, 점유율, 시장 점유율, 시장점유, 비중, 비율, 구성비, 득표율, 지분율, 지분, 예산, 예산안, 예산액, 결산, 결산액, 집행액, 사업비, 연구비, 의석, 의석수, 득표, 이용자, 이용자 수, 가입자, 가입자 수, 직원 수, 종업원 수, 인원, 기업 수, 업체 수, 가격, 금액, 수치, 수, 매출, 매출액, 시가총액, 시총, 규모, 시장 규모, 출하량, 생산량, 판매량, 판매액, 수출액, 투자액, 투자금액, 투자 금액, 설비투자, 수입액, 거래액, 순이익, 영업이익, 인구, 인구수, 인구 수, 건수, 개수, 득표수, 점유, 수량, 총액, 자산, \
             値, シェア, 市場シェア, 割合, 構成比, 比率, 売上, 売上高, 売上収益, 営業利益, 予算, 金額, 市场份额, 份额, 占比, 营收, 收入, 销售额, 金额, 数值, 市值, 出荷, 出荷台数, 時価総額, 人口, 数, 数量, 得票率",
        ),
        text(
            "group",
            "groups, sector, industry, parent, gruppe, branche, secteur, gics sector, continent, 묶음, 그룹, 분류, 대분류, 분야, 구분, 업종, 섹터, 부문, 계열, グループ, 分類, 業種, セクター",
        ),
        text(
            "period",
            "year, date, month, quarter, time, time period, week, 주, 주차, fiscal year, financial year, calendar year, years, fy, jahr, année, annee, año, anno, 연도, 년도, 회계연도, 사업연도, 연월, 년, 월, 시점, 기간, 기준 연도, 기준연도, 분기, 반기, 年, 年度, 期間, 時点, 年月, 四半期, 年份",
        ),
        text("party", "organisation, organization, entity, 기관"),
        text("country", "국가코드, country code, code country"),
        text("layer", "계층, 층, 단계"),
        text("as_of", "as of, 날짜, 기준일, 일자, 基準日"),
        text(
            "unit",
            "단위, units, unit of measure, einheit, unité, 単位, 单位",
        ),
        SCALE,
        CURRENCY,
        text(
            "metric",
            "indicator, indicator name, series name, subject descriptor, variable, statistic, 지표, 지표명, 통계항목, 측정항목, 항목, 指標",
        ),
        number(
            "color",
            "colour, 색, 색상값, 색으로 보일 값, value shown by colour, growth, growth rate, 증감률, 성장률, 증감율, 증가율, 전년비, 전년 대비, 전년대비, 전년 대비 증감률, 전년동기비, change, % change, yoy, yoy growth, veränderung, évolution, variation, 前年比, 増減率, 伸び率",
        ),
        STATUS,
        SOURCE,
        NOTE,
        text("label_ko", ""),
        text("label_en", ""),
        text("note_ko", ""),
        text("note_en", ""),
        flag("approx", ""),
        text("bound", ""),
        flag("disputed", ""),
        PLANNED,
        text("derived", ""),
    ],
    needed: &["label", "value"],
};

static FUNDING_TIMELINE: Schema = Schema {
    kind: "funding-timeline",
    fields: &[
        date(
            "date",
            "when, day, start, start date, begin, announced, announced date, announced on, funded at, acquired at, closed, date announced, published, deal date, closed date, close date, last funding date, acquisition date, \
             investment date, funding date, launch date, period, time, timestamp, datum, fecha, fechas, 날짜, 일자, 시점, 일시, 발표일, 시작, 시작일, 시기, 투자일, 투자 시점, 투자시기, 투자 시기, 유치일, 인수일, 출시일, 설립일, 기간, 연월, 연월일, 공시일, 계약일, \
             日付, 日時, 年月日, 年月, 発表日, 開始, 時期, 期間, 日期, 时间",
        ),
        date("year", "연도, 년도, 년, start year, 年, 年度"),
        text("month", "월, start month, 月"),
        text("day", "일, start day, 日"),
        date(
            "date_end",
            "end, end date, finish, 종료일, 끝나는 날, 끝, 종료, 終了, 終了日",
        ),
        date("end_year", "종료 연도"),
        text("end_month", ""),
        text("end_day", ""),
        text(
            "type",
            "kind, category, event type, round, series, stage, round type, funding round type, funding type, transaction name type, deal type, last funding type, event kind, \
             유형, 유형·라운드, 종류, 구분, 분류, 라운드, 투자 단계, 단계, 투자 유형, 種類, 種別, ラウンド, 区分, シリーズ",
        ),
        text(
            "actors",
            "actor, investor, investors, investor name, investor names, lead investor, lead investors, acquirer, acquirer name, acquirer names, acquiring company, buyer, top 5 investors, last equity funding investors, who, \
             주체, 투자자·주체, 투자자, 투자사, 투자 기관, 기관, 주요 투자자, 인수자, 인수 기업, 投資家, 出資者, 買い手",
        ),
        text(
            "target",
            "company, company name, companies, portfolio company, organization name, organisation name, acquired, acquired organization name, acquired company name, announced company, organisation, organization, startup, recipient, acquiree, acquired company, acquiree name, \
             대상, 대상 기업, 회사, 회사명, 기업, 기업명, 업체, 업체명, 스타트업, 피투자 기업, 피투자사, 인수 대상, \
             企業, 企業名, 会社, 会社名, 対象, 調達企業",
        ),
        number(
            "amount_usd",
            "usd, amount in us$, raised amount usd, money raised usd, money raised in usd, money raised currency in usd, price usd, price currency in usd, last funding amount currency in usd, last funding amount in usd, amount raised usd, 금액 달러, 투자액 달러",
        ),
        number("amount_krw", "krw, amount in won, 금액 원"),
        number(
            "amount",
            "value, betrag, montant, importe, importo, last funding amount, round size, total raised, funding amount raised, sum, size, money, raised, money raised, raised amount, amount raised, funding, funding amount, investment, price, price amount, deal size, deal value, \
             금액, 투자액, 투자금, 투자금액, 투자 금액, 투자 규모, 유치액, 유치금액, 유치 금액, 유치 규모, 투자유치금액, 투자 유치금액, 투자 유치 금액, 투자유치액, 투자 유치액, 투자유치 금액, 투자금 규모, 조달액, 조달금액, 조달 금액, 조달 규모, 계약금액, 계약 금액, 거래금액, 거래 금액, 인수금액, 매각 금액, 매각가, \
             라운드 규모, 펀딩 금액, 지원금, 사업비, 예산, 규모, 인수가, 인수 금액, 거래액, \
             金額, 調達額, 資金調達額, 調達金額, 投資額, 買収額, 規模, 融资金额, 金额",
        ),
        CURRENCY,
        flag("amount_undisclosed", "금액 비공개"),
        number(
            "valuation_usd",
            "post money valuation usd, post money valuation currency in usd, post money valuation in usd, 기업가치 달러",
        ),
        number(
            "valuation",
            "post money valuation, pre money valuation, post valuation, pre valuation, company valuation, worth, 기업가치, 기업 가치, 몸값, 평가액, 企業価値, 評価額, 時価総額",
        ),
        text(
            "label",
            "name, title, event, headline, what, transaction name, 이름, 제목, 내용, 사건, 행사, 이벤트, 사업명, 정책, 見出し, 出来事, 内容, 件名, 題名",
        ),
        text(
            "note",
            "description, text, details, 비고, 메모, 참고, 설명, 상세, notes, remark, remarks, comment, 備考, 注, 説明",
        ),
        STATUS,
        SOURCE,
        text("id", ""),
        text("label_ko", ""),
        text("label_en", ""),
        text("note_ko", ""),
        text("note_en", ""),
        flag("approx", ""),
        text("bound", ""),
        CUMULATIVE,
        flag("disputed", ""),
        PLANNED,
        flag("peripheral", ""),
    ],
    needed: &["date"],
};

/// Every kind of table, in the order in which they are tried.
pub static SCHEMAS: [&Schema; 4] = [
    &VALUE_CHAIN,
    &MARKET_SHARE,
    &FUNDING_TIMELINE,
    &ORGANISATIONS,
];

/// Headings of two ends that say by themselves what the relation is.
pub(super) static RELATIONS: [(&str, &str); 3] = [
    (
        "supplies",
        "supplier, vendor, seller, customer, client, 공급사, 공급자, 공급 업체, 공급 기업, 공급처, 고객사, 供給元, 供給者, 供給先",
    ),
    (
        "invests_in",
        "investor, investee, 투자사, 투자자, 투자 기업, 피투자사, 피투자 기업, 투자 대상, 投資家, 投資元, 投資先",
    ),
    (
        "acquires",
        "acquirer, acquiree, acquired company, 인수 기업, 인수사, 인수 대상, 피인수 기업",
    ),
];

/// Headings that say that numbers without any sign are per cents.
pub(super) const PER_CENT: &str = "share, market share, percent, percentage, per cent, pct, vote share, share of total, share of revenue, revenue share, share of market, prozent, anteil, marktanteil, \
     part de marché, cuota de mercado, quota di mercato, 市场份额, 份额, 占比, \
     점유율, 시장 점유율, 비중, 매출 비중, 구성비, 득표율, 지분율, シェア, 市場シェア, 割合, 構成比, 得票率";

impl Schema {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that a heading means, which bears no unit any more.
    pub(super) fn meant(&self, heading: &str) -> Option<&'static Field> {
        self.fields
            .iter()
            .find(|field| same(field.name, heading))
            .or_else(|| {
                self.fields
                    .iter()
                    .find(|field| listed(field.headings, heading))
            })
    }

    /// The field whose name or heading is closest to a heading that is none: it holds one, or is
    /// held by it, or differs from it in few letters.
    pub(super) fn nearest(&self, heading: &str) -> Option<&'static str> {
        let wanted = letters(heading);
        if wanted.len() < 2 {
            return None;
        }
        let mut best: Option<(usize, &'static str)> = None;
        for field in self.fields {
            for name in core::iter::once(field.name).chain(field.headings.split(',')) {
                let name = letters(name);
                if name.is_empty() {
                    continue;
                }
                let shorter = name.len().min(wanted.len());
                // Two syllables of Hangul are a word, two letters are none.
                let word = shorter > 2 || (shorter > 1 && !name.iter().all(char::is_ascii));
                let held = word && (holds(&name, &wanted) || holds(&wanted, &name));
                let edits = distance(&name, &wanted);
                let distance = if held { 1 } else { edits };
                if (held || (shorter > 3 && edits <= shorter / 5 + usize::from(shorter == 4)))
                    && best.is_none_or(|(least, _)| distance < least)
                {
                    best = Some((distance, field.name));
                }
            }
        }
        best.map(|(_, name)| name)
    }
}

/// Whether a heading is in a list that commas separate.
pub(super) fn listed(list: &str, heading: &str) -> bool {
    list.split(',').any(|name| same(name, heading))
}

/// Whether two headings are one: capitals and what stands between words make no difference.
pub(super) fn same(a: &str, b: &str) -> bool {
    let mut a = plain(a).peekable();
    a.peek().is_some() && a.eq(plain(b))
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | ':' | '/' | '·' | '#'))
        .map(|c| c.to_ascii_lowercase())
}

/// The first letters of a heading, as they are compared.
fn letters(text: &str) -> Vec<char> {
    plain(text).take(40).collect()
}

fn holds(long: &[char], short: &[char]) -> bool {
    long.windows(short.len().max(1)).any(|part| part == short)
}

/// How many letters have to be put in, taken out or changed to make one of the other: Levenshtein's
/// distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = corner + usize::from(x != y);
            corner = *cell;
            left = changed.min(corner + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}
