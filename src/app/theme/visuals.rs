//! The egui style made from a palette.

use egui::style::{
    ScrollAnimation, ScrollFadeStyle, ScrollStyle, Selection, Style, TextCursorStyle, Visuals, WidgetVisuals,
    Widgets,
};
use egui::{Color32, CornerRadius, Margin, Shadow, Stroke, Vec2, vec2};

use super::{Palette, scale, space};

/// The style of a window drawn with `palette`.
pub(super) fn style(palette: &Palette) -> Style {
    let mut style = Style {
        text_styles: scale::text_styles(),
        visuals: visuals(palette),
        // The window stands still: nothing slides or fades, so nothing repaints while nobody acts.
        animation_time: 0.0,
        scroll_animation: ScrollAnimation::none(),
        compact_menu_style: true,
        ..Style::default()
    };
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::splat(space::INSIDE);
    spacing.button_padding = vec2(12.0, 3.0);
    spacing.interact_size = vec2(space::HIT, space::HIT);
    spacing.menu_margin = Margin::same(4);
    spacing.window_margin = Margin::same(16);
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.indent = space::GROUP;
    spacing.combo_width = 120.0;
    spacing.combo_height = 360.0;
    spacing.tooltip_width = 420.0;
    // Noto Sans JP sets a line at 1.45 of its size; text one writes in gets the 1.5 that reading needs.
    spacing.extra_text_line_spacing = 1.0;
    spacing.scroll = ScrollStyle {
        // "Floating" bars take opacities, which solid ones do not; with room of their own they cover nothing.
        floating: true,
        bar_width: 8.0,
        floating_width: 8.0,
        floating_allocated_width: 12.0,
        handle_min_length: 32.0,
        foreground_color: true,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.25,
        active_handle_opacity: 0.25,
        interact_handle_opacity: 0.5,
        // A fade at the edge would lie over the header of a table that floats there.
        fade: ScrollFadeStyle { strength: 0.0, size: 0.0 },
        ..ScrollStyle::solid()
    };
    style.interaction.tooltip_delay = 0.4;
    style.interaction.multi_widget_text_select = false;
    style
}

fn visuals(p: &Palette) -> Visuals {
    let base = if p.dark { Visuals::dark() } else { Visuals::light() };
    Visuals {
        dark_mode: p.dark,
        weak_text_color: Some(p.secondary),
        widgets: widgets(p),
        selection: Selection { bg_fill: p.selection, stroke: Stroke::new(1.0, p.ink) },
        hyperlink_color: p.accent,
        faint_bg_color: p.hover,
        extreme_bg_color: p.sheet,
        text_edit_bg_color: Some(p.sheet),
        code_bg_color: p.hover,
        warn_fg_color: p.caution,
        error_fg_color: p.alarm,
        window_corner_radius: CornerRadius::same(space::CORNER),
        window_shadow: Shadow::NONE,
        window_fill: p.sheet,
        window_stroke: Stroke::new(1.0, p.rule),
        window_highlight_topmost: false,
        menu_corner_radius: CornerRadius::same(space::CORNER),
        panel_fill: p.canvas,
        popup_shadow: Shadow { offset: [0, 2], blur: 8, spread: 0, color: p.shadow },
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(1.5, p.ink),
            // A blinking caret would repaint the window for ever.
            blink: false,
            ..TextCursorStyle::default()
        },
        indent_has_left_vline: false,
        striped: false,
        slider_trailing_fill: true,
        image_loading_spinners: false,
        disabled_alpha: 0.55,
        ..base
    }
}

fn widgets(p: &Palette) -> Widgets {
    let state = |fill: Color32, border: Color32, width: f32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(width, border),
        corner_radius: CornerRadius::same(space::CORNER),
        fg_stroke: Stroke::new(1.5, p.ink),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals { fg_stroke: Stroke::new(1.0, p.ink), ..state(p.sheet, p.rule, 1.0) },
        inactive: state(p.sheet, p.border, 1.0),
        hovered: state(p.hover, p.secondary, 1.0),
        // egui draws a focused widget as an active one, so this is the focus ring as well.
        active: state(p.hover, p.focus, 2.0),
        open: state(p.hover, p.secondary, 1.0),
    }
}
