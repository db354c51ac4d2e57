//! stub
#[derive(Debug,Clone)] pub enum Cell { Number(Quantity), Unknown(Unknown), Doubtful(String, String), NoNumber }
#[derive(Debug,Clone)] pub enum Unknown { Empty, NotAvailable, Undisclosed }
#[derive(Debug,Clone)] pub struct Quantity { pub digits: String, pub power: i32, pub unit: Unit, pub approx: bool, pub bound: Bound }
#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Bound { None, AtLeast, MoreThan, UpTo, LessThan }
#[derive(Debug,Clone,Default,PartialEq,Eq)] pub struct Unit { pub power: i32, pub currency: Option<&'static str>, pub percent: bool, pub name: String }
#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Decimal { Point, Comma }
pub fn cell(t: &str, _d: Decimal) -> Cell { if t.is_empty() { Cell::Unknown(Unknown::Empty) } else if t.parse::<f64>().is_ok() { Cell::Number(Quantity{digits:t.to_string(),power:0,unit:Unit::default(),approx:false,bound:Bound::None}) } else { Cell::NoNumber } }
pub fn decimal<'a>(_c: impl Iterator<Item=&'a str>, _s: bool) -> Option<Decimal> { Some(Decimal::Point) }
pub fn json_number(q: &Quantity, p: i32) -> String { if p==0 { q.digits.clone() } else { format!("{}e{p}", q.digits) } }
pub fn heading(t: &str) -> (String, Option<Unit>) { (t.trim().to_string(), None) }
