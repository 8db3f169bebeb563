//! What rustdoc's JSON says is public.

use crate::Result;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the public functions of a crate, as the proof has to name them.
///
/// A function and a method by their path, `icmp_wire::Quote::parse`; a method of a trait impl as
/// `<icmp_wire::Quote as Hash>::hash`, the trait without its path.
pub fn functions(json: &Value) -> Result<BTreeSet<String>> {
    let mut docs = Docs { index: &json["index"], paths: BTreeMap::new() };
    let root = json["root"].as_u64().ok_or("rustdoc's JSON has no root")?;
    docs.enter(root, docs.item(root)["name"].as_str().unwrap_or_default().to_owned());

    let mut functions = BTreeSet::new();
    for (&id, path) in &docs.paths {
        let item = &docs.item(id)["inner"];
        if item["function"].is_object() {
            functions.insert(path.clone());
        }
        functions.extend(docs.methods(&item["trait"]).map(|name| format!("{path}::{name}")));
    }
    for item in json["index"].as_object().into_iter().flat_map(|index| index.values()) {
        let block = &item["inner"]["impl"];
        let derived = list(&item["attrs"]).any(|attribute| attribute == "automatically_derived");
        if derived || block["is_synthetic"] == true || !block["blanket_impl"].is_null() {
            continue;
        }
        for name in docs.methods(block) {
            let path = match &block["trait"] {
                Value::Null => docs.path(&block["for"]["resolved_path"])?,
                implemented => {
                    let for_type = docs.type_name(&block["for"])?;
                    format!("<{for_type} as {}>", docs.with_arguments(implemented)?)
                }
            };
            functions.insert(format!("{path}::{name}"));
        }
    }
    Ok(functions)
}

struct Docs<'a> {
    index: &'a Value,
    /// The public path of each item that has one, the shortest if there are several.
    paths: BTreeMap<u64, String>,
}

impl<'a> Docs<'a> {
    fn item(&self, id: u64) -> &'a Value {
        &self.index[id.to_string()]
    }

    /// Gives an item its path, and the items of a module theirs.
    fn enter(&mut self, id: u64, path: String) {
        if self.paths.get(&id).is_none_or(|known| path.len() < known.len()) {
            self.enter_items(id, &path);
            self.paths.insert(id, path);
        }
    }

    fn enter_items(&mut self, module: u64, path: &str) {
        for id in list(&self.item(module)["inner"]["module"]["items"]).filter_map(Value::as_u64) {
            let item = self.item(id);
            let import = &item["inner"]["use"];
            let (id, name) = match import["id"].as_u64() {
                Some(target) => (target, &import["name"]),
                None => (id, &item["name"]),
            };
            if import["is_glob"] == true {
                self.enter_items(id, path);
            } else if let Some(name) = name.as_str() {
                self.enter(id, format!("{path}::{name}"));
            }
        }
    }

    /// Returns the names of the functions that an impl or a trait has a body for.
    fn methods(&self, block: &'a Value) -> impl Iterator<Item = &'a str> {
        list(&block["items"])
            .filter_map(|id| Some(self.item(id.as_u64()?)))
            .filter(|item| item["inner"]["function"]["has_body"] == true)
            .filter_map(|item| item["name"].as_str())
    }

    fn type_name(&self, ty: &Value) -> Result<String> {
        if let Some(name) = ty["primitive"].as_str() {
            Ok(name.to_owned())
        } else if ty["generic"].is_string() {
            Ok("_".to_owned())
        } else if ty["resolved_path"].is_object() {
            self.with_arguments(&ty["resolved_path"])
        } else if ty["borrowed_ref"].is_object() {
            let reference = &ty["borrowed_ref"];
            let mutable = if reference["is_mutable"] == true { "mut " } else { "" };
            Ok(format!("&{mutable}{}", self.type_name(&reference["type"])?))
        } else if ty["slice"].is_object() {
            Ok(format!("[{}]", self.type_name(&ty["slice"])?))
        } else if let Some(length) = ty["array"]["len"].as_str() {
            Ok(format!("[{}; {length}]", self.type_name(&ty["array"]["type"])?))
        } else {
            Err(format!("no name is known for the type {ty}").into())
        }
    }

    /// Returns the name of a type or a trait with its type arguments.
    fn with_arguments(&self, path: &Value) -> Result<String> {
        let arguments = list(&path["args"]["angle_bracketed"]["args"])
            .filter(|argument| argument["type"].is_object())
            .map(|argument| self.type_name(&argument["type"]))
            .collect::<Result<Vec<_>>>()?;
        let path = self.path(path)?;
        if arguments.is_empty() {
            Ok(path)
        } else {
            Ok(format!("{path}<{}>", arguments.join(", ")))
        }
    }

    /// Returns the public path of what the crate defines, and the plain name of what it does not.
    fn path(&self, path: &Value) -> Result<String> {
        let id = path["id"].as_u64().ok_or_else(|| format!("no path is known for {path}"))?;
        let name = path["path"].as_str().unwrap_or_default();
        match self.paths.get(&id) {
            Some(path) => Ok(path.clone()),
            None if self.item(id).is_null() => {
                Ok(name.rsplit("::").next().unwrap_or(name).to_owned())
            }
            None => Err(format!("no public path leads to {name}").into()),
        }
    }
}

fn list(array: &Value) -> impl Iterator<Item = &Value> {
    array.as_array().into_iter().flatten()
}
