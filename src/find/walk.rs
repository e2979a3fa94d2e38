//! Every text of a part of the dossier with its place, read off as it would be saved.

use super::fields::{Nature, is_said, nature};
use crate::model::{Period, Place, Quantity, Step, When, grouped};
use serde::de::DeserializeOwned;
use serde::ser::{self, Impossible, Serialize, Serializer};
use serde_json::{Map, Value};
use std::fmt;

/// A step within a list whose rows have no ids, which a [`Place`] ends at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Within {
    /// The row at that position.
    At(usize),
    /// A field of it.
    Field(String),
}

/// A text that was come across.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) place: Place,
    pub(super) within: Vec<Within>,
    pub(super) text: &'a str,
    /// The same figure in another form, as a table shows it.
    pub(super) also: Option<String>,
    /// Whether it is never replaced.
    pub(super) fixed: bool,
}

/// Gives every text of `part`, which stands at `place`, to `visit`; `skip` names fields of `part` to be left out.
pub(super) fn texts(
    part: &impl Serialize,
    place: &Place,
    skip: &'static [&'static str],
    visit: &mut dyn FnMut(Found<'_>),
) {
    let mut walk = Walk {
        steps: place.steps().to_vec(),
        within: Vec::new(),
        owner: "",
        field: "",
        depth: 0,
        skip,
        visit,
    };
    // Nothing in here fails: what is not text is passed over.
    let _ = part.serialize(&mut walk);
}

struct Walk<'v> {
    steps: Vec<Step>,
    within: Vec<Within>,
    /// The record that is being read, and its field.
    owner: &'static str,
    field: &'static str,
    /// How many records the walk is in.
    depth: usize,
    skip: &'static [&'static str],
    visit: &'v mut dyn FnMut(Found<'_>),
}

impl Walk<'_> {
    fn found(&mut self, text: &str, also: Option<String>, fixed: bool) {
        if text.trim().is_empty() && also.is_none() {
            return;
        }
        let place = Place::of_steps(&self.steps);
        (self.visit)(Found { place, within: self.within.clone(), text, also, fixed });
    }

    /// Goes a step on; within a list without ids that is no step of a place.
    fn enter(&mut self, step: &str) {
        if self.within.is_empty() {
            self.steps.push(step.into());
        } else {
            self.within.push(Within::Field(step.to_owned()));
        }
    }

    fn leave(&mut self) {
        if self.within.pop().is_none() {
            self.steps.pop();
        }
    }
}

/// Nothing stops a walk; serde wants a name for what might.
#[derive(Debug)]
pub(super) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

impl ser::Error for Stopped {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Passes over values that say nothing.
macro_rules! nothing {
    ($ok:expr; $($method:ident: $kind:ty),* $(,)?) => {$(
        fn $method(self, _: $kind) -> Result<Self::Ok, Stopped> {
            $ok
        }
    )*};
}

/// Reads numbers that may be years.
macro_rules! numbers {
    ($($method:ident: $kind:ty),* $(,)?) => {$(
        fn $method(self, number: $kind) -> Result<(), Stopped> {
            if is_said(self.owner, self.field) {
                self.found(&number.to_string(), None, true);
            }
            Ok(())
        }
    )*};
}

impl<'w, 'v> Serializer for &'w mut Walk<'v> {
    type Ok = ();
    type Error = Stopped;
    type SerializeSeq = List<'w, 'v>;
    type SerializeTuple = List<'w, 'v>;
    type SerializeTupleStruct = Impossible<(), Stopped>;
    type SerializeTupleVariant = Impossible<(), Stopped>;
    type SerializeMap = Entries<'w, 'v>;
    type SerializeStruct = Record<'w, 'v>;
    type SerializeStructVariant = Impossible<(), Stopped>;

    nothing!(Ok(()); serialize_bool: bool, serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8]);
    numbers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    );

    fn serialize_str(self, text: &str) -> Result<(), Stopped> {
        let fixed = nature(self.owner, self.field) == Nature::Fixed;
        self.found(text, None, fixed);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Stopped> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Stopped> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Stopped> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Stopped> {
        Ok(())
    }

    /// A choice from a list is no text.
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Stopped> {
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Stopped> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Stopped> {
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Stopped> {
        Ok(List { walk: self, at: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Stopped> {
        Ok(List { walk: self, at: 0 })
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Stopped> {
        Err(Stopped)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Stopped> {
        Err(Stopped)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Stopped> {
        Ok(Entries { walk: self })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self::SerializeStruct, Stopped> {
        let outer = std::mem::replace(&mut self.owner, name);
        self.depth += 1;
        let shown = matches!(name, "Quantity" | "When" | "Period").then(Map::new);
        Ok(Record { walk: self, name, outer, shown })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Stopped> {
        Err(Stopped)
    }
}

/// A list. Its rows are named by their ids; where they have none, by their position.
struct List<'w, 'v> {
    walk: &'w mut Walk<'v>,
    at: usize,
}

impl List<'_, '_> {
    fn element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stopped> {
        match row_name(value).filter(|_| self.walk.within.is_empty()) {
            Some(name) => self.walk.steps.push(name.into()),
            None => self.walk.within.push(Within::At(self.at)),
        }
        self.at += 1;
        let done = value.serialize(&mut *self.walk);
        self.walk.leave();
        done
    }
}

impl ser::SerializeSeq for List<'_, '_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stopped> {
        self.element(value)
    }

    fn end(self) -> Result<(), Stopped> {
        Ok(())
    }
}

impl ser::SerializeTuple for List<'_, '_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stopped> {
        self.element(value)
    }

    fn end(self) -> Result<(), Stopped> {
        Ok(())
    }
}

/// The entries of a map.
struct Entries<'w, 'v> {
    walk: &'w mut Walk<'v>,
}

impl ser::SerializeMap for Entries<'_, '_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Stopped> {
        self.walk.enter(&key.serialize(Name).map_err(|_| Stopped)?);
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stopped> {
        let done = value.serialize(&mut *self.walk);
        self.walk.leave();
        done
    }

    fn end(self) -> Result<(), Stopped> {
        Ok(())
    }
}

/// A record of the model.
struct Record<'w, 'v> {
    walk: &'w mut Walk<'v>,
    name: &'static str,
    /// The record that it is in.
    outer: &'static str,
    /// The fields of a record that is shown as one text, such as a figure.
    shown: Option<Map<String, Value>>,
}

impl ser::SerializeStruct for Record<'_, '_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        field: &'static str,
        value: &T,
    ) -> Result<(), Stopped> {
        if let Some(fields) = self.shown.as_mut().filter(|_| field != "note") {
            if let Ok(value) = serde_json::to_value(value) {
                fields.insert(field.to_owned(), value);
            }
            return Ok(());
        }
        let left_out = self.walk.depth == 1 && self.walk.skip.contains(&field);
        if left_out || nature(self.name, field) == Nature::Hidden {
            return Ok(());
        }
        let outer = std::mem::replace(&mut self.walk.field, field);
        self.walk.enter(field);
        let done = value.serialize(&mut *self.walk);
        self.walk.leave();
        self.walk.field = outer;
        self.walk.owner = self.name;
        done
    }

    fn end(self) -> Result<(), Stopped> {
        let Self { walk, name, outer, shown } = self;
        walk.owner = outer;
        walk.depth -= 1;
        let Some(fields) = shown else { return Ok(()) };
        match name {
            "Quantity" => {
                if let Some(quantity) = read::<Quantity>(fields) {
                    let shown = quantity.display();
                    let also = quantity.value().map(grouped).filter(|figure| *figure != shown);
                    walk.found(&shown, also, true);
                }
            }
            "When" => {
                if let Some(when) = read::<When>(fields) {
                    walk.found(&when.display(), None, true);
                }
            }
            _ => {
                if let Some(period) = read::<Period>(fields) {
                    walk.found(&period.display(), None, true);
                }
            }
        }
        Ok(())
    }
}

fn read<T: DeserializeOwned>(fields: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(fields)).ok()
}

/// What a row is called by: its id, or else its number.
fn row_name<T: ?Sized + Serialize>(row: &T) -> Option<String> {
    let names = row.serialize(RowName).ok()?;
    names.id.or(names.no)
}

/// Reads what a row is called by and passes over all else.
struct RowName;

#[derive(Default)]
struct Names {
    id: Option<String>,
    no: Option<String>,
}

/// Refuses whatever is not of the kind that is looked for.
macro_rules! refuse {
    ($ok:ty; $($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, _: $kind) -> Result<$ok, Stopped> {
            Err(Stopped)
        })*

        fn serialize_bool(self, _: bool) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_f32(self, _: f32) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_f64(self, _: f64) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_char(self, _: char) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_bytes(self, _: &[u8]) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_none(self) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_unit(self) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_unit_struct(self, _: &'static str) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_newtype_variant<T: ?Sized + Serialize>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<$ok, Stopped> {
            Err(Stopped)
        }

        fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<$ok, Stopped> {
            value.serialize(self)
        }

        fn serialize_newtype_struct<T: ?Sized + Serialize>(
            self,
            _: &'static str,
            value: &T,
        ) -> Result<$ok, Stopped> {
            value.serialize(self)
        }

        fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Stopped> {
            Err(Stopped)
        }

        fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Stopped> {
            Err(Stopped)
        }

        fn serialize_tuple_struct(
            self,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeTupleStruct, Stopped> {
            Err(Stopped)
        }

        fn serialize_tuple_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeTupleVariant, Stopped> {
            Err(Stopped)
        }

        fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Stopped> {
            Err(Stopped)
        }

        fn serialize_struct_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeStructVariant, Stopped> {
            Err(Stopped)
        }
    };
}

impl Serializer for RowName {
    type Ok = Names;
    type Error = Stopped;
    type SerializeSeq = Impossible<Names, Stopped>;
    type SerializeTuple = Impossible<Names, Stopped>;
    type SerializeTupleStruct = Impossible<Names, Stopped>;
    type SerializeTupleVariant = Impossible<Names, Stopped>;
    type SerializeMap = Impossible<Names, Stopped>;
    type SerializeStruct = Names;
    type SerializeStructVariant = Impossible<Names, Stopped>;

    refuse!(
        Names;
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_str: &str,
    );

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<Names, Stopped> {
        Err(Stopped)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Names, Stopped> {
        Ok(Names::default())
    }
}

impl ser::SerializeStruct for Names {
    type Ok = Self;
    type Error = Stopped;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        field: &'static str,
        value: &T,
    ) -> Result<(), Stopped> {
        match field {
            "id" => self.id = value.serialize(Name).ok(),
            "no" => self.no = value.serialize(Name).ok(),
            _ => {}
        }
        Ok(())
    }

    fn end(self) -> Result<Self, Stopped> {
        Ok(self)
    }
}

/// Reads a name: a text, a whole number or a choice, as an id or the key of a map is.
struct Name;

/// Numbers as names.
macro_rules! named {
    ($($method:ident: $kind:ty),* $(,)?) => {$(
        fn $method(self, name: $kind) -> Result<String, Stopped> {
            Ok(name.to_string())
        }
    )*};
}

impl Serializer for Name {
    type Ok = String;
    type Error = Stopped;
    type SerializeSeq = Impossible<String, Stopped>;
    type SerializeTuple = Impossible<String, Stopped>;
    type SerializeTupleStruct = Impossible<String, Stopped>;
    type SerializeTupleVariant = Impossible<String, Stopped>;
    type SerializeMap = Impossible<String, Stopped>;
    type SerializeStruct = Impossible<String, Stopped>;
    type SerializeStructVariant = Impossible<String, Stopped>;

    named!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_str: &str,
    );
    refuse!(String;);

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<String, Stopped> {
        Ok(name.to_owned())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Stopped> {
        Err(Stopped)
    }
}
