//! What assistive tools and enlarged windows get: every page has names for what can be worked, takes the keyboard in the
//! order in which it reads, and holds its controls from 75 to 200 % and in a narrow window.

use super::desk::{Desk, field, wait, window};
use egui::accesskit::{Action, Role};
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::locale::Lang;
use std::collections::BTreeSet;

/// The sample in a window of `size` points.
fn desk(lang: Lang, size: Vec2) -> Desk {
    let setup = Setup { lang: Some(lang), ..Setup::default() };
    let mut harness = window(setup, size);
    settle(&mut harness);
    let sample = lang.t("サンプルを開く", "Open the sample");
    let button = harness.query_all_by_role_and_label(Role::Button, sample).next().expect("a start page");
    button.click_accesskit();
    wait(&mut harness, "the sample", |desk| desk.state().dossier().is_some());
    settle(&mut harness);
    harness
}

/// As many frames as a page needs to find its place; jobs of its own may go on meanwhile.
fn settle(desk: &mut Desk) {
    desk.run_steps(5);
}

fn all(desk: &Desk) -> impl Iterator<Item = Node<'_>> {
    desk.query_all(egui_kittest::kittest::By::new().recursive(true).predicate(|_| true))
}

/// The labels of what has `role`, each once, in the order in which they are drawn.
fn labels(desk: &Desk, role: Role) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let labels = all(desk)
        .filter(|node| node.accesskit_node().role() == role)
        .filter_map(|node| node.accesskit_node().label());
    labels.filter(|label| seen.insert(label.clone())).collect()
}

/// The lines of the navigation: what can be told apart from other buttons by being chosen or not.
fn pages(desk: &Desk) -> Vec<usize> {
    let right = 300.0;
    let lines = all(desk).filter(|node| {
        node.accesskit_node().role() == Role::Button
            && node.accesskit_node().toggled().is_some()
            && node.rect().right() < right
    });
    (0..lines.count()).collect()
}

fn press_nth_page(desk: &mut Desk, nth: usize) -> String {
    let name = {
        let line = all(desk)
            .filter(|node| {
                node.accesskit_node().role() == Role::Button
                    && node.accesskit_node().toggled().is_some()
                    && node.rect().right() < 300.0
            })
            .nth(nth)
            .expect("a line of the navigation");
        line.click_accesskit();
        line.accesskit_node().label().unwrap_or_default()
    };
    settle(desk);
    name
}

/// Goes to every page and every tab of it and calls `look` there with the name of the place.
fn walk(desk: &mut Desk, mut look: impl FnMut(&mut Desk, &str)) {
    for nth in pages(desk) {
        let page = press_nth_page(desk, nth);
        let tabs = labels(desk, Role::Tab);
        if tabs.is_empty() {
            look(desk, &page);
        }
        for tab in tabs {
            desk.get_by_role_and_label(Role::Tab, &tab).click_accesskit();
            settle(desk);
            look(desk, &format!("{page} › {tab}"));
        }
    }
}

/// What can be worked: by its role, or because it takes the keyboard or a click.
fn is_worked(node: &Node<'_>) -> bool {
    let by_role = matches!(
        node.accesskit_node().role(),
        Role::Button
            | Role::CheckBox
            | Role::ComboBox
            | Role::Link
            | Role::MenuItem
            | Role::MultilineTextInput
            | Role::NumberInput
            | Role::RadioButton
            | Role::RadioGroup
            | Role::SearchInput
            | Role::Slider
            | Role::SpinButton
            | Role::Switch
            | Role::Tab
            | Role::TextInput
    );
    // Bars scroll what has a name of its own, panels are resized at their edge, and words can be selected.
    let apart = matches!(
        node.accesskit_node().role(),
        Role::ScrollBar | Role::Splitter | Role::Label | Role::Heading | Role::Paragraph | Role::Window
    );
    let accesskit = node.accesskit_node();
    let takes = |action| accesskit.data().supports_action(action);
    by_role || (!apart && takes(Action::Click))
}

fn nameless(desk: &Desk, place: &str, found: &mut BTreeSet<String>) {
    for node in all(desk).filter(is_worked) {
        if node.accesskit_node().label().is_none_or(|name| name.trim().is_empty()) {
            found.insert(format!(
                "{place}: {:?} at {:?}, {:?}",
                node.accesskit_node().role(),
                node.rect(),
                node.accesskit_node().value()
            ));
        }
    }
}

#[test]
fn every_control_of_every_page_has_a_name_in_both_languages() {
    for lang in Lang::ALL {
        let mut desk = desk(lang, Vec2::new(1440.0, 900.0));
        let mut found = BTreeSet::new();
        let mut places = 0;
        walk(&mut desk, |desk, place| {
            places += 1;
            nameless(desk, place, &mut found);
        });
        // The drawer with a ballot, its comments open, and the lists that commands show.
        desk.key_press_modifiers(Modifiers::COMMAND, Key::B);
        settle(&mut desk);
        nameless(&desk, "the ballot", &mut found);
        desk.key_press(Key::F1);
        settle(&mut desk);
        nameless(&desk, "the shortcuts", &mut found);
        assert!(places >= 60, "{lang:?}: only {places} places were seen");
        let found: Vec<_> = found.into_iter().collect();
        assert!(found.is_empty(), "{lang:?}: without a name:\n{}", found.join("\n"));
    }
}

/// Whether a node lies in something that scrolls sideways, as wide tables and charts do.
fn scrolls_sideways(node: &Node<'_>) -> bool {
    let mut above = node.parent();
    while let Some(parent) = above {
        if matches!(parent.accesskit_node().role(), Role::Table | Role::Image | Role::Canvas) {
            return true;
        }
        above = parent.parent();
    }
    false
}

/// The controls of every page that reach over the edges of a window of `pixels` at `zoom`.
fn cut(lang: Lang, pixels: Vec2, zoom: f32) -> Vec<String> {
    let size = pixels / zoom;
    // Each page is reached in a window that has room for all tabs.
    let roomy = Vec2::new(1440.0, 1000.0).max(size);
    let mut desk = desk(lang, roomy);
    let mut found = BTreeSet::new();
    let mut places = 0;
    walk(&mut desk, |desk, place| {
        places += 1;
        desk.set_size(size);
        desk.run_steps(3);
        beyond(desk, place, 0.0, size.x, &mut found);
        desk.set_size(roomy);
        desk.run_steps(2);
    });
    assert!(places >= 60, "{lang:?} at {zoom}: only {places} places were seen");
    found.into_iter().map(|what| format!("{lang:?}, {pixels:?} at {zoom}: {what}")).collect()
}

/// Notes what can be worked and begins right of `left`, but reaches over `right`.
fn beyond(desk: &Desk, place: &str, left: f32, right: f32, found: &mut BTreeSet<String>) {
    for node in all(desk).filter(is_worked).filter(|node| !scrolls_sideways(node)) {
        let rect = node.rect();
        let starts = rect.left() >= left - 0.5 && rect.left() < right;
        if rect.left() < -0.5 || (starts && rect.right() > right + 0.5) || (left == 0.0 && !starts) {
            let name = node.accesskit_node().label().unwrap_or_default();
            let role = node.accesskit_node().role();
            found.insert(format!("{place}: {role:?} {name}, {:.0} to {:.0}", rect.left(), rect.right()));
        }
    }
}

#[test]
fn no_control_is_cut_at_any_zoom() {
    let mut found = Vec::new();
    let pixels = Vec2::new(1440.0, 1000.0);
    for zoom in [0.75, 1.0] {
        found.extend(cut(Lang::Ja, pixels, zoom));
    }
    // Large letters find the least room, and English words the most.
    for zoom in [1.5, 2.0] {
        found.extend(Lang::ALL.into_iter().flat_map(|lang| cut(lang, pixels, zoom)));
    }
    assert!(found.is_empty(), "beyond the edge:\n{}", found.join("\n"));
}

#[test]
fn no_control_is_cut_in_a_narrow_window() {
    let found: Vec<_> =
        Lang::ALL.into_iter().flat_map(|lang| cut(lang, Vec2::new(900.0, 700.0), 1.0)).collect();
    assert!(found.is_empty(), "beyond the edge:\n{}", found.join("\n"));
}

#[test]
fn no_control_reaches_under_the_panel_beside_the_page() {
    for zoom in [1.0, 1.5] {
        let size = Vec2::new(1440.0, 1000.0) / zoom;
        let mut desk = desk(Lang::Ja, size);
        desk.key_press_modifiers(Modifiers::COMMAND, Key::F);
        settle(&mut desk);
        let mut found = BTreeSet::new();
        walk(&mut desk, |desk, place| {
            let panel = field(desk, "探す言葉").rect();
            beyond(desk, place, 0.5, panel.left() - 1.0, &mut found);
        });
        let found: Vec<_> = found.into_iter().collect();
        assert!(found.is_empty(), "at {zoom}, under the panel:\n{}", found.join("\n"));
    }
}

/// The rectangle of what has the keyboard.
fn focused(desk: &Desk) -> Option<(String, egui::Rect)> {
    all(desk)
        .find(|node| node.accesskit_node().is_focused() && node.accesskit_node().role() != Role::Window)
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
}

#[test]
fn tab_goes_down_a_page_as_one_reads_it() {
    let mut desk = desk(Lang::Ja, Vec2::new(1440.0, 900.0));
    let name = desk.query_all_by_role_and_label(Role::MultilineTextInput, "名称").next().expect("a field");
    name.focus();
    desk.run_steps(2);
    let mut way = Vec::new();
    for _ in 0..24 {
        let (name, rect) = focused(&desk).expect("something has the keyboard");
        // What has the keyboard is in view.
        assert!(rect.top() >= 0.0 && rect.top() < 900.0, "{name} at {rect:?} is out of view");
        way.push((name, rect));
        desk.event(Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        desk.run_steps(3);
    }
    let names: Vec<&str> = way.iter().map(|(name, _)| name.as_str()).collect();
    let place = |wanted: &str| {
        names.iter().position(|name| *name == wanted).unwrap_or_else(|| panic!("no {wanted} in {names:?}"))
    };
    let order =
        ["名称", "別表記", "類型・会計区分の注", "担当課室", "目的", "実施期間 開始", "実施期間 終了"];
    assert!(order.map(place).is_sorted(), "{names:?}");
    // No stop twice: nothing holds the keyboard.
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
}
