//! An answer as JSON text, which script reads at once: where answers are few and long that is less
//! code than making their objects one by one.

use core::fmt::Error;

use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::data::write_text;

/// An answer as JSON. What no answer holds (bytes, signs, decimals, tuples) is null.
pub fn json(answer: &impl Serialize) -> String {
    let mut out = Json(String::new());
    // Only what no answer holds fails.
    let _ = answer.serialize(&mut out);
    out.0
}

struct Json(String);

impl Json {
    /// A comma where something stands before.
    fn next(&mut self) {
        if !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        self.next();
        write_text(key, &mut self.0);
        self.0.push(':');
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        self.0.push_str(word);
        Ok(())
    }

    fn whole(&mut self, number: i64) -> Result<(), Error> {
        if number < 0 {
            self.0.push('-');
        }
        self.word(&number.unsigned_abs().to_string())
    }
}

type No = Impossible<(), Error>;

impl Serializer for &mut Json {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeStructVariant = No;

    fn serialize_bool(self, yes: bool) -> Result<(), Error> {
        self.word(if yes { "true" } else { "false" })
    }
    fn serialize_i8(self, number: i8) -> Result<(), Error> {
        self.whole(number.into())
    }
    fn serialize_i16(self, number: i16) -> Result<(), Error> {
        self.whole(number.into())
    }
    fn serialize_i32(self, number: i32) -> Result<(), Error> {
        self.whole(number.into())
    }
    fn serialize_i64(self, number: i64) -> Result<(), Error> {
        self.whole(number)
    }
    fn serialize_u8(self, number: u8) -> Result<(), Error> {
        self.whole(number.into())
    }
    fn serialize_u16(self, number: u16) -> Result<(), Error> {
        self.whole(number.into())
    }
    fn serialize_u32(self, number: u32) -> Result<(), Error> {
        self.whole(number.into())
    }
    fn serialize_u64(self, number: u64) -> Result<(), Error> {
        self.whole(number as i64)
    }
    // The only ones are lines.
    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        self.whole(number as i64)
    }
    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        self.whole(number as i64)
    }
    fn serialize_char(self, _: char) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_str(self, text: &str) -> Result<(), Error> {
        write_text(text, &mut self.0);
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Error> {
        self.word("null")
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(name)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Error> {
        self.0.push('[');
        Ok(self)
    }
    fn serialize_tuple(self, _: usize) -> Result<No, Error> {
        Err(Error)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<No, Error> {
        Err(Error)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<No, Error> {
        Err(Error)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self, Error> {
        self.0.push('{');
        Ok(self)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        self.0.push('{');
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<No, Error> {
        Err(Error)
    }
    fn collect_str<T: core::fmt::Display + ?Sized>(self, _: &T) -> Result<(), Error> {
        Err(Error)
    }
}

impl SerializeSeq for &mut Json {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.next();
        value.serialize(&mut **self)
    }
    fn end(self) -> Result<(), Error> {
        self.word("]")
    }
}

impl SerializeMap for &mut Json {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.next();
        key.serialize(&mut **self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.0.push(':');
        value.serialize(&mut **self)
    }
    fn end(self) -> Result<(), Error> {
        self.word("}")
    }
}

impl SerializeStruct for &mut Json {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.key(key);
        value.serialize(&mut **self)
    }
    fn end(self) -> Result<(), Error> {
        self.word("}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Answer<'a> {
        text: &'a str,
        list: Vec<Vec<&'a str>>,
        none: Option<bool>,
        #[serde(flatten)]
        rest: Rest,
    }

    #[derive(Serialize)]
    struct Rest {
        power: i32,
        line: f64,
        yes: bool,
    }

    #[test]
    fn an_answer_is_the_json_that_script_reads() {
        let answer = Answer {
            text: "a\"\\\n\u{1}[",
            list: vec![vec!["{", "값"], vec![]],
            none: None,
            rest: Rest {
                power: -3,
                line: 7.0,
                yes: true,
            },
        };
        assert_eq!(
            json(&answer),
            r#"{"text":"a\"\\\u000a\u0001[","list":[["{","값"],[]],"none":null,"power":-3,"line":7,"yes":true}"#
        );
    }
}
