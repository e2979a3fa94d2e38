//! Writes the same RON sooner.
//!
//! The RON writer asks of every character whether it is printable, which for Japanese takes most of the time of a save.
//! Here a text is quoted first, by a table of the characters that never need an escape, and handed on as it is to be
//! written; everything else goes to the RON writer unchanged.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// A value whose texts are written quickly.
pub(super) struct Quick<'a, T: ?Sized> {
    value: &'a T,
    /// Whether it stands in an option, of which only the RON writer knows how it is written.
    optional: bool,
}

/// A value whose texts are written quickly.
pub(super) fn quick<T: ?Sized>(value: &T) -> Quick<'_, T> {
    Quick { value, optional: false }
}

impl<T: Serialize + ?Sized> Serialize for Quick<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Writer { inner: serializer, optional: self.optional })
    }
}

/// Under this name the RON writer takes a text as it is to be written. Its own way there reads each text once more, to
/// see that it is RON; a test holds what is written equal.
const AS_WRITTEN: &str = "$ron::private::RawValue";

/// The text between quotes.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut rest = text;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| !is_plain(*c)) {
        quoted.push_str(&rest[..at]);
        quoted.extend(c.escape_debug());
        rest = &rest[at + c.len_utf8()..];
    }
    quoted.push_str(rest);
    quoted.push('"');
    quoted
}

/// Whether a character is one of those that stand for themselves between quotes. Not all of them are listed: the
/// others are asked of the standard library, as the RON writer does.
fn is_plain(c: char) -> bool {
    match c {
        '"' | '\'' | '\\' => false,
        // ASCII; punctuation, kana, ideographs, full-width forms; not what joins the character before it.
        ' '..='~'
        | '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309b}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff9d}' => true,
        _ => false,
    }
}

/// Hands everything on to `inner`, texts quoted.
struct Writer<S> {
    inner: S,
    optional: bool,
}

/// A list, a map or a structure that is being written.
struct Parts<S>(S);

macro_rules! hand_on {
    ($($method:ident($value:ty),)*) => {$(
        fn $method(self, value: $value) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        }
    )*};
}

impl<S: Serializer> Serializer for Writer<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Parts<S::SerializeSeq>;
    type SerializeTuple = Parts<S::SerializeTuple>;
    type SerializeTupleStruct = Parts<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Parts<S::SerializeTupleVariant>;
    type SerializeMap = Parts<S::SerializeMap>;
    type SerializeStruct = Parts<S::SerializeStruct>;
    type SerializeStructVariant = Parts<S::SerializeStructVariant>;

    hand_on! {
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_i128(i128),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_u128(u128),
        serialize_f32(f32),
        serialize_f64(f64),
        serialize_char(char),
        serialize_bytes(&[u8]),
    }

    fn serialize_str(self, text: &str) -> Result<S::Ok, S::Error> {
        if self.optional {
            return self.inner.serialize_str(text);
        }
        self.inner.serialize_newtype_struct(AS_WRITTEN, quoted(text).as_str())
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_some(&Quick { value, optional: true })
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_struct(name)
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_struct(name, &Quick { value, optional: self.optional })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_variant(name, index, variant, &quick(value))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.inner.serialize_seq(length).map(Parts)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.inner.serialize_tuple(length).map(Parts)
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.inner.serialize_tuple_struct(name, length).map(Parts)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.inner.serialize_tuple_variant(name, index, variant, length).map(Parts)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.inner.serialize_map(length).map(Parts)
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.inner.serialize_struct(name, length).map(Parts)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.inner.serialize_struct_variant(name, index, variant, length).map(Parts)
    }
}

macro_rules! hand_parts_on {
    ($($part:ident: $method:ident,)*) => {$(
        impl<S: $part> $part for Parts<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                self.0.$method(&quick(value))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    )*};
}

hand_parts_on! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

macro_rules! hand_fields_on {
    ($($part:ident,)*) => {$(
        impl<S: $part> $part for Parts<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), S::Error> {
                self.0.serialize_field(name, &quick(value))
            }

            fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
                self.0.skip_field(name)
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    )*};
}

hand_fields_on! {
    SerializeStruct,
    SerializeStructVariant,
}

impl<S: SerializeMap> SerializeMap for Parts<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.0.serialize_key(&quick(key))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&quick(value))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ron::extensions::Extensions;
    use ron::ser::{PrettyConfig, to_string_pretty};
    use serde_json::json;
    use std::collections::BTreeMap;

    fn layout() -> PrettyConfig {
        PrettyConfig::new().extensions(Extensions::IMPLICIT_SOME).depth_limit(8)
    }

    fn same<T: Serialize>(value: &T) {
        let slow = to_string_pretty(value, layout()).unwrap();
        assert_eq!(to_string_pretty(&quick(value), layout()).unwrap(), slow);
    }

    #[test]
    fn a_dossier_is_written_as_the_ron_writer_writes_it() {
        same(&crate::sample::dossier().unwrap());
        let size = crate::generate::Size { projects: 2, years: 3, members: 4 };
        same(&crate::generate::dossier(size, 7));
    }

    #[test]
    fn what_counts_as_plain_is_never_escaped() {
        for c in (0..=0xffff_u32).filter_map(char::from_u32).filter(|c| is_plain(*c)) {
            assert_eq!(c.escape_debug().collect::<String>(), c.to_string(), "{c:?}");
        }
        assert!(is_plain('評') && is_plain('、') && !is_plain('"') && !is_plain('\u{3099}'));
    }

    proptest! {
        #[test]
        fn every_text_is_written_as_the_ron_writer_writes_it(
            text in "(?s).{0,12}|[ -~]{0,12}",
            other in proptest::option::of("(?s).{0,4}"),
        ) {
            #[derive(serde::Serialize)]
            struct Row<'a> {
                text: &'a str,
                other: &'a Option<String>,
                nested: Option<Vec<&'a str>>,
                map: BTreeMap<&'a str, (i16, &'a str)>,
                json: serde_json::Value,
            }
            same(&Row {
                text: &text,
                other: &other,
                nested: Some(vec![&text, "", "語"]),
                map: BTreeMap::from([(text.as_str(), (3, text.as_str()))]),
                json: json!({ "k": text }),
            });
        }
    }
}
