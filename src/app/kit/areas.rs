//! F6 goes from one area of the window to the next, Shift+F6 back, F10 to the menus: what is far away by Tab is near.

use egui::{Context, FocusDirection, Id, Key, Modifiers, Rect, Sense, Ui, Vec2};

/// What the keys do, with their names in both languages, in the order of the list of shortcuts.
pub const KEYS: [(&str, &str, &str); 4] = [
    (
        "F6 / Shift + F6",
        "次・前の区画（一覧、ページ、評価票、メニュー）",
        "Next, previous area of the window",
    ),
    ("F10", "メニューへ", "To the menus"),
    ("Tab / Shift + Tab", "次・前の欄やボタン", "Next, previous field or button"),
    ("Space / Enter", "ボタンやチェック欄を押す", "Press a button, tick a box"),
];

/// A part of the window that the keyboard can go to at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The list of pages at the left.
    Navigation,
    /// The page.
    Page,
    /// What stands beside the page at the right.
    Drawer,
    /// The menus.
    Menu,
}

impl Area {
    /// All areas, in the order in which F6 goes through them.
    const ALL: [Self; 4] = [Self::Navigation, Self::Page, Self::Drawer, Self::Menu];

    fn id(self) -> Id {
        Id::unique(("area", self as u8))
    }
}

/// The areas that were drawn, and the one to go to.
#[derive(Debug, Clone, Default)]
struct Areas {
    pass: u64,
    now: Vec<(Area, Rect)>,
    before: Vec<(Area, Rect)>,
    wanted: Option<Area>,
}

fn key() -> Id {
    Id::unique("areas of the window")
}

fn load(ctx: &Context) -> Areas {
    ctx.data(|data| data.get_temp::<Areas>(key())).unwrap_or_default()
}

/// Begins an area: what is drawn next in `ui` is the first thing that the keyboard finds there.
pub fn begin(ui: &mut Ui, area: Area) {
    let ctx = ui.ctx().clone();
    let mut areas = load(&ctx);
    let pass = ctx.cumulative_pass_nr();
    if areas.pass != pass {
        areas.before = std::mem::take(&mut areas.now);
        areas.pass = pass;
    }
    areas.now.push((area, ui.max_rect()));
    if areas.wanted == Some(area) {
        areas.wanted = None;
        // A stop that is there only now: from it, the keyboard goes on to what comes next.
        let place = Rect::from_min_size(ui.cursor().min, Vec2::ZERO);
        ui.interact(place, area.id(), Sense::focusable_noninteractive());
    }
    ctx.data_mut(|data| data.insert_temp(key(), areas));
}

/// Goes where F6, Shift+F6 or F10 asks for. Called before the window is drawn, and not while a dialog is open.
pub fn walk(ctx: &Context) {
    let pressed = |modifiers, key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    let (menu, back, on) = (
        pressed(Modifiers::NONE, Key::F10),
        pressed(Modifiers::SHIFT, Key::F6),
        pressed(Modifiers::NONE, Key::F6),
    );
    if !(menu || back || on) {
        return;
    }
    let mut areas = load(ctx);
    let drawn: Vec<Area> =
        Area::ALL.into_iter().filter(|area| areas.now.iter().any(|(other, _)| other == area)).collect();
    let focused = ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id));
    let here = focused.and_then(|widget| {
        let holds = |(_, rect): &&(Area, Rect)| rect.contains(widget.rect.center());
        // The page is drawn last, and is what lies under all others.
        areas.now.iter().find(holds).and_then(|(area, _)| drawn.iter().position(|other| other == area))
    });
    let n = drawn.len();
    let next = match here {
        _ if menu => drawn.iter().position(|area| *area == Area::Menu),
        Some(at) if back => Some((at + n - 1) % n),
        Some(at) => Some((at + 1) % n),
        None => Some(0),
    };
    let Some(area) = next.and_then(|at| drawn.get(at)).copied() else { return };
    areas.wanted = Some(area);
    ctx.data_mut(|data| data.insert_temp(key(), areas));
    ctx.memory_mut(|memory| {
        memory.request_focus(area.id());
        memory.move_focus(FocusDirection::Next);
    });
    ctx.request_repaint();
}
