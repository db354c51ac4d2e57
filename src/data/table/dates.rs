//! stub
#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Order { DayFirst, MonthFirst }
#[derive(Debug,Clone)] pub enum Reading { Date(String, Option<String>), Doubtful(String, String), Unknown, NoDate, ShortYear }
pub fn order<'a>(_c: impl Iterator<Item=&'a str>) -> Option<Order> { None }
pub fn date(t: &str, _o: Option<Order>) -> Reading { if t.is_empty() {Reading::Unknown} else if crate::data::calendar::parse(t).is_some() { Reading::Date(t.to_string(), None) } else { Reading::NoDate } }
pub fn parts(y: &str, _m: &str, _d: &str) -> Reading { date(y, None) }
