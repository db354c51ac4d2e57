//! What the reader can set: framework, search, country, kind. Not here: what the filters let
//! through (`filters`), and the legend (`captions`).

use super::headings::framework;
use super::labels::kind_name;
use crate::data::Lang;
use crate::data::value_chain::ValueChain;
use crate::layout::order;
use crate::text::{self, fill, say};
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::{Control, View};

/// All controls of a chain.
pub(super) fn add(data: &ValueChain, builder: &mut FigureBuilder<'_>) {
    let view = builder.view;
    let lang = view.lang;
    let set = &view.state.value_chain;
    let controls = &mut builder.picture.controls;
    controls.extend(frameworks(data, view));
    controls.push(Control {
        key: "find",
        label: say(lang, "조직 찾기|Find an organisation").to_string(),
        kind: "search",
        ..Control::default()
    });
    let countries = count(data.entities.iter().map(|e| e.country.as_deref()));
    let country = Control {
        key: "country",
        label: say(lang, "나라|Country").to_string(),
        kind: "select",
        value: set.country.clone(),
        ..Control::default()
    };
    controls.extend(select(country, &countries, lang, |word| {
        text::country(word, lang)
    }));
    let kinds = count(data.entities.iter().map(|e| Some(&*e.kind)));
    let kind = Control {
        key: "kind",
        label: say(lang, "종류|Kind").to_string(),
        kind: "select",
        value: set.kind.clone(),
        ..Control::default()
    };
    controls.extend(select(kind, &kinds, lang, |word| {
        kind_name(word, lang).to_string()
    }));
}

/// The frameworks to choose from; none where there is no choice.
fn frameworks(data: &ValueChain, view: &View) -> Option<Control> {
    let lang = view.lang;
    let chosen = framework(data, view)?;
    let mut options = Vec::new();
    for framework in &data.frameworks {
        // The name before the colon is enough on a button.
        let label = framework.label.get(lang);
        let label = label.split(':').next().unwrap_or(label);
        options.push((framework.id.clone(), label.to_string()));
    }
    let label = say(lang, "분류|Framework");
    Control::views("framework", label, options, &chosen.id)
}

/// How often each word stands in a list, in the order in which they are met.
fn count<'a>(words: impl Iterator<Item = Option<&'a str>>) -> Vec<(String, usize)> {
    let mut list: Vec<(String, usize)> = Vec::new();
    for word in words.flatten().filter(|word| !word.is_empty()) {
        match list.iter_mut().find(|one| one.0 == word) {
            Some(one) => one.1 += 1,
            None => list.push((word.to_string(), 1)),
        }
    }
    list
}

/// A control with all, then each word by its name, the most frequent first; none where there is no
/// choice.
fn select(
    mut control: Control,
    words: &[(String, usize)],
    lang: Lang,
    name: impl Fn(&str) -> String,
) -> Option<Control> {
    if words.len() < 2 {
        return None;
    }
    let all = say(lang, "모두|All").to_string();
    control.options.push((String::new(), all));
    let keys: Vec<f64> = words.iter().map(|one| -(one.1 as f64)).collect();
    for (_, ix) in order(&keys) {
        if let Some((word, number)) = words.get(ix) {
            let number = text::count(*number, lang);
            let label = fill(lang, "{0} ({1})|{0} ({1})", &[&name(word), &number]);
            control.options.push((word.clone(), label));
        }
    }
    Some(control)
}
