//! Where tables and their tiles go. Not here: marks and words.

use super::MarketShareWidget;
use super::parts::Part;
use crate::data::Lang;
use crate::data::market_share::Kind;
use crate::layout::treemap::{Header, Limits};
use crate::layout::{Places, resquarify, squarify_first};
use crate::widget::View;

/// Space between two tables of a board.
const GUTTER_CSS: f32 = 28.0;
/// Title and subline above a table; they take no area from its parts.
pub(super) const HEADING_HEIGHT_CSS: f32 = 42.0;
/// Height of a picture without any area.
pub(super) const NO_AREA_HEIGHT_CSS: f32 = 96.0;
/// Space between two tiles of a whole.
pub(super) const GAP_CSS: f32 = 1.0;
/// Space between values that are no parts of one whole: they stand apart.
const COMPARISON_GAP_CSS: f32 = 8.0;
/// Area of the least tile, CSS px²: smaller ones stand together.
const MIN_TILE_AREA_CSS: f64 = 9.0;
/// Area of the least group that shows its parts, CSS px².
const MIN_GROUP_AREA_CSS: f64 = 24.0 * 24.0;
/// The header of a group, and the least group that has one, CSS px.
const GROUP_HEADER: Header = Header {
    least: [64.0, 58.0],
    height: 20.0,
};

/// Rectangles of the tables, heading included: rows as even as can be, shorter rows first.
pub(super) fn table_cells(count: usize, view: &View) -> Vec<[f32; 4]> {
    let mut cells = Vec::new();
    let heading = if count == 1 { 0.0 } else { HEADING_HEIGHT_CSS };
    if count == 0 || !view.has_room() {
        return cells;
    }
    let width = view.width_css;
    let columns = match width {
        ..520.0 => 1,
        ..900.0 => 2,
        _ => 3,
    };
    let rows = count.div_ceil(columns);
    let (base, longer) = (count / rows, count % rows);
    let area = if count == 1 {
        (width * 0.5).clamp(260.0, 460.0)
    } else {
        (width / columns as f32 * 0.62).clamp(190.0, 300.0)
    };
    let natural = rows as f32 * (heading + area + GUTTER_CSS) - GUTTER_CSS;
    let row_height = if view.height_css > natural {
        (view.height_css + GUTTER_CSS) / rows as f32 - GUTTER_CSS
    } else {
        heading + area
    };
    for row in 0..rows {
        let in_row = base + usize::from(row >= rows - longer);
        let cell_width = (width - GUTTER_CSS * (in_row as f32 - 1.0)) / in_row as f32;
        let top = row as f32 * (row_height + GUTTER_CSS);
        for column in 0..in_row {
            let left = column as f32 * (cell_width + GUTTER_CSS);
            cells.push([left, top, left + cell_width, top + row_height]);
        }
    }
    cells
}

/// The rectangle of the whole where a window shows a part of it, and what limits its tiles.
pub(super) fn zoomed(area: [f32; 4], [near, x, y]: [f64; 3]) -> ([f64; 4], Limits) {
    let [left, top, right, bottom] = area.map(f64::from);
    let (width, height) = (right - left, bottom - top);
    let rect = [
        left - x * width * near,
        top - y * height * near,
        left + (1.0 - x) * width * near,
        top + (1.0 - y) * height * near,
    ];
    // Headers grow with the picture, so that coming nearer moves nothing.
    let header = Header {
        least: GROUP_HEADER.least.map(|px| px * near),
        height: GROUP_HEADER.height * near,
    };
    let limits = Limits {
        tile: MIN_TILE_AREA_CSS,
        open: MIN_GROUP_AREA_CSS,
        header: Some(header),
        view: [left, top, right, bottom],
    };
    (rect, limits)
}

/// What of a rectangle is inside another.
pub(super) fn clip(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [
        a[0].max(b[0]),
        a[1].max(b[1]),
        a[2].min(b[2]),
        a[3].min(b[3]),
    ]
}

/// A tile without the space around it. Values side by side stand apart, but keep to the edges that
/// the heading has. A gap takes no more than a tenth of a small tile.
pub(super) fn inset(rect: [f32; 4], cell: [f32; 4], kind: Kind) -> [f32; 4] {
    let max_gap = max_gap(rect);
    let half = if kind == Kind::Comparison {
        COMPARISON_GAP_CSS
    } else {
        GAP_CSS
    } / 2.0;
    let gap = |side: usize| {
        max_gap.min(if (rect[side] - cell[side]).abs() < 0.01 {
            GAP_CSS / 2.0
        } else {
            half
        })
    };
    [
        rect[0] + gap(0),
        rect[1] + gap(1),
        rect[2] - gap(2),
        rect[3] - gap(3),
    ]
}

/// The most that a gap takes of a tile on one side.
pub(super) fn max_gap(rect: [f32; 4]) -> f32 {
    (rect[2] - rect[0]).min(rect[3] - rect[1]) / 10.0
}

/// A part of a period in the place that it has in all periods; and the datum of the same part in
/// the first period that has it.
pub(super) struct SeriesTile<'a> {
    pub(super) part: Part<'a>,
    pub(super) rect: [f32; 4],
    pub(super) first: u32,
}

/// What has a place in a series: its name, its largest value in any period, its part in this one,
/// and its datum in the first that has it.
struct SeriesPlace<'a> {
    name: String,
    max_value: f64,
    now: Option<Part<'a>>,
    first: u32,
}

impl MarketShareWidget {
    /// The tiles of a table of a series; `None` for any other table.
    pub(super) fn series_tiles(&self, ix: usize, area: [f32; 4]) -> Option<Vec<SeriesTile<'_>>> {
        let table = self
            .data
            .tables
            .get(ix)
            .filter(|table| !table.series.is_empty() && table.kind != Kind::Comparison)?;
        if self.data.groups.iter().any(|group| group.table == ix) {
            return None;
        }
        // A place for everything that has a part in any period, as large as its largest.
        let places = self.series_places(ix, &table.series);
        let (mut max_values, mut values) = (Vec::new(), Vec::new());
        for place in &places {
            max_values.push(place.max_value);
            values.push(place.now.map_or(0.0, |part| part.value));
        }
        let rect = area.map(f64::from);
        let mut fixed = Places::default();
        squarify_first(&max_values, rect, &mut fixed);
        let rects = resquarify(&values, rect, &mut fixed);
        let mut tiles = Vec::new();
        for (place, rect) in places.into_iter().zip(rects) {
            if let Some(part) = place.now {
                tiles.push(SeriesTile {
                    part,
                    rect: rect.map(|v| v as f32),
                    first: place.first,
                });
            }
        }
        Some(tiles)
    }

    fn series_places(&self, ix: usize, series: &str) -> Vec<SeriesPlace<'_>> {
        let mut places: Vec<SeriesPlace<'_>> = Vec::new();
        for (other, period) in self.data.tables.iter().enumerate() {
            if period.series != series {
                continue;
            }
            for &datum in self.tree.children(self.table_node(other)) {
                let Some(part) = self.part(datum) else {
                    continue;
                };
                // What has no name of its own has one place.
                let name = match part.item() {
                    Some(_) => self.label(&part, Lang::En),
                    None => String::new(),
                };
                let at = places
                    .iter()
                    .position(|known| known.name == name)
                    .unwrap_or_else(|| {
                        places.push(SeriesPlace {
                            name,
                            max_value: 0.0,
                            now: None,
                            first: datum,
                        });
                        places.len() - 1
                    });
                if let Some(place) = places.get_mut(at) {
                    place.max_value = part.value.max(place.max_value);
                    if other == ix {
                        place.now = Some(part);
                    }
                }
            }
        }
        places
    }
}
