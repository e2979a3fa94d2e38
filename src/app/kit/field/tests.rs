use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};

use super::{Options, comment, line, wrapped};
use crate::app::kit::testing::{commit, each, harness, preedit, press, together};

/// Two fields, the model behind them, and how often each said it changed.
#[derive(Default)]
struct Form {
    first: String,
    second: String,
    changes: Vec<String>,
    hidden: bool,
    /// Draws the second field above the first.
    swapped: bool,
}

fn form(form: Form) -> Harness<'static, Form> {
    harness(form, |ui, form| {
        let second = |ui: &mut egui::Ui, form: &mut Form| {
            if comment(ui, "second", "所見", &mut form.second, &Options::default()).changed() {
                form.changes.push(format!("所見 {}", form.second));
            }
        };
        if form.swapped {
            second(ui, form);
        }
        if !form.hidden && line(ui, "first", "課題名", &mut form.first, &Options::default()).changed() {
            form.changes.push(format!("課題名 {}", form.first));
        }
        if !form.swapped {
            second(ui, form);
        }
        let _ = ui.button("ほか");
    })
}

fn with(first: &str) -> Harness<'static, Form> {
    let mut harness = form(Form { first: first.to_owned(), ..Form::default() });
    focus(&mut harness, "課題名");
    harness
}

fn focus(harness: &mut Harness<'_, Form>, name: &str) {
    harness.get_by_label(name).focus();
    harness.run();
}

fn click(harness: &mut Harness<'_, Form>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

#[test]
fn typing_reaches_the_model_and_enter_leaves() {
    let mut harness = with("予算");
    harness.get_by_label("課題名").type_text("額");
    harness.run();
    assert_eq!(harness.state().first, "予算額");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(!harness.get_by_label("課題名").is_focused());
    assert_eq!(harness.state().first, "予算額");
    assert_eq!(harness.state().changes, ["課題名 予算額"]);
}

#[test]
fn a_composition_is_not_written_until_it_is_committed() {
    let mut harness = with("");
    each(&mut harness, [preedit("と"), preedit("とう"), preedit("とうきょう"), preedit("東京")]);
    assert_eq!(harness.state().first, "");
    assert_eq!(harness.get_by_label("課題名").value().as_deref(), Some("東京"));
    each(&mut harness, [commit("東京")]);
    assert_eq!(harness.state().first, "東京");
    assert_eq!(harness.state().changes, ["課題名 東京"]);
}

#[test]
fn a_cancelled_composition_leaves_no_trace() {
    let mut harness = with("元");
    each(&mut harness, [preedit("と"), preedit("とう"), preedit(""), commit("")]);
    assert_eq!(harness.state().first, "元");
    assert!(harness.state().changes.is_empty());
}

#[test]
fn committed_text_is_written_although_the_next_composition_has_begun() {
    let mut harness = with("");
    together(&mut harness, [preedit("とうきょう")]);
    together(&mut harness, [commit("東京"), preedit("の")]);
    assert_eq!(harness.state().first, "東京");
    together(&mut harness, [commit("の")]);
    assert_eq!(harness.state().first, "東京の");
}

#[test]
fn leaving_in_mid_composition_keeps_the_kana_once() {
    for swapped in [false, true] {
        let mut harness = form(Form { swapped, ..Form::default() });
        focus(&mut harness, "課題名");
        each(&mut harness, [preedit("とうきょう")]);
        click(&mut harness, "所見");
        assert_eq!(harness.state().first, "とうきょう", "swapped {swapped}");
        assert_eq!(harness.state().second, "");
        assert_eq!(harness.state().changes, ["課題名 とうきょう"]);
    }
}

#[test]
fn a_late_commit_goes_where_it_was_composed() {
    for swapped in [false, true] {
        let mut harness = form(Form { first: "於".into(), swapped, ..Form::default() });
        focus(&mut harness, "課題名");
        each(&mut harness, [preedit("とうきょう")]);
        click(&mut harness, "所見");
        together(&mut harness, [preedit(""), commit("東京")]);
        assert_eq!(harness.state().first, "於東京", "swapped {swapped}");
        assert_eq!(harness.state().second, "");
        // What is composed next is new.
        each(&mut harness, [preedit("よい"), commit("良い")]);
        assert_eq!(harness.state().second, "良い");
        assert_eq!(harness.state().first, "於東京");
    }
}

#[test]
fn a_late_commit_of_the_same_kana_is_not_written_twice() {
    let mut harness = with("");
    each(&mut harness, [preedit("とうきょう")]);
    click(&mut harness, "所見");
    together(&mut harness, [commit("とうきょう")]);
    assert_eq!((harness.state().first.as_str(), harness.state().second.as_str()), ("とうきょう", ""));
}

#[test]
fn a_late_commit_in_the_frame_of_the_click_is_caught() {
    for swapped in [false, true] {
        let mut harness = form(Form { swapped, ..Form::default() });
        focus(&mut harness, "課題名");
        each(&mut harness, [preedit("とうきょう")]);
        let pos = harness.get_by_label("所見").rect().center();
        let button = |pressed| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        each(&mut harness, [egui::Event::PointerMoved(pos)]);
        together(&mut harness, [button(true), preedit(""), commit("東京")]);
        together(&mut harness, [button(false)]);
        assert_eq!(harness.state().first, "東京", "swapped {swapped}");
        assert_eq!(harness.state().second, "", "swapped {swapped}");
    }
}

#[test]
fn a_click_in_the_field_itself_ends_the_composition_once() {
    let mut harness = with("");
    each(&mut harness, [preedit("とうきょう")]);
    click(&mut harness, "課題名");
    assert_eq!(harness.state().first, "とうきょう");
    together(&mut harness, [preedit(""), commit("東京")]);
    assert_eq!(harness.state().first, "東京");
}

#[test]
fn a_direct_commit_much_later_is_new_text() {
    let mut harness = with("");
    each(&mut harness, [preedit("とうきょう")]);
    click(&mut harness, "所見");
    harness.run_steps(6);
    together(&mut harness, [commit("。")]);
    assert_eq!((harness.state().first.as_str(), harness.state().second.as_str()), ("とうきょう", "。"));
}

#[test]
fn a_button_pressed_in_mid_composition_finds_the_text() {
    let mut harness = with("");
    each(&mut harness, [preedit("とうきょう")]);
    click(&mut harness, "ほか");
    assert_eq!(harness.state().first, "とうきょう");
}

#[test]
fn esc_restores_what_stood_there() {
    let mut harness = with("予算");
    harness.get_by_label("課題名").type_text("額");
    each(&mut harness, [preedit("と"), commit("と")]);
    assert_eq!(harness.state().first, "予算額と");
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().first, "予算");
    assert!(!harness.get_by_label("課題名").is_focused());
}

#[test]
fn keys_pressed_while_composing_belong_to_the_input_method() {
    let mut harness = with("予算");
    each(&mut harness, [preedit("とう"), press(Key::Escape), press(Key::Enter), press(Key::Tab)]);
    assert!(harness.get_by_label("課題名").is_focused());
    assert_eq!(harness.state().first, "予算");
    // The Enter that confirms a candidate does not leave the field.
    together(&mut harness, [commit("東"), press(Key::Enter)]);
    assert!(harness.get_by_label("課題名").is_focused());
    assert_eq!(harness.state().first, "予算東");
}

#[test]
fn undo_never_brings_back_kana() {
    let mut harness = with("");
    harness.get_by_label("課題名").type_text("第");
    harness.run();
    each(&mut harness, [preedit("とうきょう")]);
    // A pause long enough for egui to take an undo point.
    harness.run_steps(8);
    each(&mut harness, [commit("東京")]);
    harness.run_steps(8);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(harness.state().first, "第");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(harness.state().first, "");
}

#[test]
fn ctrl_backspace_takes_one_word() {
    let mut harness = with("創薬支援基盤を開発する");
    harness.key_press_modifiers(Modifiers::CTRL, Key::Backspace);
    harness.run();
    assert_eq!(harness.state().first, "創薬支援基盤を開発");
    harness.key_press_modifiers(Modifiers::CTRL, Key::Backspace);
    harness.run();
    assert_eq!(harness.state().first, "創薬支援基盤を");
}

#[test]
fn a_change_from_outside_is_shown() {
    let mut harness = with("古い");
    harness.state_mut().first = "新しい".into();
    harness.run();
    assert_eq!(harness.get_by_label("課題名").value().as_deref(), Some("新しい"));
    harness.key_press(Key::Enter);
    harness.run();
    harness.state_mut().first = "更に新しい".into();
    harness.run();
    assert_eq!(harness.get_by_label("課題名").value().as_deref(), Some("更に新しい"));
    assert!(harness.state().changes.is_empty());
}

#[test]
fn a_field_that_comes_back_shows_the_model() {
    let mut harness = with("古い");
    each(&mut harness, [preedit("とう")]);
    harness.state_mut().hidden = true;
    harness.run();
    harness.state_mut().first = "別".into();
    harness.state_mut().hidden = false;
    harness.run();
    assert_eq!(harness.state().first, "別");
    assert_eq!(harness.get_by_label("課題名").value().as_deref(), Some("別"));
}

#[test]
fn a_comment_breaks_lines_and_ctrl_enter_leaves() {
    let mut harness = form(Form::default());
    focus(&mut harness, "所見");
    harness.get_by_label("所見").type_text("一");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("所見").type_text("二");
    harness.run();
    assert_eq!(harness.state().second, "一\n二");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run();
    assert_eq!(harness.state().second, "一\n二");
    assert!(!harness.get_by_label("所見").is_focused());
}

#[test]
fn a_wrapped_field_is_confirmed_by_enter() {
    let mut harness = harness(String::new(), |ui, text| {
        wrapped(ui, "w", "名称", text, &Options::default());
    });
    harness.get_by_role_and_label(Role::MultilineTextInput, "名称").focus();
    harness.run();
    harness.get_by_label("名称").type_text("一");
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state(), "一\n");
    assert!(!harness.get_by_label("名称").is_focused());
}

#[test]
fn an_assistive_tool_can_set_the_text() {
    let mut harness = form(Form::default());
    harness.get_by_label("課題名").set_text_value_accesskit("読み上げ");
    harness.run();
    assert_eq!(harness.state().first, "読み上げ");
}

#[test]
fn a_list_goes_on_at_enter_and_ends_at_an_empty_line() {
    let mut harness = form(Form::default());
    focus(&mut harness, "所見");
    harness.get_by_label("所見").type_text("・一");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().second, "・一\n・");
    harness.get_by_label("所見").type_text("二");
    harness.key_press(Key::Enter);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().second, "・一\n・二\n");
}

#[test]
fn the_enter_that_confirms_a_candidate_begins_no_line_of_a_list() {
    let mut harness = form(Form::default());
    focus(&mut harness, "所見");
    harness.get_by_label("所見").type_text("・");
    harness.run();
    each(&mut harness, [preedit("いち")]);
    together(&mut harness, [commit("一"), press(Key::Enter)]);
    assert_eq!(harness.state().second, "・一");
    each(&mut harness, [press(Key::Enter)]);
    assert_eq!(harness.state().second, "・一\n・");
}

#[test]
fn undo_in_a_field_is_its_own_and_stays_in_it() {
    let mut harness = form(Form { first: "課題".into(), ..Form::default() });
    focus(&mut harness, "所見");
    each(&mut harness, [preedit("よい"), commit("良い")]);
    harness.run_steps(8);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!((harness.state().first.as_str(), harness.state().second.as_str()), ("課題", ""));
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    harness.run();
    assert_eq!(harness.state().second, "良い");
}

#[test]
fn a_phrase_goes_in_at_the_caret() {
    use super::phrases;
    let mut harness = harness("前後".to_owned(), |ui, text: &mut String| {
        if phrases::all(ui.ctx()).is_none() {
            phrases::put(ui.ctx(), vec!["国が担う意義は大きい。".to_owned()]);
        }
        let field = comment(ui, "c", "意見", text, &Options::default());
        phrases::menu(ui, crate::locale::Lang::Ja, field.id, "意見", text);
    });
    focus_in(&mut harness, "意見");
    harness.key_press(Key::ArrowLeft);
    harness.run();
    harness.get_by_label("意見 に定型文を入れる").click();
    harness.run();
    harness.get_by_label("国が担う意義は大きい。").click();
    harness.run();
    assert_eq!(harness.state(), "前国が担う意義は大きい。後");
    // Writing goes on after it.
    harness.get_by_label("意見").type_text("また、");
    harness.run();
    assert_eq!(harness.state(), "前国が担う意義は大きい。また、後");
    // The list is the user's own.
    harness.get_by_label("意見 に定型文を入れる").click();
    harness.run();
    harness.get_by_label("定型文を編集…").click();
    harness.run();
    focus_in(&mut harness, "定型文の一覧");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_label("定型文の一覧").type_text("妥当である。");
    harness.run();
    harness.get_by_label("この内容で残す").click();
    harness.run();
    let kept = phrases::all(&harness.ctx).map(|kept| kept.to_vec());
    assert_eq!(kept, Some(vec!["妥当である。".to_owned()]));
}

fn focus_in<S>(harness: &mut Harness<'_, S>, name: &str) {
    harness.get_by_label(name).focus();
    harness.run();
}
