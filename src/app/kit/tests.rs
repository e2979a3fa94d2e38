use std::time::Duration;

use egui::Key;
use egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{NodeT, Queryable};

use super::testing::{harness, press, together};
use super::{
    Answer, Icon, Kind, Messages, ScoreChoice, ScoreLevel, ScoreScale, Trailing, confirm, empty, icon_button,
    labelled, loading, nav_item, page, score_buttons, sheet, tabs, trouble,
};
use crate::locale::Lang;

#[test]
fn an_icon_button_has_a_name() {
    let mut harness = harness(0, |ui, clicks| {
        if icon_button(ui, Icon::Save, "保存").clicked() {
            *clicks += 1;
        }
    });
    harness.get_by_role_and_label(Role::Button, "保存").click();
    harness.run();
    assert_eq!(*harness.state(), 1);
}

#[test]
fn a_page_holds_sheets_with_titles_notes_and_actions() {
    let mut harness = harness(false, |ui, pressed| {
        page(
            ui,
            "p",
            "創薬支援",
            Some("2017年度"),
            |_| {},
            |ui| {
                let note = Some("単位：百万円");
                let (clicked, ()) = sheet(
                    ui,
                    "資金配分",
                    note,
                    |ui| icon_button(ui, Icon::Export, "書き出す").clicked(),
                    |ui| {
                        labelled(ui, "課室", |ui| ui.label("生物化学産業課"));
                    },
                );
                *pressed |= clicked;
            },
        );
    });
    assert!(harness.query_by_role_and_label(Role::Region, "資金配分").is_some());
    for title in ["創薬支援", "資金配分"] {
        assert!(harness.query_all_by_role(Role::Heading).any(|node| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value()).is_some_and(|text| text == title)
        }));
    }
    harness.get_by_label("書き出す").click();
    harness.run();
    assert!(*harness.state());
}

#[test]
fn a_page_follows_the_keyboard() {
    let mut harness = harness((), |ui, ()| {
        page(
            ui,
            "p",
            "長い",
            None,
            |_| {},
            |ui| {
                for n in 0..60 {
                    let _ = ui.button(format!("釦{n}"));
                }
            },
        );
    });
    for _ in 0..41 {
        harness.key_press(Key::Tab);
        harness.run();
    }
    let button = harness.get_by_label("釦40");
    assert!(button.is_focused());
    assert!((0.0..700.0).contains(&button.rect().center().y), "{}", button.rect());
}

#[test]
fn a_heading_sets_actions_beneath_that_find_no_room_beside_it() {
    // The title, and the actions that come first and last.
    let places = |width: f32, title: &'static str| {
        let mut harness = harness((), move |ui, ()| {
            ui.set_max_width(width);
            ui.set_width(width);
            sheet(
                ui,
                title,
                Some("単位：百万円"),
                |ui| {
                    for n in 0..5 {
                        super::button::plain(ui, &format!("操作その{n}"));
                    }
                },
                |_| (),
            );
        });
        harness.run();
        let at = |label: &str| harness.get_by_label(label).rect();
        let all: Vec<_> = (0..5).map(|n| at(&format!("操作その{n}"))).collect();
        let heading = harness.query_all_by_role(Role::Heading).next().unwrap().rect();
        (heading, all)
    };
    let (title, beside) = places(900.0, "資金配分");
    assert!(beside.iter().all(|action| action.y_range().contains(title.center().y)), "{title} {beside:?}");
    for width in [500.0, 300.0, 200.0] {
        let (title, beneath) = places(width, "執行額と契約額の推移");
        for action in beneath {
            assert!(action.top() >= title.bottom() - 1.0, "{width}: {action} beside {title}");
            assert!(action.left() >= 0.0 && action.right() <= width + 8.0, "{width}: {action}");
        }
        assert!(title.height() < 60.0 || width < 300.0, "{width}: the title stands upright, {title}");
    }
}

#[test]
fn a_badge_with_a_sentence_wraps() {
    let text = "この評価票は別の回のものです。発行した回を確かめてから、もう一度取り込んでください。";
    let mut harness = harness((), move |ui, ()| {
        ui.set_max_width(260.0);
        super::badge(ui, Kind::Alarm, text);
        super::badge(ui, Kind::Info, "予定");
    });
    harness.run();
    let (long, short) = (harness.get_by_label(text).rect(), harness.get_by_label("予定").rect());
    assert!(long.width() <= 262.0 && long.height() > 40.0, "{long}");
    assert!(short.height() < 24.0, "{short}");
}

#[test]
fn the_states_offer_their_step() {
    let mut harness = harness(Vec::new(), |ui, taken: &mut Vec<&str>| {
        if empty(ui, "ロードマップはまだありません", "最初の行を追加") {
            taken.push("empty");
        }
        if loading(ui, "組んでいます", Some(0.3), "中止") {
            taken.push("loading");
        }
        trouble(ui, "読み取れません", "票.ron 12 行目", "もう一度受け取ってください");
    });
    assert!(harness.query_by_role_and_label(Role::ProgressIndicator, "組んでいます").is_some());
    for label in ["最初の行を追加", "中止"] {
        harness.get_by_label(label).click();
        harness.run();
    }
    assert_eq!(*harness.state(), ["empty", "loading"]);
    assert_eq!(harness.run(), 1, "nothing moves while it waits");
}

#[test]
fn tabs_are_chosen_by_pointer_and_by_keyboard() {
    let mut harness = harness(0, |ui, current| {
        tabs(ui, Lang::Ja, &[(0, "概要"), (1, "予算"), (2, "市場")], current);
    });
    harness.get_by_role_and_label(Role::Tab, "予算").click();
    harness.run();
    assert_eq!(*harness.state(), 1);
    harness.get_by_label("市場").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), 2);
}

#[test]
fn tabs_without_room_are_reached_by_a_menu() {
    let labels = [(0, "概要"), (1, "本文"), (2, "アウトプット"), (3, "アウトカム"), (4, "前回評価")];
    let mut harness = harness(0, |ui, current| {
        ui.set_max_width(260.0);
        tabs(ui, Lang::Ja, &labels, current);
    });
    assert!(harness.query_by_role_and_label(Role::Tab, "前回評価").is_none());
    harness.get_by_role_and_label(Role::Button, "ほか3").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "前回評価").click();
    harness.run();
    assert_eq!(*harness.state(), 4);
    // The one that was chosen stands in the row now.
    assert!(harness.query_by_role_and_label(Role::Tab, "前回評価").is_some());
}

#[test]
fn a_line_of_the_navigation_leads_somewhere() {
    let mut harness = harness(false, |ui, gone| {
        *gone |= nav_item(ui, *gone, "確認", Trailing::Count(12)).clicked();
        let _ = nav_item(ui, false, "概要", Trailing::Dots(2, 3));
    });
    harness.get_by_role_and_label(Role::Button, "確認").click();
    harness.run();
    assert!(*harness.state());
}

const LEVELS: [ScoreLevel<'_>; 4] = [
    ScoreLevel { value: 0, label: "0", meaning: "妥当でない" },
    ScoreLevel { value: 1, label: "1", meaning: "" },
    ScoreLevel { value: 2, label: "2", meaning: "" },
    ScoreLevel { value: 3, label: "3", meaning: "極めて妥当" },
];

#[test]
fn a_score_is_given_by_pointer_and_by_keyboard() {
    let mut harness = harness((ScoreChoice::Blank, 0), |ui, (choice, changes)| {
        let scale = ScoreScale { levels: &LEVELS, not_applicable: Some("該当なし"), closed: None };
        if score_buttons(ui, "s", "必要性", &scale, choice).changed() {
            *changes += 1;
        }
    });
    harness.get_by_role_and_label(Role::RadioButton, "0 妥当でない").click();
    harness.run();
    assert_eq!(harness.state().0, ScoreChoice::Value(0));
    let toggled = |label| harness.get_by_label(label).accesskit_node().toggled();
    assert_eq!(toggled("0 妥当でない"), Some(Toggled::True));
    assert_eq!(toggled("1"), Some(Toggled::False));

    harness.get_by_role_and_label(Role::RadioGroup, "必要性").focus();
    harness.run();
    for (key, expected) in [
        (Key::Num3, ScoreChoice::Value(3)),
        (Key::ArrowRight, ScoreChoice::NotApplicable),
        (Key::ArrowLeft, ScoreChoice::Value(3)),
        (Key::Num0, ScoreChoice::Value(0)),
        (Key::ArrowLeft, ScoreChoice::Value(0)),
        (Key::Num9, ScoreChoice::Value(0)),
        (Key::Delete, ScoreChoice::Blank),
        (Key::ArrowRight, ScoreChoice::Value(0)),
        (Key::Backspace, ScoreChoice::Blank),
    ] {
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().0, expected, "{key:?}");
    }
    assert_eq!(harness.state().1, 8);
}

#[test]
fn a_score_typed_right_after_an_arrow_is_given_to_the_next_criterion() {
    let mut harness = harness([ScoreChoice::Blank; 3], |ui, choices| {
        let scale = ScoreScale { levels: &LEVELS, not_applicable: None, closed: None };
        for (row, choice) in choices.iter_mut().enumerate() {
            score_buttons(ui, row, &format!("項目{row}"), &scale, choice);
        }
    });
    harness.get_by_label("項目0").focus();
    harness.run();
    together(&mut harness, [Key::Num1, Key::ArrowDown, Key::Num2, Key::ArrowDown, Key::Num3].map(press));
    assert_eq!(*harness.state(), [1, 2, 3].map(ScoreChoice::Value));
}

#[test]
fn letters_choose_on_a_scale_of_letters() {
    let levels =
        [ScoreLevel { value: 3, label: "A", meaning: "" }, ScoreLevel { value: 2, label: "B", meaning: "" }];
    let mut harness = harness(ScoreChoice::Blank, |ui, choice| {
        let scale = ScoreScale { levels: &levels, not_applicable: None, closed: None };
        score_buttons(ui, "s", "必要性", &scale, choice);
    });
    harness.get_by_role(Role::RadioGroup).focus();
    harness.run();
    harness.key_press(Key::B);
    harness.run();
    assert_eq!(*harness.state(), ScoreChoice::Value(2));
}

#[test]
fn a_closed_score_says_why() {
    let harness = harness(ScoreChoice::Blank, |ui, choice| {
        let scale = ScoreScale { levels: &LEVELS, not_applicable: None, closed: Some("除斥") };
        score_buttons(ui, "s", "必要性", &scale, choice);
    });
    assert!(harness.query_by_label("除斥").is_some());
    assert!(harness.query_by_role(Role::RadioButton).is_none());
}

#[test]
fn toasts_go_by_themselves_and_stay_in_the_history() {
    let mut messages = Messages::default();
    messages.push(Kind::Good, "書き出しました", "報告書.zip");
    messages.push(Kind::Alarm, "読み取れません", "");
    let mut harness = harness((messages, false), |ui, (messages, history)| {
        messages.toasts(ui.ctx(), Lang::Ja);
        if *history {
            messages.history(ui, "まだ何もありません");
        }
    });
    assert!(harness.query_by_label("書き出しました").is_some());
    let wait = harness.output().viewport_output.values().map(|out| out.repaint_delay).min();
    assert!(wait > Some(Duration::from_secs(1)), "one repaint, when the toast goes: {wait:?}");
    harness.run_steps(30);
    assert!(harness.query_by_label("書き出しました").is_none(), "it went");
    assert!(harness.query_by_label("読み取れません").is_some(), "an alarm stays until it is closed");
    harness.get_by_label("閉じる").click();
    harness.run();
    assert!(harness.query_by_label("読み取れません").is_none());
    assert_eq!(harness.state().0.unread(), 2);
    harness.state_mut().1 = true;
    harness.run();
    assert!(harness.query_by_label("書き出しました").is_some());
    assert_eq!(harness.state().0.unread(), 0);
    assert_eq!(harness.state().0.all().len(), 2);
}

#[test]
fn a_question_is_answered_by_pointer_enter_and_esc() {
    let ask = |answer: &mut Option<usize>, ui: &egui::Ui| {
        if answer.is_none() {
            let answers = [Answer::Primary("保存"), Answer::Danger("保存しない"), Answer::Plain("やめる")];
            *answer = confirm(ui.ctx(), egui::Id::unique("q"), "保存しますか", "失われます。", &answers);
        }
    };
    for (how, expected) in [("click", 1), ("enter", 0), ("esc", 2)] {
        let mut harness = harness(None, |ui, answer| ask(answer, ui));
        match how {
            "click" => harness.get_by_label("保存しない").click(),
            "enter" => harness.key_press(Key::Enter),
            _ => harness.key_press(Key::Escape),
        }
        harness.run();
        assert_eq!(*harness.state(), Some(expected), "{how}");
    }
}
